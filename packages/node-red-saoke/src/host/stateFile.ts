/** State of one node in a file of its own, replaced as a whole: after a crash it holds the old state or the new one. */
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const FOLDER = 'saoke-state';
const UNUSED_MS = 30 * 86_400_000;

export class StateFile {
	private readonly folder: string;
	private readonly file: string;

	/**
	 * @param userDir folder of Node-RED for its user
	 * @param nodeId id of the node that the state belongs to
	 */
	constructor(userDir: string, nodeId: string) {
		this.folder = path.join(userDir, FOLDER);
		this.file = path.join(this.folder, `${fileNameOf(nodeId)}.json`);
	}

	/** @returns undefined where there is none yet, and the bare text where it is no JSON */
	async load(): Promise<unknown> {
		let text: string;
		try {
			text = await readFile(this.file, 'utf8');
		} catch (error) {
			if (isMissing(error)) return undefined;
			throw error;
		}
		try {
			return JSON.parse(text) as unknown;
		} catch {
			return text;
		}
	}

	async save(state: unknown): Promise<void> {
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

/** Removes files that no node of the flows owns and that nobody wrote for a month. */
export async function pruneStateFiles(userDir: string, nodeIds: ReadonlySet<string>, nowMs: number): Promise<void> {
	const folder = path.join(userDir, FOLDER);
	const owned = new Set([...nodeIds].map((id) => `${fileNameOf(id)}.json`));
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		if (owned.has(name)) continue;
		const file = path.join(folder, name);
		const { mtimeMs } = await stat(file);
		if (nowMs - mtimeMs > UNUSED_MS) await rm(file, { force: true });
	}
}

/** Ids are hexadecimal; those of older flows hold a dot, and imported ones may hold anything. */
function fileNameOf(nodeId: string): string {
	return nodeId.replace(/[^A-Za-z0-9.-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);
}

function isMissing(error: unknown): boolean {
	return (error as { code?: unknown } | null)?.code === 'ENOENT';
}
