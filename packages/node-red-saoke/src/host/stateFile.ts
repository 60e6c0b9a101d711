/** State in its own file, replaced atomically: after a crash it contains the old state or the new one. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { StateError } from './StateError';

const FOLDER = 'saoke-state';
/** Name of the one file of all registered webhooks; too long for the id of a node. */
export const WEBHOOKS_FILE = 'registered-webhooks';
const UNUSED_MS = 30 * 86_400_000;

export class StateFile {
	private readonly folder: string;
	private readonly file: string;

	/**
	 * @param userDir folder of Node-RED for its user
	 * @param name id of the node that the state belongs to
	 */
	constructor(userDir: string, name: string) {
		this.folder = path.join(userDir, FOLDER);
		this.file = path.join(this.folder, `${getFileName(name)}.json`);
	}

	/**
	 * @returns undefined if there is no file yet; the plain text if it is not JSON
	 * @throws StateError if there is one that cannot be read
	 */
	async load(): Promise<unknown> {
		let text: string;
		try {
			text = await readFile(this.file, 'utf8');
		} catch (error) {
			if (isMissing(error)) return undefined;
			throw new StateError(`read from ${this.file}`, error, 'Let Node-RED read and write its user directory.');
		}
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return text;
		}
	}

	/** @throws StateError if it cannot be written, e.g. because the user directory is read-only */
	async save(state: unknown): Promise<void> {
		try {
			await this.replace(state);
		} catch (error) {
			throw new StateError(`written to ${this.folder}`, error, 'Let Node-RED write to its user directory.');
		}
	}

	private async replace(state: unknown): Promise<void> {
		await mkdir(this.folder, { recursive: true });
		const next = `${this.file}.next`;
		const handle = await open(next, 'w', 0o600);
		try {
			await handle.writeFile(`${JSON.stringify(state)}\n`);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(next, this.file);
	}

	async remove(): Promise<void> {
		await rm(this.file, { force: true });
	}
}

/** Removes files of deleted nodes that were not written for a month. */
export async function pruneStateFiles(userDir: string, nodeIds: Iterable<string>, nowMs: number): Promise<void> {
	const folder = path.join(userDir, FOLDER);
	const owned = new Set([WEBHOOKS_FILE, ...nodeIds].map((id) => `${getFileName(id)}.json`));
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		if (owned.has(name)) continue;
		const file = path.join(folder, name);
		const { mtimeMs } = await stat(file);
		if (nowMs - mtimeMs > UNUSED_MS) await rm(file, { force: true });
	}
}

/** Ids are hexadecimal; those of older flows hold a dot, and imported ones may hold anything. */
function getFileName(nodeId: string): string {
	return nodeId.replace(/[^A-Za-z0-9.-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);
}

function isMissing(error: unknown): boolean {
	return ['ENOENT', 'ENOTDIR'].includes(String((error as { code?: unknown } | null)?.code));
}
