/**
 * The sandbox with 20,000 transactions: from the command to the first answer, one page of the list, and the memory it
 * takes; beside a bare Fastify that serves the very same bytes from memory, the least that a server on Node can take.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { node24, ROOT } from '../hosts/paths';
import type { BenchResult } from './result';

const TRANSACTIONS = 20_000;
const CALLS = 200;
const START_GOAL_MS = 5_000;
const PAGE_GOAL_MS = 100;
const MB = 1024 * 1024;

interface Server {
	child: ChildProcess;
	url: string;
	/** From the start of the process until it said where it listens. */
	startMs: number;
	output: string;
}

export async function run(): Promise<BenchResult[]> {
	const tsx = createRequire(__filename).resolve('tsx');
	const sandbox = await launch([
		'--import',
		tsx,
		'packages/sandbox/src/cli.ts',
		'--port',
		'0',
		'--transactions',
		String(TRANSACTIONS),
	]);
	try {
		const key = /API key +(\S+)/.exec(sandbox.output)?.[1] ?? '';
		const path = '/casso/v2/transactions?fromDate=2000-01-01&pageSize=50&page=200';
		const headers = { Authorization: `Apikey ${key}` };
		const body = await (await fetch(`${sandbox.url}${path}`, { headers })).text();
		const bare = await launch(['-e', bareServer(body)]);
		try {
			const ours = await medianMs(`${sandbox.url}${path}`, headers);
			const peer = await medianMs(bare.url, {});
			const rows = JSON.parse(body) as { data: { totalRecords: number } };
			if (rows.data.totalRecords !== TRANSACTIONS)
				throw new Error(`The list holds ${String(rows.data.totalRecords)} transactions`);
			return [
				result('sandbox, 20,000 transactions: start', sandbox.startMs, bare.startMs, 'ms', START_GOAL_MS),
				result('sandbox, 20,000 transactions: page of 50', ours, peer, 'ms', PAGE_GOAL_MS),
				result('sandbox, 20,000 transactions: memory (RSS)', memoryMb(sandbox), memoryMb(bare), 'MB', null),
			];
		} finally {
			bare.child.kill('SIGKILL');
		}
	} finally {
		sandbox.child.kill('SIGTERM');
	}
}

function result(name: string, ours: number, peer: number, unit: string, goal: number | null): BenchResult {
	return {
		name,
		ours,
		peer,
		unit,
		ratio: ours / peer,
		goal: goal === null ? '' : `under ${String(goal)} ${unit}`,
		pass: goal === null || ours < goal,
	};
}

/** Fastify alone, with the body of the page ready. */
function bareServer(body: string): string {
	return `const app = require('fastify')();
		const body = ${JSON.stringify(body)};
		app.get('/', (request, reply) => reply.type('application/json; charset=utf-8').send(body));
		app.listen({ port: 0, host: '127.0.0.1' }).then((url) => console.log(url + ' Ctrl-C'));`;
}

async function launch(args: string[]): Promise<Server> {
	const startedAt = performance.now();
	const child = spawn(node24(), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] });
	let output = '';
	await new Promise<void>((resolve, reject) => {
		child.on('close', () => {
			reject(new Error('The server ended before it served'));
		});
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			if (output.includes('Ctrl-C')) resolve();
		});
	});
	return {
		child,
		output,
		url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '',
		startMs: performance.now() - startedAt,
	};
}

async function medianMs(url: string, headers: Record<string, string>): Promise<number> {
	const times: number[] = [];
	for (let number = 0; number < CALLS; number += 1) {
		const startedAt = performance.now();
		await (await fetch(url, { headers })).text();
		times.push(performance.now() - startedAt);
	}
	return times.sort((a, b) => a - b)[CALLS / 2] ?? 0;
}

/** Resident memory of a process; where the system does not show it, not a number. */
function memoryMb({ child }: Server): number {
	try {
		const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1];
		return (Number(kilobytes) * 1024) / MB;
	} catch {
		return NaN;
	}
}
