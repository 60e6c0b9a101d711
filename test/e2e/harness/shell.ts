/** Runs lines of a document as a reader would, in bash, with the reader's own values in the environment. */
import { spawn, type ChildProcess } from 'node:child_process';
import { ROOT } from '../../../hosts/paths';

export interface Ran {
	code: number | null;
	output: string;
}

const LONGEST_MS = 300_000;

/** What a reader puts in place of `…` is in the environment already: `KEY='…'` keeps it. */
export function keepOwnValues(script: string): string {
	return script.replace(/\b([A-Z][A-Z0-9_]*)='[^']*…[^']*'/g, '$1="$$$1"');
}

/** @returns when it has ended; every line must succeed */
export async function run(script: string, env: Record<string, string> = {}): Promise<Ran> {
	const { child, said } = open(`set -euo pipefail\n${script}`, env);
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { code, output: said() };
}

/**
 * For a command that runs until Ctrl-C.
 *
 * @returns what it said until it said `ready`; it has ended then
 */
export async function runUntil(line: string, ready: RegExp, env: Record<string, string> = {}): Promise<Ran> {
	const { child, said } = open(`exec ${line}`, env);
	const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
	const deadline = Date.now() + LONGEST_MS;
	while (!ready.test(said()) && child.exitCode === null && Date.now() < deadline)
		await new Promise((resolve) => setTimeout(resolve, 50));
	const output = said();
	if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
	return { code: await ended, output };
}

/** In a group of its own, so that a signal reaches what npm started. */
function open(script: string, env: Record<string, string>): { child: ChildProcess; said: () => string } {
	const child = spawn('bash', ['-c', script], {
		cwd: ROOT,
		env: { ...process.env, ...env },
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let text = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
	const timer = setTimeout(() => {
		if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
	}, LONGEST_MS);
	child.on('close', () => {
		clearTimeout(timer);
	});
	return { child, said: () => text };
}
