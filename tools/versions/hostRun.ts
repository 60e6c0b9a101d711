/** One run of end-to-end tests in real hosts, on a Node of choice, and what came of it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { ROOT } from '../../hosts/paths';
import type { Outcome } from './jestRun';

export interface HostOptions {
	/** Tests, relative to the repository. */
	files: readonly string[];
	/** Node binary for the hosts. */
	node: string;
	/** An n8n that is installed as hosts/n8n is. */
	n8nFolder?: string;
}

/** @throws Error with the end of the output if the tests did not come to their end */
export async function runInHost({ files, node, n8nFolder }: HostOptions): Promise<Outcome> {
	const startedMs = Date.now();
	const tsx = path.join(ROOT, 'node_modules', 'tsx', 'dist', 'loader.mjs');
	const child = spawn(
		process.execPath,
		['--import', tsx, '--test', '--test-concurrency=1', '--test-reporter=tap', ...files],
		{
			cwd: ROOT,
			env: { ...process.env, SAOKE_HOST_NODE: node, ...(n8nFolder ? { SAOKE_N8N_DIR: n8nFolder } : {}) },
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	await new Promise<void>((resolve, reject) => {
		child.once('error', reject);
		child.once('close', () => resolve());
	});
	const count = (what: string): number => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1]);
	if (!Number.isFinite(count('pass'))) throw new Error(`The tests did not come to their end:\n${output.slice(-2_000)}`);
	const failures = [...output.matchAll(/^\s*not ok \d+ - (.+)$/gm)].map(([, name]) => name ?? '');
	return {
		passed: count('pass'),
		failed: count('fail') + count('cancelled'),
		failures,
		seconds: Math.round((Date.now() - startedMs) / 1000),
	};
}
