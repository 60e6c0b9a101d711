/** Pages of other sites against the demos, in a real browser: a form that brings its own flow, and a name that leads here. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startNodeRed, type NodeRedOptions, type RunningNodeRed } from '../../hosts/nodeRed';
import { REFUSE_FOREIGN } from '../../hosts/paths';
import { freePort } from '../../hosts/ports';
import { openBrowser } from './harness/browser';
import { eventually, prepareHosts } from './harness/nodeRedHost';

const OTHER_NAME = 'rebound.example';
const LOGIN = { username: 'owner', password: 'a-password-of-the-test' };

const DEMO: Partial<NodeRedOptions> = { login: LOGIN, nodeArgs: ['--require', REFUSE_FOREIGN] };

let browser: Browser;
let folder: string;

before(async () => {
	await prepareHosts(5);
	browser = await openBrowser(`--host-resolver-rules=MAP ${OTHER_NAME} 127.0.0.1`);
	folder = mkdtempSync(path.join(tmpdir(), 'saoke-attacks-'));
});

after(async () => {
	await browser.close();
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** An `inject` that starts at once, and an `exec` that makes a file: fields of a plain HTML form. */
function flowOfAttacker(file: string): Record<string, string> {
	return {
		label: 'attack',
		'nodes[0][id]': 'attack1',
		'nodes[0][type]': 'inject',
		'nodes[0][once]': 'true',
		'nodes[0][onceDelay]': '0.1',
		'nodes[0][payload]': '',
		'nodes[0][payloadType]': 'date',
		'nodes[0][x]': '100',
		'nodes[0][y]': '100',
		'nodes[0][wires][0][0]': 'attack2',
		'nodes[1][id]': 'attack2',
		'nodes[1][type]': 'exec',
		'nodes[1][command]': `touch ${file}`,
		'nodes[1][addpay]': '',
		'nodes[1][x]': '200',
		'nodes[1][y]': '100',
	};
}

/** @returns the status of what the form got, from a page on another port of this machine */
async function sendForm(target: string, fields: Record<string, string>): Promise<number> {
	const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
	const html = `<form method="post" action="${target}">${inputs.join('')}</form><script>document.forms[0].submit()</script>`;
	const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const page = await browser.newPage();
	try {
		const answered = page.waitForResponse((response) => response.url() === target);
		await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`, { waitUntil: 'commit' });
		return (await answered).status();
	} finally {
		await page.close();
		server.closeAllConnections();
		server.close();
	}
}

async function readUnderOtherName(port: number, place: string): Promise<{ status?: number; text: string }> {
	const page = await browser.newPage();
	try {
		const response = await page.goto(`http://${OTHER_NAME}:${String(port)}${place}`);
		return { status: response?.status(), text: (await response?.text()) ?? '' };
	} finally {
		await page.close();
	}
}

async function withNodeRed(
	name: string,
	options: Partial<NodeRedOptions>,
	work: (nodeRed: RunningNodeRed, port: number) => Promise<void>,
): Promise<void> {
	const port = await freePort();
	const userDir = path.join(folder, name);
	const nodeRed = await startNodeRed({ line: 5, port, userDir, withNodes: false, ...options });
	try {
		await work(nodeRed, port);
	} finally {
		await nodeRed.stop();
	}
}

test('a Node-RED without login runs what a page of another site sends it: the attack is a real one', async () => {
	await withNodeRed('open', {}, async (nodeRed, port) => {
		const file = path.join(folder, 'open.txt');
		assert.equal(await sendForm(`${nodeRed.url}/flow`, flowOfAttacker(file)), 200);
		await eventually('the command runs', () => existsSync(file));
		assert.match((await readUnderOtherName(port, '/flows')).text, /attack2/);
	});
});

test('the demo refuses the form and the other name, runs nothing, and its owner gets in', async () => {
	await withNodeRed('demo', DEMO, async (nodeRed, port) => {
		const file = path.join(folder, 'demo.txt');
		assert.equal(await sendForm(`${nodeRed.url}/flow`, flowOfAttacker(file)), 403);
		const { status, text } = await readUnderOtherName(port, '/flows');
		assert.deepEqual([status, text], [403, 'Refused: another site\n']);
		assert.equal((await fetch(`${nodeRed.url}/flows`)).status, 401);
		assert.equal(JSON.stringify(await nodeRed.api.flows()).includes('attack2'), false);
		assert.equal(existsSync(file), false);
		const page = await browser.newPage();
		await page.goto(nodeRed.url);
		await page.fill('#node-dialog-login-username', LOGIN.username);
		await page.fill('#node-dialog-login-password', LOGIN.password);
		await page.click('#node-dialog-login-submit');
		await page.waitForSelector('#red-ui-workspace', { timeout: 30_000 });
		await page.close();
	});
});

test('the login alone refuses the form as well', async () => {
	await withNodeRed('login', { login: LOGIN }, async (nodeRed) => {
		assert.equal(await sendForm(`${nodeRed.url}/flow`, flowOfAttacker(path.join(folder, 'login.txt'))), 401);
	});
});

void describe('which requests a demo takes', () => {
	let port: number;
	let stop: () => void;
	before(async () => {
		port = await freePort();
		const code = `require('node:http').createServer((q, s) => s.end('in')).listen(${String(port)}, '127.0.0.1', () => console.log('up'))`;
		const env = { ...process.env, SAOKE_PUBLIC_HOST: 'n8n.example.com' };
		const child = spawn(process.execPath, ['--require', REFUSE_FOREIGN, '-e', code], { env });
		stop = () => child.kill();
		await new Promise((resolve) => child.stdout.once('data', resolve));
	});
	after(() => stop());

	const ask = async (headers: Record<string, string>, method = 'POST'): Promise<number | undefined> =>
		await new Promise((resolve, reject) => {
			request({ host: '127.0.0.1', port, method, headers }, (response) => {
				response.resume();
				resolve(response.statusCode);
			})
				.on('error', reject)
				.end();
		});
	const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
	const cases: [string, number, (host: string) => Record<string, string>, string?][] = [
		['no browser', 200, () => ({})],
		['its own page', 200, (host) => ({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })],
		['localhost', 200, () => ({ host: 'localhost:5678' })],
		['the public address', 200, () => ({ host: 'n8n.example.com', origin: 'https://n8n.example.com' })],
		['the public address behind a tunnel that changes the host', 200, () => ({ origin: 'https://n8n.example.com' })],
		['another name', 403, () => ({ host: 'rebound.example' })],
		['a name that begins like ours', 403, () => ({ host: '127.0.0.1.example:80' })],
		['an IPv4 address of the network', 403, () => ({ host: '192.168.1.5:5678' })],
		['another port of this machine', 403, () => ({ origin: 'http://127.0.0.1:9' })],
		['no origin to tell', 403, () => ({ origin: 'null' })],
		['a form of another site', 403, () => link],
		['an image of another site', 403, () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }), 'GET'],
		['a frame of another site', 403, () => ({ ...link, 'sec-fetch-dest': 'iframe' }), 'GET'],
		['a link from another site', 200, () => link, 'GET'],
	];
	for (const [name, status, headers, method] of cases) {
		test(`${name}: ${String(status)}`, async () => {
			const host = `127.0.0.1:${String(port)}`;
			assert.equal(await ask({ host, ...headers(host) }, method), status);
		});
	}
});
