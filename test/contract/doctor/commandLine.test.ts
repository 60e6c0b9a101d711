/** `npm run doctor` as it is run from a shell, against the sandbox: what it prints, keeps, and removes again. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { freePort } from '../../../hosts/ports';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const KEY = 'security-key-of-the-doctor-'.repeat(3);
const LONGEST_WAIT_MS = 40_000;

let sandbox: Sandbox;
const running: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({ transactions: 120 });
});
beforeEach(() => {
	sandbox.casso.reset();
});
afterAll(async () => {
	for (const child of running) child.kill('SIGTERM');
	await sandbox.close();
});

interface Run {
	child: ChildProcessWithoutNullStreams;
	said: { out: string; err: string };
	/** Resolves with the exit code. */
	ended: Promise<number | null>;
}

function doctor(args: string[] = [], env: Record<string, string> = {}): Run {
	const keys = {
		CASSO_API_KEY: sandbox.apiKey,
		CASSO_BASE_URL: sandbox.cassoUrl,
		SIMPLIZE_BASE_URL: sandbox.simplizeUrl,
		SIMPLIZE_API_KEY: sandbox.simplize.apiKey,
		SIMPLIZE_API_SECRET: sandbox.simplize.apiSecret,
	};
	const child = spawn(process.execPath, ['--import', 'tsx', path.join('tools', 'doctor.ts'), ...args], {
		cwd: ROOT,
		env: { ...process.env, ...keys, ...env },
	});
	running.push(child);
	const said = { out: '', err: '' };
	child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
	return { child, said, ended: new Promise((resolve) => child.on('close', (code) => resolve(code))) };
}

async function until(what: string, isThere: () => boolean): Promise<void> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	while (!isThere()) {
		if (Date.now() > deadline) throw new Error(`${what} did not come in time`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

test('a run that only reads: a line for each request, a report, the same in a file, exit code 0', async () => {
	const { said, ended } = doctor();
	expect(await ended).toBe(0);
	const requests = sandbox.casso.requests.list();
	expect(requests.every(({ method }) => method === 'GET')).toBe(true);
	expect(said.err.match(/^ *\d+ of at most 60 /gm)).toHaveLength(requests.length);
	expect(said.out).toContain('All right: nothing has to be set.');
	const file = /stored in (\S+\.md)/.exec(said.err)?.[1] ?? '';
	expect(said.out.trim()).toBe(readFileSync(path.join(ROOT, file), 'utf8').trim());
	expect(said.out + said.err).not.toContain(sandbox.apiKey);
});

test('something to set, a wrong key, and no service have exit codes of their own', async () => {
	sandbox.casso.quirks.set({ zTimes: 'utc' });
	const toSet = doctor();
	expect(await toSet.ended).toBe(1);
	expect(toSet.said.out).toContain('Set *Times Ending in Z: UTC*.');
	const wrong = doctor([], { CASSO_API_KEY: 'AK_CS.wrong-key-000' });
	expect(await wrong.ended).toBe(1);
	expect(wrong.said.out).toContain('Make a new API key');
	expect(wrong.said.out + wrong.said.err).not.toContain('wrong-key-000');
	expect(await doctor([], { CASSO_BASE_URL: `${sandbox.url}/nothing` }).ended).toBe(2);
});

test('Ctrl-C in the middle removes the webhook that it made', async () => {
	sandbox.casso.quirks.set({ latencyMs: 100 });
	const { child, ended, said } = doctor(['--write']);
	await until('the webhook', () => sandbox.casso.webhooks.list().length > 0);
	expect(sandbox.casso.webhooks.list()[0]?.url).toMatch(/^https:\/\/saoke-doctor-[0-9a-f]{16}\.invalid\/$/);
	child.kill('SIGINT');
	await ended;
	expect(sandbox.casso.webhooks.list()).toEqual([]);
	expect(said.out).toContain('nothing is left');
});

test('deliveries: shows each as it comes, knows its own webhook, and judges them', async () => {
	const port = String(await freePort());
	const url = `http://127.0.0.1:${port}`;
	const args = ['--deliveries', url, '--port', port, '--wait', '60', '--write'];
	const { child, said, ended } = doctor(args, { CASSO_SECURITY_KEY: KEY });
	await until('the wait', () => said.err.includes('Waiting'));
	await sandbox.casso.webhooks.createByDashboard({ url, dialect: 'v2', secret: KEY, requireTestCall: true });
	const sent = sandbox.casso.addTransaction({ amount: 250_000, memo: 'Tiền nhà 11/2026' });
	await until('three lines', () => said.out.split('\n').filter((line) => line.startsWith('{')).length >= 3);
	child.kill('SIGINT');
	await ended;
	const deliveries = said.out
		.split('\n')
		.filter((line) => line.startsWith('{'))
		.map((line) => JSON.parse(line) as Record<string, unknown>);
	expect(deliveries).toContainEqual(expect.objectContaining({ dialect: 'v2', ids: [0], answered: 200 }));
	expect(deliveries).toContainEqual(expect.objectContaining({ dialect: 'v2', ids: [sent.id], answered: 200 }));
	expect(deliveries).toContainEqual(expect.objectContaining({ dialect: 'legacy', ids: [sent.id], answered: 200 }));
	expect(said.out).toContain('3 came, all authentic');
	expect(said.out).toMatch(/JSON\.stringify.*authentic, in all 1/);
	expect(said.out).toContain('it has a token alone');
	expect(said.out + said.err).not.toMatch(new RegExp(`${KEY}|Tiền nhà 11/2026- |250000`));
	expect(sandbox.casso.webhooks.list().filter(({ madeBy }) => madeBy === 'api')).toEqual([]);
});

test('Simplize, with a user and a portfolio', async () => {
	const { said, ended } = doctor(['simplize'], { SIMPLIZE_USER: 'USER015', SIMPLIZE_PORTFOLIO: '862' });
	expect(await ended).toBe(0);
	expect(said.out).toContain('# Simplize');
	expect(said.out + said.err).not.toMatch(/signature=|USER015|[0-9a-f]{64}/);
});

test.each([
	[['bank'], {}, 'neither casso nor simplize'],
	[['--port', 'many'], {}, '--port must be'],
	[['--deliveries', 'https://shop.example.com', '--wait', 'long'], {}, '--wait must be'],
	[['--answer', '0'], {}, '--answer must be'],
	[['--read'], {}, "Unknown option '--read'"],
	[[], { CASSO_API_KEY: '' }, 'no API key'],
	[['simplize'], { SIMPLIZE_BASE_URL: 'http://simplize.example.com' }, 'https://'],
	[['simplize'], { SIMPLIZE_PAYLOAD: 'guess' }, 'signing option'],
])('%j, %j is refused before anything is sent', async (args, env, reason) => {
	const { said, ended } = doctor(args, env);
	expect(await ended).toBe(1);
	expect(said.err).toContain(reason);
	expect(said.err).not.toMatch(/^ +at /m);
	expect(sandbox.casso.requests.list()).toEqual([]);
});
