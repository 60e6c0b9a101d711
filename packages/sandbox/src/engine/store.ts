import { closeSync, openSync } from 'node:fs';
import type * as Sqlite from 'node:sqlite';
import type { DatabaseSync as Database, StatementSync } from 'node:sqlite';

/** The data file: rows by kind and key, each a JSON value, in SQLite. */

export interface StoreChange {
	kind: string;
	key: string;
	/** JSON text; null takes the row away. */
	value: string | null;
}

export interface Store {
	/** What the rows are kept in, as a person knows it. */
	readonly name: string;
	/** All rows of a kind, in the order in which they were first written. */
	load(kind: string): Array<{ key: string; value: unknown }>;
	/**
	 * All of it or nothing, and on disk when it returns.
	 * @param cleared kinds that are emptied first
	 */
	write(changes: readonly StoreChange[], cleared: readonly string[]): void;
	close(): void;
}

/** Told apart from other programs' files by this number, "saok". */
const APPLICATION_ID = 0x73616f6b;
const VERSION = 1;

/** What a call has written survives the end of the process and of the machine. */
export class SqliteStore implements Store {
	private readonly put: StatementSync;
	private readonly drop: StatementSync;
	private readonly empty: StatementSync;

	private constructor(
		readonly name: string,
		private readonly database: Database,
	) {
		this.put = database.prepare(
			'INSERT INTO rows (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
		);
		this.drop = database.prepare('DELETE FROM rows WHERE kind = ? AND key = ?');
		this.empty = database.prepare('DELETE FROM rows WHERE kind = ?');
	}

	/** Opens a data file, or makes one that only its owner can read. @throws DataFileError that says what to do */
	static async open(file: string): Promise<SqliteStore> {
		const { DatabaseSync } = await loadSqlite();
		try {
			closeSync(openSync(file, 'a', 0o600));
			const database = new DatabaseSync(file);
			prepare(database, file);
			return new SqliteStore(file, database);
		} catch (error) {
			throw error instanceof DataFileError ? error : new DataFileError(file, error);
		}
	}

	load(kind: string): Array<{ key: string; value: unknown }> {
		const rows = this.database.prepare('SELECT key, value FROM rows WHERE kind = ? ORDER BY place').all(kind);
		return rows.map(({ key, value }) => ({ key: String(key), value: JSON.parse(String(value)) as unknown }));
	}

	write(changes: readonly StoreChange[], cleared: readonly string[]): void {
		this.database.exec('BEGIN IMMEDIATE');
		try {
			for (const kind of cleared) this.empty.run(kind);
			for (const { kind, key, value } of changes) {
				if (value === null) this.drop.run(kind, key);
				else this.put.run(kind, key, value);
			}
			this.database.exec('COMMIT');
		} catch (error) {
			this.database.exec('ROLLBACK');
			throw error;
		}
	}

	close(): void {
		this.database.close();
	}
}

function prepare(database: Database, file: string): void {
	// The lock is kept: two sandboxes on one file would write over each other.
	database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
	const found = database.prepare('PRAGMA application_id').get()?.application_id;
	const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables;
	if (found !== APPLICATION_ID && tables !== 0) throw new DataFileError(file, 'it is a database of another program');
	const version = database.prepare('PRAGMA user_version').get()?.user_version;
	if (found === APPLICATION_ID && version !== VERSION)
		throw new DataFileError(file, `it has version ${String(version)}, this sandbox reads version ${String(VERSION)}`);
	database.exec(`
		BEGIN EXCLUSIVE;
		PRAGMA application_id = ${String(APPLICATION_ID)};
		PRAGMA user_version = ${String(VERSION)};
		CREATE TABLE IF NOT EXISTS rows (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, key));
		COMMIT;
	`);
}

/** Node 22.13 and later have SQLite without a switch. @throws Error that tells which Node to use */
async function loadSqlite(): Promise<typeof Sqlite> {
	const emit = process.emitWarning.bind(process) as (...args: unknown[]) => void;
	const original = Object.getOwnPropertyDescriptor(process, 'emitWarning');
	// Node warns at every start that its SQLite may still change. The user of the command cannot do anything about it.
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

/** A data file that cannot be used. The message tells which, why, and what to do. */
export class DataFileError extends Error {
	override readonly name = 'DataFileError';

	/** @param cause what went wrong, or the reason in words */
	constructor(file: string, cause: unknown) {
		super(`The data file ${file} cannot be used: ${toReason(cause)}.`);
	}
}

function toReason(cause: unknown): string {
	if (typeof cause === 'string') return cause;
	if (!(cause instanceof Error)) return String(cause);
	const { code, errcode } = cause as NodeJS.ErrnoException & { errcode?: number };
	// SQLite's numbers: 5 busy, 26 not a database.
	if (errcode === 5) return 'another sandbox has it open; end that one, or choose another file';
	if (errcode === 26) return 'it is not a data file of the sandbox; choose another name';
	if (code === 'ENOENT') return 'its folder does not exist';
	if (code === 'EACCES' || code === 'EROFS') return 'it may not be written';
	if (code === 'EISDIR') return 'it is a folder';
	return cause.message;
}
