/** `npm run start:scaled -- --once` as a user runs it: exit code, output, a second start, and what it says when something is missing. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { N8N_DIR } from '../../hosts/n8n';
import { ROOT } from '../../hosts/paths';
import { freePort, requireFreePort } from '../../hosts/ports';
import { until } from '../e2e/harness/until';

const START = ['--import', 'tsx', 'demo/startScaled.ts'];

let state: string;
let ports: { n8n: number; sandbox: number };

before(async () => {
	state = mkdtempSync(path.join(tmpdir(), 'saoke-start-scaled-'));
	// A Postgres started by root runs under another account, which must get in.
	chmodSync(state, 0o711);
	ports = { n8n: await freePort(), sandbox: await freePort() };
});

after(() => {
	rmSync(state, { recursive: true, force: true, maxRetries: 3 });
});

const flags = (): string[] => ['--port', String(ports.n8n), '--sandbox-port', String(ports.sandbox)];

function start(env: Record<string, string> = {}): { status: number | null; output: string } {
	const ran = spawnSync(process.execPath, [...START, '--once', ...flags()], {
		cwd: ROOT,
		env: { ...process.env, SAOKE_STATE_DIR: state, ...env },
		encoding: 'utf8',
		timeout: 600_000,
	});
	return { status: ran.status, output: ran.stdout + ran.stderr };
}

for (const which of ['first', 'second']) {
	test(`a transfer reaches Postgres through webhook process and worker at the ${which} start`, () => {
		const { status, output } = start();
		assert.equal(status, 0, output);
		assert.match(output, /A transfer went from the sandbox through webhook process and worker into Postgres in \d+ ms/);
		const logs = (part: string): string =>
			readdirSync(path.join(state, 'scaled'))
				.filter((name) => name.startsWith(part))
				.map((name) => readFileSync(path.join(state, 'scaled', name, 'n8n.log'), 'utf8'))
				.join('');
		assert.match(logs('webhook'), /Enqueued execution/);
		assert.match(logs('worker'), /Worker finished execution/);
	});
}

// While it packs, nothing else runs in its process: whoever stops it must not have to wait for an answer.
for (const [name, line] of [
	['packing', 'Redis is ready'],
	['starting n8n', 'Built and packed'],
] as const) {
	test(`Ctrl-C while it is ${name} leaves no process behind`, async () => {
		const child = spawn(process.execPath, [...START, ...flags()], {
			cwd: ROOT,
			env: { ...process.env, SAOKE_STATE_DIR: state },
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		let output = '';
		child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
		await until(line, () => output.includes(line), 120_000);
		const ended = new Promise((resolve) => child.once('exit', resolve));
		child.kill('SIGINT');
		await ended;
		await requireFreePort(ports.n8n, 'n8n', '');
		await requireFreePort(ports.sandbox, 'the sandbox', '');
		const servers = [...output.matchAll(/(Postgres|Redis) is ready on 127\.0\.0\.1:(\d+)/g)];
		assert.equal(servers.length, 2);
		for (const [, server = '', port] of servers) await requireFreePort(Number(port), server, '');
		const left = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
			.stdout.split('\n')
			.filter((args) => args.includes(state) || args.includes(N8N_DIR));
		assert.deepEqual(left, []);
	});
}

test('a taken port is named, with the way out', async () => {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(ports.n8n, '127.0.0.1', () => resolve()));
	const { status, output } = start();
	server.close();
	assert.equal(status, 1);
	assert.match(output, new RegExp(`Port ${ports.n8n} for n8n is already in use.*--port`));
});

test('a Postgres or a Redis that is named and not there is said to be so', async () => {
	const nobody = String(await freePort());
	const postgres = start({ DB_POSTGRESDB_HOST: '127.0.0.1', DB_POSTGRESDB_PORT: nobody });
	assert.equal(postgres.status, 1, postgres.output);
	assert.match(postgres.output, /The Postgres that DB_POSTGRESDB_HOST names cannot be used: .*ECONNREFUSED/);
	const redis = start({ QUEUE_BULL_REDIS_HOST: '127.0.0.1', QUEUE_BULL_REDIS_PORT: nobody });
	assert.equal(redis.status, 1, redis.output);
	assert.match(
		redis.output,
		new RegExp(`The Redis that QUEUE_BULL_REDIS_HOST names does not answer \\(127\\.0\\.0\\.1:${nobody}\\)`),
	);
});
