/** The data file: what was acknowledged outlives the process, however it ends. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24 } from '../../../hosts/paths';
import type { Receiver } from './support';
import { closeAll, idsIn, receiver } from './support';

const root = join(__dirname, '../../..');
const tsx = createRequire(__filename).resolve('tsx');
const running: ChildProcess[] = [];
let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'saoke-data-'));
	file = join(folder, 'sandbox.db');
});

afterEach(async () => {
	for (const child of running.splice(0)) child.kill('SIGKILL');
	await closeAll();
	rmSync(folder, { recursive: true, force: true });
});

interface Run {
	child: ChildProcess;
	url: string;
	output: { text: string; errors: string };
	end: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** The command on the data file; resolves when it serves, or has ended. */
async function start(...more: string[]): Promise<Run> {
	const args = [
		'--import',
		tsx,
		'packages/sandbox/src/cli.ts',
		'--port',
		'0',
		'--data',
		file,
		'--transactions',
		'20',
		...more,
	];
	const child = spawn(node24(), args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	running.push(child);
	const output = { text: '', errors: '' };
	child.stderr.on('data', (chunk: Buffer) => {
		output.errors += chunk.toString();
	});
	const ended = new Promise<number | null>((resolve) => {
		child.on('close', resolve);
	});
	await new Promise<void>((resolve) => {
		child.stdout.on('data', (chunk: Buffer) => {
			output.text += chunk.toString();
			if (output.text.includes('Ctrl-C')) resolve();
		});
		void ended.then(() => {
			resolve();
		});
	});
	const end = (signal: NodeJS.Signals): Promise<number | null> => {
		child.kill(signal);
		return ended;
	};
	return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output.text)?.[0] ?? '', output, end };
}

async function ask<T>(run: Run, method: string, path: string, json?: unknown): Promise<T> {
	const response = await fetch(`${run.url}/control${path}`, {
		method,
		headers: { 'Content-Type': 'application/json' },
		body: json === undefined ? undefined : JSON.stringify(json),
	});
	if (!response.ok) throw new Error(await response.text());
	return (await response.json()) as T;
}

interface Keys {
	cassoKey: string;
	simplizeKey: string;
	simplizeSecret: string;
}

async function transactionIds(run: Run): Promise<Set<number>> {
	const ids = new Set<number>();
	for (let offset = 0; ; offset += 1_000) {
		const { transactions, total } = await ask<{ transactions: Array<{ id: number }>; total: number }>(
			run,
			'GET',
			`/casso/transactions?limit=1000&offset=${String(offset)}`,
		);
		for (const { id } of transactions) ids.add(id);
		if (offset + 1_000 >= total) return ids;
	}
}

/** Books until the sandbox is gone, over several connections at once. */
async function book(run: Run, acknowledged: number[]): Promise<void> {
	const writer = async (): Promise<void> => {
		for (;;) {
			try {
				const { transaction } = await ask<{ transaction: { id: number } }>(run, 'POST', '/casso/transactions', {
					amount: 1_000,
					memo: 'under load',
				});
				acknowledged.push(transaction.id);
			} catch {
				return;
			}
		}
	};
	await Promise.all(Array.from({ length: 6 }, writer));
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition())
		await new Promise((resolve) => {
			setTimeout(resolve, 20);
		});
}

const delivered = (target: Receiver): Set<number> => new Set(target.received.flatMap(idsIn));

test('killed under load, twice: nothing that was acknowledged is lost, and all of it is delivered', async () => {
	const target = await receiver();
	const acknowledged: number[] = [];
	let keys: Keys | undefined;
	let webhooks: object | undefined;
	for (let round = 0; round < 2; round += 1) {
		const run = await start();
		if (round === 0) await ask(run, 'POST', '/casso/webhooks', { url: target.url });
		keys ??= await ask<Keys>(run, 'GET', '/keys');
		webhooks ??= await ask<object>(run, 'GET', '/casso/webhooks');
		const before = acknowledged.length;
		const load = book(run, acknowledged);
		await until(() => acknowledged.length > before + 60);
		await run.end('SIGKILL');
		await load;
	}
	const last = await start();
	const found = await transactionIds(last);
	expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
	expect(new Set(acknowledged).size).toBe(acknowledged.length);
	expect(await ask(last, 'GET', '/keys')).toEqual(keys);
	expect(await ask(last, 'GET', '/casso/webhooks')).toEqual(webhooks);
	// What was under way when the process was killed is sent after the start.
	expect(await ask(last, 'GET', '/casso/idle')).toEqual({ idle: true });
	const arrived = delivered(target);
	expect(acknowledged.filter((id) => !arrived.has(id))).toEqual([]);
	expect(await last.end('SIGTERM')).toBe(0);
}, 60_000);

test('ended in order: switches, faults, settings, queue, webhook health, planned retries and Simplize go on', async () => {
	const target = await receiver();
	target.answer = () => ({ status: 500, body: '' });
	const first = await start();
	const { webhook } = await ask<{ webhook: { id: number } }>(first, 'POST', '/casso/webhooks', {
		url: target.url,
		dialect: 'legacy',
		secret: 'kept-secret',
	});
	await ask(first, 'PATCH', '/casso/quirks', { pageEnd: 'zero', maxPageSize: 7 });
	await ask(first, 'POST', '/casso/faults', { kind: 'slow', ms: 1, count: 5 });
	await ask(first, 'PATCH', '/casso/delivery-settings', { retryGapsMs: [3_600_000, 3_600_000], strict: true });
	await ask(first, 'POST', '/casso/queue', { amount: 77 });
	await ask(first, 'POST', '/simplize/cash-movements', {
		movements: [{ portfolioId: 862, amount: 123, note: 'kept' }],
	});
	await ask(first, 'PATCH', '/simplize/quirks', { signaturePayload: 'query' });
	await ask(first, 'POST', '/casso/transactions', { amount: 5, memo: 'retried later' });
	await ask(first, 'GET', '/casso/idle');
	const look = async (run: Run): Promise<unknown[]> =>
		Promise.all(
			[
				'/casso/quirks',
				'/casso/faults',
				'/casso/delivery-settings',
				'/casso/webhooks',
				'/casso/deliveries',
				'/casso/accounts',
				'/casso/transactions?limit=100',
				'/simplize/quirks',
				'/simplize/users',
				'/simplize/cash-movements?portfolioId=862',
				'/keys',
			].map((path) => ask(run, 'GET', path)),
		);
	const before = await look(first);
	expect(await first.end('SIGTERM')).toBe(0);
	expect(first.output.errors).toBe('');

	const second = await start();
	expect(second.output.text).toContain(`Using the data in ${file}`);
	expect(await look(second)).toEqual(before);
	expect(target.received).toHaveLength(1);
	target.answer = () => ({ status: 200, body: '{"success":true}' });
	await ask(second, 'POST', '/casso/clock', { advanceMs: 3_600_000 });
	await ask(second, 'GET', '/casso/idle');
	expect(target.received.map(({ headers }) => headers['secure-token'])).toEqual(['kept-secret', 'kept-secret']);
	const { deliveries } = await ask<{ deliveries: Array<{ state: string; webhookId: number }> }>(
		second,
		'GET',
		'/casso/deliveries',
	);
	expect(deliveries).toEqual([expect.objectContaining({ state: 'succeeded', webhookId: webhook.id })]);

	// A reset starts over in the file too; the keys stay.
	await ask(second, 'POST', '/casso/reset');
	expect(await second.end('SIGTERM')).toBe(0);
	const third = await start();
	expect((await transactionIds(third)).size).toBe(20);
	expect(await ask(third, 'GET', '/casso/webhooks')).toEqual({ webhooks: [] });
	expect(await ask(third, 'GET', '/keys')).toEqual(before.at(-1));
}, 60_000);

test('the file is for its owner alone, for one sandbox at a time, and for no other program', async () => {
	const first = await start();
	expect(statSync(file).mode & 0o777).toBe(0o600);
	const second = await start();
	expect(second.output.errors).toBe(
		`The data file ${file} cannot be used: another sandbox has it open; end that one, or choose another file.\n`,
	);
	expect(await second.end('SIGTERM')).toBe(1);
	expect(await first.end('SIGTERM')).toBe(0);
	file = join(folder, 'notes.txt');
	writeFileSync(file, 'not a database, and dear to somebody');
	const third = await start();
	expect(third.output.errors).toContain('it is not a data file of the sandbox');
	expect(readFileSync(file, 'utf8')).toBe('not a database, and dear to somebody');
}, 60_000);
