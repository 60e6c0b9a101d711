/** Real Node-RED for tests: pinned, in a child process, with the packed nodes and a user directory that is thrown away. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../hosts/ports';
import { Progress } from '../../../hosts/progress';
import {
	installNodeRed,
	startNodeRed,
	type NodeRedLine,
	type NodeRedOptions,
	type RunningNodeRed,
} from '../../../hosts/nodeRed';
import type { FlowNode } from '../../../hosts/nodeRedApi';

export interface TestHost extends RunningNodeRed {
	/** What the recording nodes of `recorder` wrote, one entry a message. */
	records: () => RecordedMessage[];
	/** Starts it again in the same user directory, after stop or kill. */
	restart: () => Promise<TestHost>;
	/** Ends it and removes its user directory. */
	dispose: () => Promise<void>;
}

export interface RecordedMessage {
	/** Name given to the recorder. */
	as: string;
	payload?: unknown;
	parts?: { index: number; count?: number; id: string; len?: number };
	error?: { message: string; code?: string; cause?: Record<string, unknown>; source: { type: string } };
	status?: { text?: string; fill?: string };
}

/** Installs both lines if needed; the first time takes half a minute. */
export async function prepareHosts(...lines: NodeRedLine[]): Promise<void> {
	for (const line of lines) await installNodeRed(line, new Progress());
}

export async function startTestHost(line: NodeRedLine, options: Partial<NodeRedOptions> = {}): Promise<TestHost> {
	const userDir = options.userDir ?? mkdtempSync(path.join(tmpdir(), `saoke-node-red-${line}-`));
	const running = await startNodeRed({ line, port: await freePort(), ...options, userDir });
	return {
		...running,
		records: () => readRecords(userDir),
		restart: async () => await startTestHost(line, { ...options, userDir }),
		dispose: async () => {
			await running.stop();
			rmSync(userDir, { recursive: true, force: true });
		},
	};
}

function readRecords(userDir: string): RecordedMessage[] {
	const file = path.join(userDir, 'records.jsonl');
	if (!existsSync(file)) return [];
	// The last line may be half written while the file node is at work.
	const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
	return lines.map((line) => JSON.parse(line) as RecordedMessage);
}

/**
 * Nodes of Node-RED's own that write what reaches them into records.jsonl: messages wired to the node whose id is
 * `as`, everything that Catch gets (`catch`), and every status (`status`).
 */
export function recorder(z: string, userDir: string, ...names: string[]): FlowNode[] {
	const file = path.join(userDir, 'records.jsonl');
	const write = (id: string, as: string): FlowNode => ({
		id,
		type: 'function',
		z,
		name: as,
		func: `const { payload, parts, error, status } = msg;\nreturn { payload: JSON.stringify({ as: ${JSON.stringify(as)}, payload: error || status ? undefined : payload, parts, error, status }) };`,
		outputs: 1,
		wires: [[`${z}-file`]],
	});
	return [
		...names.map((name) => write(name, name)),
		{ id: `${z}-catch`, type: 'catch', z, scope: null, uncaught: false, wires: [[`${z}-catch-fn`]] },
		write(`${z}-catch-fn`, 'catch'),
		{ id: `${z}-status`, type: 'status', z, scope: null, wires: [[`${z}-status-fn`]] },
		write(`${z}-status-fn`, 'status'),
		{
			id: `${z}-file`,
			type: 'file',
			z,
			filename: file,
			filenameType: 'str',
			appendNewline: true,
			overwriteFile: 'false',
			createDir: true,
			encoding: 'none',
			wires: [[]],
		},
	];
}

export function tab(id: string, disabled = false): FlowNode {
	return { id, type: 'tab', label: id, disabled };
}

/** @throws Error with `what` when the condition does not come true in time */
export async function eventually<T>(
	what: string,
	look: () => T | undefined | false | Promise<T | undefined | false>,
	timeoutMs = 10_000,
): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 25));
	}
}
