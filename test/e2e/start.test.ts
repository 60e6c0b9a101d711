/** `npm start -- --once` as a user runs it: exit code, output, and that no secret is left behind. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ROOT } from '../../hosts/paths';
import { freePort } from '../../hosts/ports';

let state: string;
let ports: string[];

before(async () => {
	state = mkdtempSync(path.join(tmpdir(), 'saoke-start-'));
	ports = ['--n8n-port', String(await freePort()), '--sandbox-port', String(await freePort())];
});

after(() => {
	rmSync(state, { recursive: true, force: true, maxRetries: 3 });
});

interface Ran {
	status: number | null;
	output: string;
}

function start(args: string[], env: Record<string, string> = {}): Ran {
	const ran = spawnSync(process.execPath, ['--import', 'tsx', 'demo/start.ts', '--once', ...args], {
		cwd: ROOT,
		env: { ...process.env, ...env, SAOKE_STATE_DIR: state },
		encoding: 'utf8',
		timeout: 600_000,
	});
	return { status: ran.status, output: ran.stdout + ran.stderr };
}

test('a transfer reaches the ledger at the first start', () => {
	const { status, output } = start(ports);
	assert.equal(status, 0, output);
	assert.match(output, /A transfer went from the sandbox into the ledger in \d+ ms/);
	assert.match(output, /description +DH\d{6} thanh toan don hang/);
});

test('a transfer reaches the ledger at the second start, on the same state', () => {
	const { status, output } = start(ports);
	assert.equal(status, 0, output);
});

test('neither the key of the sandbox nor a token stands in the logs or in the database of n8n', () => {
	const local = JSON.parse(readFileSync(path.join(state, 'local.json'), 'utf8')) as { sandboxApiKey: string };
	for (const file of filesBelow(path.join(state, 'n8n'))) {
		assert.ok(!readFileSync(file).includes(local.sandboxApiKey), `${path.basename(file)} holds the API key`);
	}
});

test('a taken port is named, with the way out, and nothing is started', async () => {
	const server: Server = createServer();
	const port = await freePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	const { status, output } = start(['--n8n-port', String(port)]);
	server.close();
	assert.equal(status, 1);
	assert.match(output, new RegExp(`Port ${port} for n8n is already in use.*--n8n-port`));
	assert.doesNotMatch(output, /\n\s+at /);
});

test('with a key of its own it reads the lists only: no webhook is registered, nothing is written', async () => {
	const service = await serviceInChild();
	const { status, output } = start(['--n8n-port', String(await freePort())], {
		CASSO_API_KEY: service.apiKey,
		CASSO_BASE_URL: service.cassoUrl,
	});
	const log = (await (await fetch(`${service.url}/control/casso/requests`)).json()) as
		| { requests?: { method: string }[] }
		| { method: string }[];
	service.stop();
	assert.equal(status, 0, output);
	const requests = Array.isArray(log) ? log : (log.requests ?? []);
	assert.ok(requests.length >= 2, 'the lists were not read');
	assert.deepEqual([...new Set(requests.map((request) => request.method))], ['GET']);
	assert.ok(!output.includes(service.apiKey));
	assert.match(output, /state +\S+n8n-real +holds your key, encrypted: unpublish .* delete this folder/);
});

test('with a wrong key it fails and says why', async () => {
	const service = await serviceInChild();
	const { status, output } = start(['--n8n-port', String(await freePort())], {
		CASSO_API_KEY: 'AK_CS.not-the-key',
		CASSO_BASE_URL: service.cassoUrl,
	});
	service.stop();
	assert.equal(status, 1, output);
	assert.match(output, /could not be read: Casso refused GET .*HTTP 401/);
	assert.ok(!output.includes('AK_CS.not-the-key'));
});

function filesBelow(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		const stats = statSync(file, { throwIfNoEntry: false });
		if (stats?.isDirectory()) return name === 'node_modules' ? [] : filesBelow(file);
		return stats?.isFile() ? [file] : [];
	});
}

interface Service {
	url: string;
	cassoUrl: string;
	apiKey: string;
	stop: () => void;
}

/** The sandbox as a process of its own, as `npm run sandbox` starts it. */
async function serviceInChild(): Promise<Service> {
	const { spawn } = await import('node:child_process');
	const port = await freePort();
	const apiKey = 'AK_CS.0123456789abcdef0123456789abcdef.test';
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'packages/sandbox/src/cli.ts', '--port', String(port), '--api-key', apiKey],
		{ cwd: ROOT, stdio: 'ignore' },
	);
	const url = `http://127.0.0.1:${port}`;
	for (let attempt = 0; attempt < 200; attempt++) {
		try {
			if ((await fetch(url)).ok) break;
		} catch {
			// Not listening yet.
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return { url, cassoUrl: `${url}/casso`, apiKey, stop: () => child.kill() };
}
