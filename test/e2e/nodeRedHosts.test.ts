/** The packed nodes in real Node-RED 5 and 4: deployments, restarts, odd settings, load, and secrets that stay secret. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import {
	eventually,
	prepareHosts,
	recorder,
	startTestHost,
	tab,
	type RecordedMessage,
	type TestHost,
} from './harness/nodeRedHost';

const KEY = 'security-key-of-the-test-'.repeat(3);
const LINES = [5, 4] as const;

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
});

function casso(): FlowNode {
	return { id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl, credentials: { apiKey: sandbox.apiKey } };
}

function poll(change: Record<string, unknown> = {}): FlowNode {
	return {
		id: 'poll',
		type: 'casso-poll',
		z: 't',
		casso: 'casso',
		interval: '5',
		delivery: 'each',
		wires: [['polled']],
		...change,
	};
}

function webhook(change: Record<string, unknown> = {}): FlowNode {
	return {
		id: 'hook',
		type: 'casso-webhook',
		z: 't',
		path: '/casso/e2e',
		dialects: 'v2',
		credentials: { securityKey: KEY },
		wires: [['hooked']],
		...change,
	};
}

function inject(...targets: string[]): FlowNode {
	return {
		id: 'go',
		type: 'inject',
		z: 't',
		props: [{ p: 'payload' }],
		payload: 'go',
		payloadType: 'str',
		wires: [targets],
	};
}

let nextId = 9_000_000;
function delivery(key = KEY): { body: string; headers: Record<string, string>; id: number } {
	const id = nextId++;
	const data = {
		id,
		reference: 'FT',
		description: 'DH1',
		amount: 5,
		runningBalance: 1,
		transactionDateTime: '2026-01-02 03:04:05',
		accountNumber: '0071',
	};
	const body = JSON.stringify({ error: 0, data });
	return {
		id,
		body,
		headers: { 'content-type': 'application/json', ...signWebhook(body, { securityKey: key, signedAtMs: Date.now() }) },
	};
}

async function post(
	host: TestHost,
	{ body, headers }: { body: string; headers: Record<string, string> },
	place = '/casso/e2e',
): Promise<number> {
	const response = await fetch(host.url + place, { method: 'POST', body, headers });
	await response.text();
	return response.status;
}

function getIds(records: RecordedMessage[], as: string): number[] {
	return records.filter((record) => record.as === as).map(({ payload }) => (payload as { id: number }).id);
}

function getStatuses(host: TestHost): (string | undefined)[] {
	return host
		.records()
		.filter(({ as }) => as === 'status')
		.map(({ status }) => status?.text);
}

async function pollsDone(host: TestHost, more: number): Promise<void> {
	const done = (): number => getStatuses(host).filter((text) => text?.startsWith('✓') || text?.startsWith('+')).length;
	const start = done();
	await eventually(`${more} polls`, () => done() >= start + more, 30_000);
}

for (const line of LINES) {
	void describe(`Node-RED ${line}`, () => {
		before(async () => {
			sandbox = await startSandbox({ transactions: 120, retryGapsMs: [] });
		});
		after(async () => {
			await sandbox.close();
		});

		test('every type loads, and accounts, transactions, payment codes, matching and Simplize answer', async () => {
			const host = await startTestHost(line);
			try {
				const set = (await host.api.nodeSets()).find(({ module }) => module === '@saoke/node-red-saoke');
				assert.equal(set?.err, undefined);
				assert.deepEqual(set?.types.toSorted(), [
					'casso-accounts',
					'casso-config',
					'casso-match',
					'casso-poll',
					'casso-qr',
					'casso-transactions',
					'casso-webhook',
					'simplize',
					'simplize-config',
				]);
				const [portfolio] = sandbox.simplize.data.portfolios;
				for (const memo of ['MBVCB.1.dh 777 tra tien', 'an trua'])
					sandbox.casso.addTransaction({ amount: 4242, memo, silent: true });
				await host.api.deploy([
					tab('t'),
					casso(),
					inject('accounts', 'each', 'pages', 'coded', 'cash'),
					{
						id: 'simplizeConfig',
						type: 'simplize-config',
						baseUrl: sandbox.simplizeUrl,
						credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
					},
					{
						id: 'accounts',
						type: 'casso-accounts',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						wires: [['accountsOut']],
					},
					{
						id: 'each',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						delivery: 'each',
						period: 'custom',
						fromDate: '90',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						wires: [['eachOut']],
					},
					{
						id: 'pages',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						delivery: 'page',
						period: 'custom',
						fromDate: '90',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						wires: [['join']],
					},
					{
						id: 'coded',
						type: 'casso-transactions',
						z: 't',
						casso: 'casso',
						operation: 'getAll',
						period: 'custom',
						fromDate: '1',
						fromDateType: 'daysAgo',
						toDate: '0',
						toDateType: 'daysAgo',
						minAmount: '4242',
						minAmountType: 'num',
						maxAmount: '4242',
						maxAmountType: 'num',
						paymentCode: 'DH',
						wires: [['codedOut', 'match']],
					},
					{
						id: 'match',
						type: 'casso-match',
						z: 't',
						orders: '[{"code":"DH777","amount":4242},{"code":"DH778","amount":1}]',
						ordersType: 'json',
						wires: [['matched'], ['strangers']],
					},
					{ id: 'join', type: 'join', z: 't', mode: 'auto', build: 'object', wires: [['joined']] },
					{
						id: 'cash',
						type: 'simplize',
						z: 't',
						simplize: 'simplizeConfig',
						operation: 'cashHistory',
						externalUserId: portfolio?.externalUserId,
						externalUserIdType: 'str',
						portfolioId: String(portfolio?.id),
						portfolioIdType: 'str',
						wires: [['cashOut']],
					},
					...recorder(
						't',
						host.userDir,
						'accountsOut',
						'eachOut',
						'joined',
						'codedOut',
						'matched',
						'strangers',
						'cashOut',
					),
				]);
				await host.api.inject('go');
				const readList = async (as: string): Promise<unknown[]> =>
					(await eventually(as, () => host.records().find((record) => record.as === as))).payload as unknown[];
				assert.equal((await readList('accountsOut')).length, 4);
				const all = sandbox.casso.data.transactions.size;
				assert.equal((await readList('joined')).length, all, 'Join puts the pages together to one list');
				await eventually('each', () => getIds(host.records(), 'eachOut').length === all);
				assert.ok((await readList('cashOut')).length > 0);
				assert.deepEqual(
					(await readList('codedOut')).map((one) => (one as { paymentCode: string | null }).paymentCode).sort(),
					['DH777', null],
				);
				assert.deepEqual(
					(await readList('matched')).map((one) => (one as { status: string }).status),
					['paid', 'unpaid'],
				);
				assert.deepEqual(
					(await readList('strangers')).map((one) => (one as { reason: string }).reason),
					['noCode'],
				);
				assert.deepEqual(
					host.records().filter(({ as }) => as === 'catch'),
					[],
				);
			} finally {
				await host.dispose();
			}
		});

		test('webhook and poll over redeploys, disabling, deletion, restart and a stop of the service', async () => {
			let host = await startTestHost(line);
			try {
				const nodes = [tab('t'), casso(), poll(), webhook(), ...recorder('t', host.userDir, 'polled', 'hooked')];
				await host.api.deploy(nodes);
				await pollsDone(host, 1);
				assert.equal(await post(host, delivery()), 200);
				const first = sandbox.casso.addTransaction({ amount: 1000, memo: 'before redeploys' });
				await eventually('first', () => getIds(host.records(), 'polled').includes(first.id), 15_000);
				for (const type of ['full', 'flows', 'nodes'] as const) {
					await host.api.deploy(
						nodes.map((node) => (node.id === 'poll' || node.id === 'hook' ? { ...node, name: type } : node)),
						type,
					);
					await pollsDone(host, 1);
					assert.equal(await post(host, delivery()), 200, type);
				}
				const deleted = nodes.filter(({ id }) => id !== 'hook');
				await host.api.deploy(deleted, 'nodes');
				assert.equal(await post(host, delivery()), 404, 'deleted');
				await host.api.deploy(
					nodes.map((node) => (node.id === 'hook' ? { ...node, d: true } : node)),
					'flows',
				);
				assert.equal(await post(host, delivery()), 404, 'disabled');
				await host.api.deploy(nodes, 'full');
				await pollsDone(host, 1);
				await host.stop();
				const whileDown = sandbox.casso.addTransaction({ amount: 2000, memo: 'while down' });
				host = await host.restart();
				await eventually('while down', () => getIds(host.records(), 'polled').includes(whileDown.id), 20_000);
				assert.deepEqual(getIds(host.records(), 'polled'), [first.id, whileDown.id], 'each once, nothing old');
			} finally {
				await host.dispose();
			}
		});

		test('the service is down at the start: a status, an error, no crash, and it catches up', async () => {
			const host = await startTestHost(line);
			try {
				sandbox.casso.faults.add({ kind: 'httpError', status: 500 });
				await host.api.deploy([
					tab('t'),
					casso(),
					poll({ backlogDays: '90' }),
					webhook({ dialects: 'both', register: true, casso: 'casso', publicUrl: host.url }),
					...recorder('t', host.userDir, 'polled', 'hooked'),
				]);
				await eventually(
					'error',
					() => host.records().find(({ as, error }) => as === 'catch' && error?.code === 'CASSO_API'),
					20_000,
				);
				await eventually('status', () => getStatuses(host).some((text) => text?.startsWith('500 · ⟳')), 20_000);
				sandbox.casso.faults.clear();
				await eventually('backlog', () => getIds(host.records(), 'polled').length >= 120, 40_000);
				assert.equal(host.exitCode(), undefined);
			} finally {
				sandbox.casso.faults.clear();
				await host.dispose();
			}
		});

		test('1,000 deliveries at 50 in parallel, forged ones between, each authentic one once', async () => {
			const host = await startTestHost(line);
			try {
				await host.api.deploy([tab('t'), webhook(), ...recorder('t', host.userDir, 'hooked')]);
				await eventually('route', async () => (await post(host, { body: '', headers: {} })) !== 404);
				const wanted = Array.from({ length: 1000 }, () => delivery());
				const queue = wanted.flatMap((authentic, at) =>
					at % 10 === 0 ? [authentic, authentic, delivery('wrong-key-'.repeat(7))] : [authentic],
				);
				const statuses: Record<number, number> = {};
				await Promise.all(
					Array.from({ length: 50 }, async () => {
						for (let next = queue.pop(); next; next = queue.pop()) {
							const status = await post(host, next);
							statuses[status] = (statuses[status] ?? 0) + 1;
						}
					}),
				);
				assert.deepEqual(statuses, { 200: 1100, 401: 100 });
				await eventually('all', () => getIds(host.records(), 'hooked').length >= 1000, 20_000);
				assert.deepEqual(getIds(host.records(), 'hooked').sort(), wanted.map(({ id }) => id).sort());
			} finally {
				await host.dispose();
			}
		});

		test('roots, middleware, a guarded admin side, a password in front, and no public side', async () => {
			const rooted = await startTestHost(line, {
				settings: { httpAdminRoot: '/admin', httpNodeRoot: '/api' },
				settingsCode:
					"settings.httpNodeMiddleware = (req, res, next) => { res.setHeader('x-middleware', 'yes'); setTimeout(next, 5); };",
			});
			try {
				const api = `${rooted.url}/admin`;
				const flows = [tab('t'), webhook(), ...recorder('t', rooted.userDir, 'hooked')].map((node, at) =>
					node.z === undefined ? node : { x: 100, y: at * 40, ...node },
				);
				const deployed = await fetch(`${api}/flows`, {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(flows),
				});
				assert.equal(deployed.status, 204);
				const sent = delivery();
				const response = await eventually('route', async () => {
					const answer = await fetch(`${rooted.url}/api/casso/e2e`, {
						method: 'POST',
						body: sent.body,
						headers: sent.headers,
					});
					return answer.status === 404 ? undefined : answer;
				});
				assert.equal(response.status, 200);
				assert.equal(response.headers.get('x-middleware'), 'yes');
				await eventually('message', () => getIds(rooted.records(), 'hooked').includes(sent.id));
			} finally {
				await rooted.dispose();
			}
			const guarded = await startTestHost(line, {
				settings: {
					adminAuth: { type: 'credentials', users: [{ username: 'owner', password: 'no-hash', permissions: '*' }] },
				},
			});
			try {
				assert.equal((await fetch(`${guarded.url}/saoke/casso/accounts/casso`)).status, 401);
				const typed = {
					method: 'POST',
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify({ apiKey: 'k', baseUrl: sandbox.cassoUrl }),
				};
				assert.equal((await fetch(`${guarded.url}/saoke/casso/accounts`, typed)).status, 401);
			} finally {
				await guarded.dispose();
			}
			const hashOfSecret = '$2b$04$8PRQxJ5F7n0vJ0b7pYcE9uQ0i9cO0w2nq8m8D0gNqk4y2jv7mW8pK';
			const closed = await startTestHost(line, { settings: { httpNodeAuth: { user: 'shop', pass: hashOfSecret } } });
			try {
				await closed.api.deploy([tab('t'), webhook(), ...recorder('t', closed.userDir, 'hooked')]);
				await eventually('warning', () => closed.log().includes('httpNodeAuth'));
				assert.equal(await post(closed, delivery()), 401);
			} finally {
				await closed.dispose();
			}
			const without = await startTestHost(line, { settings: { httpNodeRoot: false } });
			try {
				await without.api.deploy([tab('t'), webhook(), ...recorder('t', without.userDir, 'hooked')]);
				await eventually('error', () =>
					without.records().some(({ as, error }) => as === 'catch' && /public routes/.test(error?.message ?? '')),
				);
			} finally {
				await without.dispose();
			}
		});

		test('keys are nowhere: not in flows, credentials in the clear, logs, statuses, admin answers or state', async () => {
			const host = await startTestHost(line, { env: { CASSO_KEY_OF_TEST: sandbox.apiKey } });
			try {
				const secrets = [sandbox.apiKey, KEY, sandbox.simplize.apiSecret, sandbox.simplize.apiKey];
				const [portfolio] = sandbox.simplize.data.portfolios;
				await host.api.deploy([
					tab('t'),
					{ ...casso(), credentials: { apiKey: '${CASSO_KEY_OF_TEST}' } },
					poll(),
					webhook({ secondOutput: true, outputs: 2, wires: [['hooked'], ['hooked']] }),
					inject('list', 'cash'),
					{ id: 'list', type: 'casso-transactions', z: 't', casso: 'casso', operation: 'getAll', wires: [['listed']] },
					{
						id: 'simplizeConfig',
						type: 'simplize-config',
						baseUrl: sandbox.simplizeUrl,
						credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
					},
					{
						id: 'cash',
						type: 'simplize',
						z: 't',
						simplize: 'simplizeConfig',
						operation: 'cashHistory',
						externalUserId: portfolio?.externalUserId,
						externalUserIdType: 'str',
						portfolioId: '1',
						portfolioIdType: 'str',
						wires: [['listed']],
					},
					...recorder('t', host.userDir, 'polled', 'hooked', 'listed'),
				]);
				await pollsDone(host, 1);
				sandbox.casso.faults.add({ kind: 'httpError', status: 401, message: `bad key ${sandbox.apiKey}` });
				await host.api.inject('go');
				await post(host, delivery('wrong'.repeat(9)));
				await eventually('errors', () => host.records().filter(({ as }) => as === 'catch').length >= 2, 20_000);
				sandbox.casso.faults.clear();
				const answers = await Promise.all(
					[
						'/flows',
						'/credentials/casso-config/casso',
						'/credentials/casso-webhook/hook',
						'/credentials/simplize-config/simplizeConfig',
						'/saoke/casso/accounts/casso',
						'/saoke/casso/accounts/none',
						'/settings',
						'/nodes',
					].map(async (place) => await (await fetch(host.url + place)).text()),
				);
				assert.match(answers[4] ?? '', /"label"/);
				const files = filesIn(host.userDir).filter((file) => !file.includes('node_modules'));
				const everything = [...answers, host.log(), ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
				for (const secret of secrets)
					assert.equal(
						everything.includes(secret),
						false,
						`a secret was found near: ${everything.slice(Math.max(0, everything.indexOf(secret) - 300), everything.indexOf(secret))}`,
					);
				assert.doesNotMatch(everything, /signature=/);
			} finally {
				sandbox.casso.faults.clear();
				await host.dispose();
			}
		});
	});
}

function filesIn(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const file = path.join(folder, name);
		return statSync(file).isDirectory() ? (name === 'node_modules' ? [] : filesIn(file)) : [file];
	});
}

test('Node-RED 5 beside an ES module package that imports another got', async () => {
	sandbox = await startSandbox({ transactions: 5 });
	const { mkdtempSync } = await import('node:fs');
	const { tmpdir } = await import('node:os');
	const userDir = mkdtempSync(path.join(tmpdir(), 'saoke-esm-'));
	const other = path.join(userDir, 'node_modules', 'node-red-contrib-other');
	mkdirSync(path.join(other, 'node_modules', 'got'), { recursive: true });
	writeFileSync(
		path.join(other, 'package.json'),
		JSON.stringify({
			name: 'node-red-contrib-other',
			version: '1.0.0',
			type: 'module',
			'node-red': { nodes: { other: 'other.js' } },
		}),
	);
	writeFileSync(
		path.join(other, 'node_modules', 'got', 'package.json'),
		JSON.stringify({ name: 'got', version: '16.1.0', type: 'module', exports: './index.js' }),
	);
	writeFileSync(
		path.join(other, 'node_modules', 'got', 'index.js'),
		'await new Promise((resolve) => setTimeout(resolve, 50));\nexport default function got() {}\n',
	);
	writeFileSync(
		path.join(other, 'other.js'),
		"import got from 'got';\nexport default function (RED) { RED.nodes.registerType('other', function (config) { RED.nodes.createNode(this, config); this.got = got; }); }\n",
	);
	writeFileSync(path.join(other, 'other.html'), '');
	const host = await startTestHost(5, { userDir });
	try {
		const ours = (await host.api.nodeSets()).find(({ module }) => module === '@saoke/node-red-saoke');
		assert.equal(ours?.err, undefined);
		assert.equal(ours?.types.length, 9);
		assert.ok(existsSync(path.join(other, 'other.js')));
	} finally {
		await host.dispose();
		await sandbox.close();
	}
});
