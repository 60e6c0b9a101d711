/** Loads the SQLite of Node, which Node 22.13 and later have without a switch. */
import type * as Sqlite from 'node:sqlite';

/** @throws Error that says which Node to use */
export async function loadSqlite(): Promise<typeof Sqlite> {
	const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
	const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
	// Node says at every start that its SQLite may still change; nobody at the command can do anything about that.
	process.emitWarning = (warning, ...rest) => {
		if (!String(warning).includes('SQLite')) emit(warning, ...rest);
	};
	try {
		return await import('node:sqlite');
	} catch {
		throw new Error(
			`--data needs Node 22.13 or later; this is ${process.version}. Use "npm run sandbox", which finds the Node 24 that npm install brought, or start with Node 24.`,
		);
	} finally {
		if (original !== undefined) Object.defineProperty(process, 'emitWarning', original);
	}
}
