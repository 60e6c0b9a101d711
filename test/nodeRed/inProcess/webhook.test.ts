/** `casso-webhook` with deliveries that the sandbox signs by code of its own, and with forged ones. */
import { request as httpRequest } from 'node:http';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { FlowMessage } from '../../../packages/node-red-saoke/src/host/nodeRed';
import {
	getError,
	lastStatus,
	LISTENERS,
	TestRuntime,
	until,
	type RuntimeOptions,
	type TestCredentials,
	type TestFlow,
} from '../harness/helper';

const KEY = 'k3y'.repeat(20);
const TOKEN = 't0ken'.repeat(8);

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 5, retryGapsMs: [] });
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

function flow(properties: Record<string, unknown> = {}, ...others: TestFlow): TestFlow {
	return [
		...LISTENERS,
		{
			id: 'hook',
			type: 'casso-webhook',
			z: 'tab',
			path: '/casso/orders',
			dialects: 'v2',
			wires: [['out'], ['other']],
			...properties,
		},
		{ id: 'out', type: 'helper', z: 'tab' },
		{ id: 'other', type: 'helper', z: 'tab' },
		...others,
	];
}

async function start(
	nodes: TestFlow,
	credentials: TestCredentials = { hook: { securityKey: KEY } },
	options: RuntimeOptions = {},
): Promise<void> {
	runtime = new TestRuntime(options);
	await runtime.start(nodes, credentials);
}

async function post(
	body: string | Buffer,
	headers: Record<string, string> = {},
	path = '/casso/orders',
): Promise<{ status: number; body: string }> {
	const url = `${await runtime.url()}${path}`;
	return await new Promise((resolve, reject) => {
		const request = httpRequest(
			url,
			{ method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
			(response) => {
				let text = '';
				response.on('data', (chunk: Buffer) => (text += chunk.toString()));
				response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
			},
		);
		request.on('error', reject);
		request.end(body);
	});
}

let nextId = 1000;
function transaction(change: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		id: nextId++,
		reference: 'FT1',
		description: 'DH12',
		amount: 1000,
		runningBalance: 5,
		transactionDateTime: '2026-01-02 03:04:05',
		accountNumber: '0071',
		...change,
	};
}

function signed(data: unknown, key = KEY, t = Date.now()): { body: string; headers: Record<string, string> } {
	const body = JSON.stringify({ error: 0, data });
	return { body, headers: signWebhook(body, { securityKey: key, signedAtMs: t }) };
}

async function deliver(data: unknown, key = KEY): Promise<{ status: number; body: string }> {
	const { body, headers } = signed(data, key);
	return await post(body, headers);
}

const SUCCESS = { status: 200, body: '{"success":true}' };

test('a transaction that the sandbox signs comes through, and its test call is answered and not passed on', async () => {
	await start(flow());
	const out = runtime.collect('out');
	const url = `${await runtime.url()}/casso/orders`;
	await sandbox.casso.webhooks.createByDashboard({
		url,
		dialect: 'v2',
		secret: KEY,
		strict: true,
		requireTestCall: true,
	});
	expect(out).toEqual([]);
	const sent = sandbox.casso.addTransaction({ amount: 75_000, memo: 'Tiếng Việt: đã trả DH7 / "x"' });
	await until('message', () => out.length > 0);
	expect(out).toHaveLength(1);
	expect(out[0]?.payload).toMatchObject({ id: sent.id, amount: 75_000, description: 'Tiếng Việt: đã trả DH7 / "x"' });
	expect(out[0]?.payload).not.toHaveProperty('isTest');
});

test('the legacy dialect: token, several transactions in one delivery, an empty ping', async () => {
	await start(flow({ dialects: 'legacy' }), { hook: { secureToken: TOKEN } });
	const out = runtime.collect('out');
	const records = [1, 2, 2].map((id) => ({
		id,
		tid: 'T',
		description: 'x',
		amount: 5,
		when: '2026-01-02',
		bank_sub_acc_id: '0071',
	}));
	expect(await post(JSON.stringify({ error: 0, data: records }), { 'secure-token': TOKEN })).toEqual(SUCCESS);
	expect(await post(JSON.stringify({ error: 0, data: [] }), { 'secure-token': TOKEN })).toEqual(SUCCESS);
	await until('messages', () => out.length === 2);
	expect(out.map(({ payload }) => (payload as { id: number }).id)).toEqual([1, 2]);
});

test.each([
	['no signature', {}],
	['another key', { 'x-casso-signature': 'other' }],
	['malformed', { 'x-casso-signature': 't=1,v1=00' }],
	['a token instead', { 'secure-token': KEY }],
])('%s: 401 without detail, nothing emitted, the reason in the log and not the secret', async (what, headers) => {
	await start(flow());
	const statuses = runtime.collect('statuses');
	const out = runtime.collect('out');
	const body = signed(transaction(), 'wrong'.repeat(10));
	const answer = await post(body.body, what === 'another key' ? body.headers : headers);
	expect(answer).toEqual({ status: 401, body: '{"success":false}' });
	await until('status', () => lastStatus(statuses) === 'status.refused');
	expect(out).toEqual([]);
	expect(JSON.stringify(statuses)).not.toContain(KEY);
});

test('one changed character in a signed body is refused; another order of keys and white space are not', async () => {
	await start(flow());
	const { body, headers } = signed(transaction({ amount: 1000 }));
	expect((await post(body.replace('1000', '9000'), headers)).status).toBe(401);
	const parsed = JSON.parse(body) as { data: object };
	const turned = JSON.stringify({ data: Object.fromEntries(Object.entries(parsed.data).reverse()), error: 0 }, null, 2);
	expect(await post(turned, headers)).toEqual(SUCCESS);
});

test('a key that is being changed: the previous one is accepted too', async () => {
	await start(flow(), { hook: { securityKey: KEY, previousSecurityKey: 'old'.repeat(20) } });
	expect((await deliver(transaction(), 'old'.repeat(20))).status).toBe(200);
	expect((await deliver(transaction())).status).toBe(200);
});

test('a signature outside its validity is refused where one is set', async () => {
	await start(flow({ replayWindow: '5' }));
	const old = signed(transaction(), KEY, Date.now() - 6 * 60_000);
	expect((await post(old.body, old.headers)).status).toBe(401);
	const recent = signed(transaction(), KEY, Date.now() - 4 * 60_000);
	expect((await post(recent.body, recent.headers)).status).toBe(200);
});

test('a replayed delivery is answered and not sent again, also after a redeploy; test calls always count', async () => {
	await start(flow({ secondOutput: true }));
	const known = transaction();
	let out = runtime.collect('out');
	for (let round = 0; round < 3; round++) expect(await deliver(known)).toEqual(SUCCESS);
	await until('message', () => out.length === 1);
	await runtime.redeploy(flow({ secondOutput: true }), 'full', { hook: { securityKey: KEY } });
	out = runtime.collect('out');
	const other = runtime.collect('other');
	expect(await deliver(known)).toEqual(SUCCESS);
	for (let round = 0; round < 2; round++)
		expect(await deliver(transaction({ id: 0, reference: 'MA_GIAO_DICH_THU_NGHIEM' }))).toEqual(SUCCESS);
	await until('test calls', () => other.length === 2);
	expect(other[0]?.payload).toMatchObject({ id: 0, isTest: true });
	expect(out).toEqual([]);
});

test('the same id in another account is another transaction', async () => {
	await start(flow());
	const out = runtime.collect('out');
	await deliver(transaction({ id: 5, accountNumber: '1' }));
	await deliver(transaction({ id: 5, accountNumber: '2' }));
	await until('both', () => out.length === 2);
});

test('the second output tells why a delivery was refused', async () => {
	await start(flow({ secondOutput: true }));
	const other = runtime.collect('other');
	await deliver(transaction(), 'wrong'.repeat(10));
	await until('refusal', () => other.length === 1);
	expect(other[0]?.payload).toMatchObject({ refused: true, reason: 'badSignature', status: 401 });
	expect(JSON.stringify(other)).not.toContain(KEY);
});

test('direction and account filter what is sent; the rest is answered with success', async () => {
	await start(flow({ direction: 'in', accountNumbers: '0071, 0072' }));
	const out = runtime.collect('out');
	for (const change of [{ amount: -5 }, { accountNumber: '0099' }, { accountNumber: '0072' }])
		expect(await deliver(transaction(change))).toEqual(SUCCESS);
	await until('one', () => out.length === 1);
	expect(out[0]?.payload).toMatchObject({ accountNumber: '0072' });
});

test('what cannot be read: 400 for no JSON, 413 for too much, success and a catchable error for an authentic record without amount', async () => {
	await start(flow({ dialects: 'legacy' }), { hook: { secureToken: TOKEN } });
	const caught = runtime.collect('caught');
	expect((await post('{"a":', { 'secure-token': TOKEN })).status).toBe(400);
	expect((await post(Buffer.alloc(1_100_000, 'x'), { 'secure-token': TOKEN })).status).toBe(413);
	expect(await post(JSON.stringify({ error: 0, data: [{ id: 9 }] }), { 'secure-token': TOKEN })).toEqual(SUCCESS);
	await until('error', () => caught.length === 1);
	expect(getError(caught[0])).toMatchObject({ code: 'UNEXPECTED_RECORD' });
});

test('without a secret nothing is taken, and Catch hears of it', async () => {
	await start(flow(), {});
	const caught = runtime.collect('caught');
	await until('error', () => caught.length > 0);
	expect(getError(caught[0]).message).toMatch(/security key/);
	expect((await deliver(transaction())).status).toBe(401);
});

test('1,000 deliveries, 50 at a time, each once', async () => {
	await start(flow());
	const out: FlowMessage[] = runtime.collect('out');
	const queue = Array.from({ length: 1000 }, (_, id) => transaction({ id: 50_000 + id }));
	const statuses = new Set<number>();
	await Promise.all(
		Array.from({ length: 50 }, async () => {
			for (let next = queue.pop(); next; next = queue.pop()) statuses.add((await deliver(next)).status);
		}),
	);
	await until('all', () => out.length >= 1000);
	expect([...statuses]).toEqual([200]);
	expect(new Set(out.map(({ payload }) => (payload as { id: number }).id)).size).toBe(1000);
	expect(out).toHaveLength(1000);
});
