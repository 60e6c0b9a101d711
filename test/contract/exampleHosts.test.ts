/** The example hosts as they are run from a shell, against the sandbox: what they print, what they refuse, what they keep to themselves. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { freePort } from '../../hosts/ports';

const ROOT = path.resolve(__dirname, '..', '..');
const KEY = 'security-key-of-the-example-'.repeat(3);
const LONGEST_WAIT_MS = 30_000;

let sandbox: Sandbox;
const running: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({
		transactions: 90,
		now: () => Date.parse('2026-11-20T10:00:00+07:00'),
		simplize: { now: () => Date.now() },
	});
});

afterAll(async () => {
	for (const child of running) child.kill('SIGTERM');
	await sandbox.close();
});

interface Ran {
	code: number | null;
	out: string;
	err: string;
}

interface Running {
	child: ChildProcessWithoutNullStreams;
	said: { out: string; err: string };
	ended: Promise<Ran>;
}

function start(file: string, args: string[], env: Record<string, string> = {}): Running {
	const { apiKey, apiSecret } = sandbox.simplize;
	const keys = {
		CASSO_API_KEY: sandbox.apiKey,
		CASSO_BASE_URL: sandbox.cassoUrl,
		SIMPLIZE_BASE_URL: sandbox.simplizeUrl,
		SIMPLIZE_API_KEY: apiKey,
		SIMPLIZE_API_SECRET: apiSecret,
	};
	const child = spawn(process.execPath, ['--import', 'tsx', path.join('examples', 'host', file), ...args], {
		cwd: ROOT,
		env: { ...process.env, ...keys, ...env },
	});
	running.push(child);
	const said = { out: '', err: '' };
	child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
	const ended = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
	return { child, said, ended };
}

async function run(file: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
	return await start(file, args, env).ended;
}

async function until<T>(what: string, look: () => T | undefined): Promise<T> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	for (;;) {
		const found = look();
		if (found !== undefined) return found;
		if (Date.now() > deadline) throw new Error(`${what} did not come in time`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

const lines = (text: string): Record<string, unknown>[] =>
	text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Record<string, unknown>);

describe('transactions', () => {
	test('prints every transaction of the days, each once, oldest first', async () => {
		const { code, out, err } = await run('transactions.ts', ['--from', '2026-10-01', '--to', '2026-11-20']);
		expect([code, err]).toEqual([0, '']);
		const wanted = sandbox.casso.data.transactions.size;
		const ids = lines(out).map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(ids.length).toBeGreaterThan(60);
		expect(ids.length).toBeLessThanOrEqual(wanted);
		const times = lines(out).map(({ transactedAt }) => String(transactedAt));
		expect(times).toEqual([...times].sort());
	});

	test.each([
		['no key', [], { CASSO_API_KEY: '' }, 'The credential has no API key'],
		['a wrong key', [], { CASSO_API_KEY: 'AK_CS.wrong-key' }, 'HTTP 401'],
		['no date', ['--from', '2026-02-30'], {}, 'This is not a date'],
	])('%s ends it with the reason, the next step, and no key', async (_what, args, env, reason) => {
		const { code, out, err } = await run('transactions.ts', args, env);
		expect([code, out]).toEqual([1, '']);
		expect(err).toContain(reason);
		expect(err.trim().split('\n')).toHaveLength(2);
		expect(err).not.toContain('AK_CS.');
	});
});

describe('ask', () => {
	test('prints an answer of Casso as it came, failures too', async () => {
		const { code, out } = await run('ask.ts', ['casso', 'GET', '/v2/transactions?pageSize=3&fromDate=2026-10-01']);
		expect(code).toBe(0);
		expect(out).toMatch(/^HTTP 200\n(.+\n)*content-type: application\/json/);
		expect((JSON.parse(out.slice(out.indexOf('{'))) as { data: { records: unknown[] } }).data.records).toHaveLength(3);
		expect((await run('ask.ts', ['casso', 'GET', '/v2/accounts/999999'])).out).toMatch(/^HTTP 404\n/);
	});

	test('signs for Simplize by the rule that it is told, with a body too', async () => {
		const body =
			'{"portfolioId":862,"fromDate":"01/01/2026","toDate":"20/11/2026","ticker":null,"transactionTypes":null,"page":0,"size":1}';
		const args = [
			'simplize',
			'POST',
			'/api/personalize/v1/partner/portfolio/cash-histories?externalUserId=USER015',
			body,
		];
		expect((await run('ask.ts', args)).out).toMatch(/^HTTP 200\n/);
		const refused = await run('ask.ts', args, { SIMPLIZE_PAYLOAD: 'query' });
		expect(refused.out).toMatch(/^HTTP 401\n/);
		expect(refused.out + refused.err).not.toMatch(/signature=|[0-9a-f]{64}/);
	});

	test.each([
		[['casso', 'GET', 'v2/userInfo'], {}, 'a path that begins with /'],
		[['bank', 'GET', '/'], {}, 'neither casso nor simplize'],
		[['simplize', 'GET', '/'], { SIMPLIZE_BASE_URL: 'http://simplize.example.com' }, 'https://'],
		[['simplize', 'GET', '/'], { SIMPLIZE_PAYLOAD: 'guess' }, 'signing option'],
	])('%j, %j is refused before anything is sent', async (args, env, reason) => {
		const { code, err } = await run('ask.ts', args, env as Record<string, string>);
		expect([code, err.includes(reason)]).toEqual([1, true]);
	});
});

describe('deliveries', () => {
	async function listening(...options: string[]): Promise<Running & { url: string }> {
		const port = String(await freePort());
		const watching = start('deliveries.ts', ['--port', port, ...options], { CASSO_SECURITY_KEY: KEY });
		await until('the first line', () => (watching.said.err.includes('Waiting on') ? true : undefined));
		return { ...watching, url: `http://127.0.0.1:${port}` };
	}

	test('shows a test call and a transaction, when they were signed and what they hold', async () => {
		const { said, url } = await listening();
		await sandbox.casso.webhooks.createByDashboard({
			url,
			dialect: 'v2',
			secret: KEY,
			strict: true,
			requireTestCall: true,
		});
		const sent = sandbox.casso.addTransaction({ amount: 250_000, memo: 'DH1024' });
		const [test, real] = await until('two lines', () => (lines(said.out).length >= 2 ? lines(said.out) : undefined));
		expect(test).toMatchObject({ dialect: 'v2', ids: [0], answered: 200 });
		expect(real).toMatchObject({ dialect: 'v2', ids: [sent.id], answered: 200 });
		expect(String(real?.signedAt)).toMatch(/\+07:00$/);
		expect(said.out + said.err).not.toContain(KEY);
	});

	test('answers late and with a failure where it is told so, and refuses what is not signed', async () => {
		const { url, said } = await listening('--answer', '500', '--delay', '300');
		const startedMs = Date.now();
		expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401);
		expect(Date.now() - startedMs).toBeGreaterThanOrEqual(290);
		await sandbox.casso.webhooks.createByDashboard({ url, dialect: 'v2', secret: KEY });
		sandbox.casso.addTransaction({ amount: 1_000, memo: 'late' });
		const found = await until('the delivery', () => lines(said.out).find(({ ids }) => ids !== undefined));
		expect(found).toMatchObject({ answered: 500 });
		expect(lines(said.out)[0]).toMatchObject({
			refused: expect.stringContaining('no secret is configured') as unknown,
			answered: 401,
		});
	});
});
