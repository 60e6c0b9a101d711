/** Finds programs of the system: on PATH, or in the folders where packages put them. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * @param usualFolders further folders; a last part with `*` stands for its newest match, e.g. `/usr/lib/postgresql/*` + `bin`
 * @returns its path; undefined if there is none
 */
export function findProgram(name: string, usualFolders: readonly string[]): string | undefined {
	const folders = [...(process.env.PATH ?? '').split(path.delimiter), ...usualFolders.flatMap(expand)];
	return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

/** One `*` in a folder's path, newest version first. */
function expand(folder: string): string[] {
	const [before, after] = folder.split('*');
	if (before === undefined || after === undefined) return [folder];
	const parent = path.dirname(`${before}x`);
	const prefix = before.slice(parent.length + 1);
	if (!existsSync(parent)) return [];
	const names = readdirSync(parent).filter((name) => name.startsWith(prefix));
	return names
		.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
		.map((name) => path.join(parent, name + after));
}

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		// Not there, or not a program.
		return false;
	}
}

/** @returns ids of a local account; undefined if there is none of that name */
export function findAccount(name: string): { uid: number; gid: number } | undefined {
	try {
		const getId = (flag: string): number =>
			Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
		return { uid: getId('-u'), gid: getId('-g') };
	} catch {
		// `id` ends with 1 for a name that it does not know.
		return undefined;
	}
}
