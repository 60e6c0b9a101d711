/** The command: starts, says where, ends cleanly, and explains itself when it cannot start. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeAll, sandbox } from './support';

afterEach(closeAll);

const root = join(__dirname, '../../..');

interface Run {
	child: ChildProcess;
	output: { out: string; err: string };
	ended: Promise<number | null>;
}

function run(...args: string[]): Run {
	return start(['--import', 'tsx', 'packages/sandbox/src/cli.ts', ...args]);
}

/** The command of the package. */
function runBin(...args: string[]): Run {
	return start(['packages/sandbox/bin/saoke-sandbox.mjs', ...args]);
}

function start(args: string[]): Run {
	const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
	const output = { out: '', err: '' };
	child.stdout.on('data', (chunk: Buffer) => {
		output.out += chunk.toString();
	});
	child.stderr.on('data', (chunk: Buffer) => {
		output.err += chunk.toString();
	});
	return {
		child,
		output,
		ended: new Promise((resolve) => {
			child.on('close', resolve);
		}),
	};
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition())
		await new Promise((resolve) => {
			setTimeout(resolve, 20);
		});
}

test.each(['SIGTERM', 'SIGINT'] as const)(
	'starts on a free port, serves with the given key, ends on %s with 0',
	async (signal) => {
		const { child, output, ended } = run(
			'--port',
			'0',
			'--api-key',
			'the-key',
			'--seed',
			'9',
			'--accounts',
			'2',
			'--transactions',
			'15',
		);
		await until(() => output.out.includes('Ctrl-C'));
		const url = /(http:\/\/127\.0\.0\.1:\d+\/casso)/.exec(output.out)?.[1] ?? '';
		expect(output.out).toContain('2 accounts and 15 transactions');
		expect(output.out.match(/the-key/g)).toHaveLength(1);
		const response = await fetch(`${url}/v2/accounts`, { headers: { Authorization: 'Apikey the-key' } });
		expect(((await response.json()) as { data: unknown[] }).data).toHaveLength(2);
		child.kill(signal);
		expect(await ended).toBe(0);
		expect(output.err).toBe('');
	},
);

test('a taken port is one clear line and exit 1', async () => {
	const other = await sandbox({ transactions: 0 });
	const port = new URL(other.url).port;
	const { output, ended } = run('--port', port);
	expect(await ended).toBe(1);
	expect(output.err).toBe(`Port ${port} is taken. End the program that uses it, or choose another with --port.\n`);
});

test.each([
	[['--port', 'x'], '--port needs a whole number from 0 to 65535, not "x". (see --help)\n'],
	[['--prot', '1'], "Unknown option '--prot'"],
	[['--transactions', '-1'], '(see --help)'],
	[
		['--profile', 'body+query'],
		'--profile must be one of query+body, query, query&body, body, not "body+query". (see --help)\n',
	],
	[['--data', ''], '--data needs the name of a file. (see --help)\n'],
])('%j is refused with exit 1', async (args, message) => {
	const { output, ended } = run(...args);
	expect(await ended).toBe(1);
	expect(output.err).toContain(message);
	expect(output.err.trim().split('\n')).toHaveLength(1);
});

test('--help explains every option; listening beyond this machine is warned about', async () => {
	const help = run('--help');
	expect(await help.ended).toBe(0);
	for (const flag of [
		'--port',
		'--host',
		'--seed',
		'--accounts',
		'--transactions',
		'--api-key',
		'--latency',
		'--clock-speed',
		'--data',
		'--strict',
		'--profile',
		'--encoding',
		'--allow-remote-targets',
	])
		expect(help.output.out).toContain(flag);
	const wide = run('--host', '0.0.0.0', '--port', '0');
	await until(() => wide.output.out.includes('Ctrl-C'));
	expect(wide.output.err).toContain('Warning: 0.0.0.0 can be reached from other machines.');
	wide.child.kill('SIGTERM');
	expect(await wide.ended).toBe(0);
});

test('strict mode, signing profile and much data: said, done, and told about on the way', async () => {
	const { child, output, ended } = run(
		'--port',
		'0',
		'--transactions',
		'12000',
		'--strict',
		'--profile',
		'query',
		'--encoding',
		'base64',
		'--allow-remote-targets',
	);
	await until(() => output.out.includes('Ctrl-C'));
	const url = /Open (http:\S+) in a browser/.exec(output.out)?.[1] ?? '';
	const settings = (await (await fetch(`${url}/control/casso/delivery-settings`)).json()) as { settings: object };
	expect(settings.settings).toMatchObject({ strict: true, allowRemoteTargets: true });
	const quirks = (await (await fetch(`${url}/control/simplize/quirks`)).json()) as { quirks: object };
	expect(quirks.quirks).toMatchObject({ signaturePayload: 'query', signatureEncoding: 'base64' });
	expect(output.err).toContain('Making transactions: 50 % of 12,000\n');
	expect(output.err).toContain('Warning: webhooks on other machines are called too.\n');
	child.kill('SIGTERM');
	expect(await ended).toBe(0);
});

test('a data file works under every Node that the repository supports, also when the first process is killed', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'saoke-cli-'));
	try {
		const file = join(folder, 'sandbox.db');
		const first = runBin('--port', '0', '--transactions', '5', '--data', file);
		await until(() => first.output.out.includes('Ctrl-C'));
		expect(first.output.err).toBe('');
		const key = /API key +(AK_CS\S+)/.exec(first.output.out)?.[1];
		first.child.kill('SIGKILL');
		await first.ended;
		// The Node that it had started ends by itself, and gives the file free.
		const second = runBin('--port', '0', '--data', file);
		await until(() => second.output.out.includes('Ctrl-C'));
		expect(/API key +(AK_CS\S+)/.exec(second.output.out)?.[1]).toBe(key);
		second.child.kill('SIGTERM');
		expect(await second.ended).toBe(0);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
