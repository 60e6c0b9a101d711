/** Real Node-RED 5 and 4 under deployments: paths that are taken over, registrations made and removed in turn, subflows. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { DeploymentType, FlowNode } from '../../hosts/nodeRedApi';
import { packPackages } from '../../hosts/tarball';
import { eventually, prepareHosts, recorder, startTestHost, tab, type TestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const FIRST_KEY = 'first-key-'.repeat(7);
const SECOND_KEY = 'second-key-'.repeat(6);

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
});

function casso(): FlowNode {
	return { id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } };
}

function webhook(id: string, securityKey: string): FlowNode {
	return {
		id,
		type: 'casso-webhook',
		z: 't',
		path: '/casso/e2e',
		dialects: 'v2',
		credentials: { securityKey },
		wires: [[id]],
	};
}

function registering(publicUrl: string): FlowNode {
	return {
		id: 'hook',
		type: 'casso-webhook',
		z: 't',
		path: '/casso/registered',
		dialects: 'legacy',
		register: true,
		casso: 'casso',
		publicUrl,
		wires: [['hooked']],
	};
}

function subflow(...instances: string[]): FlowNode[] {
	return [
		{ id: 'sub', type: 'subflow', name: 'Bank', in: [], out: [{ x: 0, y: 0, wires: [{ id: 'poll', port: 0 }] }] },
		{ id: 'poll', type: 'casso-poll', z: 'sub', casso: 'casso', interval: '5', delivery: 'each', wires: [[]] },
		...instances.map((id) => ({ id, type: 'subflow:sub', z: 't', wires: [['polled']] })),
	];
}

let nextId = 8_000_000;

async function post(host: TestHost, securityKey: string): Promise<number> {
	const data = {
		id: nextId++,
		reference: 'FT',
		description: 'DH1',
		amount: 5,
		runningBalance: 1,
		transactionDateTime: '2026-01-02 03:04:05',
		accountNumber: '0071',
	};
	const body = JSON.stringify({ error: 0, data });
	const headers = { 'content-type': 'application/json', ...signWebhook(body, { securityKey, signedAtMs: Date.now() }) };
	const response = await fetch(`${host.url}/casso/e2e`, { method: 'POST', body, headers });
	await response.text();
	return response.status;
}

function idsAt(host: TestHost, name: string): unknown[] {
	return host
		.records()
		.filter(({ as }) => as === name)
		.map(({ payload }) => (payload as { id: number }).id);
}

function getStatuses(host: TestHost): (string | undefined)[] {
	return host
		.records()
		.filter(({ as }) => as === 'status')
		.map(({ status }) => status?.text);
}

const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** One webhook at Casso, and its deliveries come through. */
async function expectRegistered(host: TestHost): Promise<void> {
	assert.equal(sandbox.casso.webhooks.list().length, 1);
	const { id } = sandbox.casso.addTransaction({ amount: 4000, memo: 'DH7' });
	await eventually('a delivery', () => idsAt(host, 'hooked').includes(id), 10_000);
}

for (const line of LINES) {
	void describe(`Node-RED ${line}`, () => {
		before(async () => {
			sandbox = await startSandbox({ transactions: 20, retryGapsMs: [] });
		});
		after(async () => {
			await sandbox.close();
		});

		for (const type of ['nodes', 'flows', 'full'] as DeploymentType[]) {
			test(`two webhooks with one path: the second takes over when the first goes, deployment "${type}"`, async () => {
				const host = await startTestHost(line);
				try {
					const [first, second] = [webhook('first', FIRST_KEY), webhook('second', SECOND_KEY)];
					const rest = [tab('t'), ...recorder('t', host.userDir, 'first', 'second')];
					await host.api.deploy([...rest, first, second]);
					await eventually('the first', async () => (await post(host, FIRST_KEY)) === 200);
					await host.api.deploy([...rest, { ...first, name: 'renamed' }, second], type);
					await eventually('the first again', async () => (await post(host, FIRST_KEY)) === 200);
					assert.equal(await post(host, SECOND_KEY), 401);
					await host.api.deploy([...rest, second], type);
					await eventually('the second', async () => (await post(host, SECOND_KEY)) === 200);
					await eventually('its status', () => getStatuses(host).at(-1)?.startsWith('+'));
				} finally {
					await host.dispose();
				}
			});
		}

		test('a slow DELETE, disabling, a service that is down, a restart: Casso has what is deployed, and nothing else', async () => {
			let host = await startTestHost(line);
			try {
				const rest = [tab('t'), casso(), ...recorder('t', host.userDir, 'hooked')];
				const hook = registering(host.url);
				await host.api.deploy([...rest, hook]);
				await eventually(
					'registered',
					() => getStatuses(host).includes('saoke.status.registered') || sandbox.casso.webhooks.list().length === 1,
				);
				await pause(300);
				await expectRegistered(host);
				for (const gone of [[], [{ ...hook, d: true }]] as FlowNode[][]) {
					sandbox.casso.faults.add({ kind: 'slow', ms: 1500, method: 'DELETE', count: 1 });
					await host.api.deploy([...rest, ...gone], 'nodes');
					await pause(200);
					await host.api.deploy([...rest, hook], 'nodes');
					await pause(3000);
					await expectRegistered(host);
				}
				sandbox.casso.faults.add({ kind: 'httpError', status: 503, method: 'DELETE', count: 1 });
				await host.api.deploy(rest, 'full');
				await eventually('a line in the log', () => host.log().includes('Retrying until it succeeds'));
				assert.equal(sandbox.casso.webhooks.list().length, 1);
				await host.stop();
				host = await host.restart();
				await eventually('removed after the restart', () => sandbox.casso.webhooks.list().length === 0, 15_000);
				assert.equal(host.log().includes(sandbox.apiKey), false);
			} finally {
				sandbox.casso.faults.clear();
				await host.dispose();
			}
		});

		test('a webhook in a subflow leaves no webhook at Casso when its instance is deleted', async () => {
			const host = await startTestHost(line);
			try {
				const rest = [tab('t'), casso(), ...recorder('t', host.userDir, 'hooked')];
				const definition: FlowNode[] = [
					{ id: 'sub', type: 'subflow', name: 'Bank', in: [], out: [{ x: 0, y: 0, wires: [{ id: 'hook', port: 0 }] }] },
					{ ...registering(host.url), z: 'sub', wires: [[]] },
				];
				await host.api.deploy([...rest, ...definition, { id: 'i', type: 'subflow:sub', z: 't', wires: [['hooked']] }]);
				await eventually('registered', () => sandbox.casso.webhooks.list().length === 1);
				await pause(300);
				await expectRegistered(host);
				await host.api.deploy([...rest, ...definition], 'nodes');
				await eventually('removed', () => sandbox.casso.webhooks.list().length === 0);
			} finally {
				await host.dispose();
			}
		});

		test('a poll in a subflow: state of every instance outlives months, restarts and being moved into the subflow', async () => {
			let host = await startTestHost(line);
			try {
				const rest = [tab('t'), casso(), ...recorder('t', host.userDir, 'polled')];
				const plain = { ...subflow()[1], id: 'poll', type: 'casso-poll', z: 't', wires: [['polled']] };
				const folder = path.join(host.userDir, 'saoke-state');
				await host.api.deploy([...rest, plain]);
				await eventually('state', () => existsSync(path.join(folder, 'poll.json')), 15_000);
				const moved = sandbox.casso.addTransaction({ amount: 1000, memo: 'while moved', silent: true });
				await host.api.deploy([...rest, ...subflow('a')]);
				await eventually('what came while it was moved', () => idsAt(host, 'polled').includes(moved.id), 15_000);
				await host.api.deploy([...rest, ...subflow('a', 'b')], 'nodes');
				await eventually('state of both', () => readdirSync(folder).join(' ') === 'a-poll.json b-poll.json', 15_000);
				await host.stop();
				const old = (Date.now() - 40 * 86_400_000) / 1000;
				writeFileSync(path.join(folder, 'gone-poll.json'), '{}');
				for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), old, old);
				const whileOff = sandbox.casso.addTransaction({ amount: 2000, memo: 'while off', silent: true });
				host = await host.restart();
				const times = (id: number): number => idsAt(host, 'polled').filter((seen) => seen === id).length;
				await eventually('what came while off, from both', () => times(whileOff.id) === 2, 20_000);
				assert.equal(times(moved.id), 1);
				await eventually('pruned', () => !existsSync(path.join(folder, 'gone-poll.json')));
			} finally {
				await host.dispose();
			}
		});

		test('a user directory without room for state: red, one error, and polls go on without loss', async () => {
			const host = await startTestHost(line);
			try {
				const folder = path.join(host.userDir, 'saoke-state');
				rmSync(folder, { recursive: true, force: true });
				writeFileSync(folder, 'in the place of the folder');
				const plain = { ...subflow()[1], id: 'poll', type: 'casso-poll', z: 't', wires: [['polled']] };
				await host.api.deploy([tab('t'), casso(), plain, ...recorder('t', host.userDir, 'polled')]);
				const red = (): boolean =>
					host
						.records()
						.some(({ status }) => status?.fill === 'red' && status.text?.endsWith('stateNotStored') === true);
				await eventually('red', red, 15_000);
				const { id } = sandbox.casso.addTransaction({ amount: 1000, memo: 'DH1', silent: true });
				await eventually('the transaction', () => idsAt(host, 'polled').includes(id), 15_000);
				await pause(6000);
				assert.equal(idsAt(host, 'polled').length, 1);
				const errors = host.records().filter(({ as }) => as === 'catch');
				assert.deepEqual(
					errors.map(({ error }) => error?.code),
					['STATE'],
				);
				assert.equal(readFileSync(folder, 'utf8'), 'in the place of the folder');
			} finally {
				await host.dispose();
			}
		});
	});
}

for (const line of LINES) {
	test(`Node-RED ${line}: safe mode, lost credentials and a project take nothing away`, async () => {
		sandbox = await startSandbox({ transactions: 20, retryGapsMs: [] });
		let host = await startTestHost(line);
		try {
			const poll = { ...subflow()[1], id: 'poll', type: 'casso-poll', z: 't', wires: [['polled']] };
			const rest = [tab('t'), casso(), poll, ...recorder('t', host.userDir, 'hooked', 'polled')];
			await host.api.deploy([...rest, registering(host.url)]);
			await eventually('registered', () => sandbox.casso.webhooks.list().length === 1);
			await eventually('state', () => existsSync(path.join(host.userDir, 'saoke-state', 'poll.json')), 15_000);
			await pause(300);
			await host.stop();
			const whileOff = sandbox.casso.addTransaction({ amount: 1000, memo: 'DH1', silent: true });

			host = await startTestHost(line, { userDir: host.userDir, settings: { safeMode: true } });
			await pause(2000);
			assert.equal(host.exitCode(), undefined);
			assert.equal(sandbox.casso.webhooks.list().length, 1, 'in safe mode no flow runs, and nothing is removed');
			await host.stop();

			host = await startTestHost(line, { userDir: host.userDir, settings: { credentialSecret: 'another' } });
			await pause(2000);
			assert.equal(host.exitCode(), undefined);
			assert.equal(
				sandbox.casso.webhooks.list().length,
				1,
				'without its key the node cannot ask, and nothing is removed',
			);
			await host.stop();

			host = await startTestHost(line, {
				userDir: host.userDir,
				settings: { editorTheme: { projects: { enabled: true } } },
			});
			await pause(1000);
			assert.equal(host.exitCode(), undefined);
			await host.stop();

			host = await startTestHost(line, { userDir: host.userDir });
			await host.api.deploy([...rest, registering(host.url)]);
			await eventually('what came while off', () => idsAt(host, 'polled').includes(whileOff.id), 15_000);
			assert.equal(sandbox.casso.webhooks.list().length, 1);
		} finally {
			await host.dispose();
			await sandbox.close();
		}
	});
}
