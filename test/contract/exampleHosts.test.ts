/** The example hosts as they are run from a shell, against the sandbox: what they print, what they refuse, what they keep to themselves. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';

const ROOT = path.resolve(__dirname, '..', '..');

let sandbox: Sandbox;
const running: ChildProcessWithoutNullStreams[] = [];

beforeAll(async () => {
	sandbox = await startSandbox({
		transactions: 90,
		now: () => Date.parse('2026-11-20T10:00:00+07:00'),
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

async function run(file: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
	const keys = { CASSO_API_KEY: sandbox.apiKey, CASSO_BASE_URL: sandbox.cassoUrl };
	const child = spawn(process.execPath, ['--import', 'tsx', path.join('examples', 'host', file), ...args], {
		cwd: ROOT,
		env: { ...process.env, ...keys, ...env },
	});
	running.push(child);
	const said = { out: '', err: '' };
	child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
	return await new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, ...said })));
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
