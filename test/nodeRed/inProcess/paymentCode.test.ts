/** The setting "Payment code" of the three nodes that send transactions: the same fields as the nodes for n8n give. */
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { FlowMessage } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { getError, lastStatus, LISTENERS, TestRuntime, until, type TestFlow } from '../harness/helper';

const KEY = 'k3y'.repeat(20);
const MEMOS = ['MBVCB.1234.đh-1024 thanh toan.CT tu 0071', 'tien an trua', 'DH12 va DH13', 'DH12 500000'];

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 0, retryGapsMs: [] });
	runtime = new TestRuntime();
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

async function start(type: string, properties: Record<string, unknown>): Promise<void> {
	const flow: TestFlow = [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{ id: 'node', type, z: 'tab', casso: 'casso', wires: [['out'], ['other']], ...properties },
		{ id: 'out', type: 'helper', z: 'tab' },
		{ id: 'other', type: 'helper', z: 'tab' },
	];
	await runtime.start(flow, {
		casso: { apiKey: sandbox.apiKey },
		...(type === 'casso-webhook' ? { node: { securityKey: KEY } } : {}),
	});
}

function pay(): void {
	for (const memo of MEMOS) sandbox.casso.addTransaction({ amount: 50_000, memo, silent: true });
}

interface Coded {
	description: string;
	paymentCode?: string | null;
	paymentCodes?: string[];
}

/** What each description was found to state. */
function getCodes(records: unknown[]): Record<string, unknown> {
	return Object.fromEntries(
		(records as Coded[]).map(({ description, paymentCode, paymentCodes }) => [
			description,
			paymentCodes ? [paymentCode, paymentCodes] : paymentCode,
		]),
	);
}

const FOUND = {
	[MEMOS[0] ?? '']: 'DH1024',
	[MEMOS[1] ?? '']: null,
	[MEMOS[2] ?? '']: [null, ['DH12', 'DH13']],
	[MEMOS[3] ?? '']: 'DH12',
};

test.each([
	['simplified', { output: 'simplified' }],
	['raw', { output: 'raw' }],
	['chosen fields', { output: 'selected', fields: 'description' }],
])('transactions: %s gain paymentCode, and paymentCodes where there are several', async (_, output) => {
	pay();
	await start('casso-transactions', { operation: 'getAll', paymentCode: ' dh ', ...output });
	const { payload } = await runtime.ask('node', 'out');
	expect(getCodes(payload as unknown[])).toEqual(FOUND);
	const without = (payload as Record<string, unknown>[]).filter((record) => !('paymentCodes' in record));
	expect(without).toHaveLength(3);
});

test('transactions: one by its id has its code too, and a pattern with wildcards decides what a code is', async () => {
	const { id } = sandbox.casso.addTransaction({ amount: 50_000, memo: 'HD 2024 va DH9F3A', silent: true });
	await start('casso-transactions', {
		operation: 'get',
		transactionId: 'payload',
		transactionIdType: 'msg',
		paymentCode: 'HD-????',
	});
	expect((await runtime.ask('node', 'out', { payload: id })).payload).toMatchObject({ id, paymentCode: 'HD2024' });
});

test.each([undefined, '', '  '])(
	'transactions: without a pattern (%p), as in flows of an earlier release, nothing is added',
	async (paymentCode) => {
		pay();
		await start('casso-transactions', { operation: 'getAll', paymentCode });
		const { payload } = await runtime.ask('node', 'out');
		expect(payload).toHaveLength(MEMOS.length);
		for (const record of payload as object[]) expect(Object.keys(record)).toHaveLength(10);
	},
);

test('poll: what is new has its code', async () => {
	pay();
	await start('casso-poll', { interval: '60', backlogDays: '1', paymentCode: 'HD#{6}, DH*', delivery: 'each' });
	const out = runtime.collect('out');
	await until('the pause before the first poll', () => runtime.time.waiting === 1);
	runtime.time.pass(1_000);
	await until('messages', () => out.length === MEMOS.length);
	expect(getCodes(out.map(({ payload }) => payload))).toEqual(FOUND);
});

async function deliver(data: Record<string, unknown>): Promise<number> {
	const body = JSON.stringify({
		error: 0,
		data: {
			reference: 'FT1',
			amount: 50_000,
			runningBalance: 5,
			transactionDateTime: '2026-01-02 03:04:05',
			accountNumber: '0071',
			...data,
		},
	});
	const headers = {
		'content-type': 'application/json',
		...signWebhook(body, { securityKey: KEY, signedAtMs: Date.now() }),
	};
	const response = await fetch(`${await runtime.url()}/casso/orders`, { method: 'POST', body, headers });
	return response.status;
}

test('webhook: deliveries have their code, test calls as well', async () => {
	await start('casso-webhook', { path: '/casso/orders', dialects: 'v2', paymentCode: 'DH', secondOutput: true });
	const [out, other] = [runtime.collect('out'), runtime.collect('other')];
	for (const [at, description] of MEMOS.entries()) expect(await deliver({ id: 10 + at, description })).toBe(200);
	expect(await deliver({ id: 0, description: 'DH7' })).toBe(200);
	await until('messages', () => out.length === MEMOS.length && other.length === 1);
	expect(getCodes(out.map(({ payload }) => payload))).toEqual(FOUND);
	expect(other[0]?.payload).toMatchObject({ isTest: true, paymentCode: 'DH7' });
});

const REFUSED = {
	message: expect.stringContaining('The pattern has more than one *') as string,
	code: 'INVALID_PARAMETER',
	cause: { parameter: 'paymentCode' },
};

test('transactions: a pattern that cannot be meant is refused before anything is sent', async () => {
	await start('casso-transactions', { operation: 'getAll', paymentCode: 'DH**' });
	const statuses = runtime.collect('statuses');
	const caught: FlowMessage = await runtime.ask('node', 'caught', { payload: 'original' });
	expect(getError(caught)).toMatchObject(REFUSED);
	expect(caught.payload).toBe('original');
	await until('status', () => lastStatus(statuses) === 'status.badSetting');
	expect(sandbox.casso.requests.list()).toHaveLength(0);
});

/** Texts below a node from its start on, as the editor gets them: a Status node starts too late for these. */
function statusesSet(id: string): (string | undefined)[] {
	const { status } = runtime.node(id) as unknown as { status: { args: [{ text?: string }][]; thisValues: unknown[] } };
	return status.args.filter((_, at) => status.thisValues[at] === runtime.node(id)).map(([{ text }]) => text);
}

test.each(['casso-poll', 'casso-webhook'])(
	'%s: a pattern that cannot be meant is shown and caught, and the node does not run',
	async (type) => {
		await start('casso-transactions', {});
		const caught = runtime.collect('caught');
		const bad = {
			id: 'bad',
			type,
			z: 'tab',
			casso: 'casso',
			path: '/casso/orders',
			dialects: 'v2',
			paymentCode: 'DH**',
			wires: [[]],
		};
		await runtime.redeploy(
			[...LISTENERS, { id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl }, bad],
			'nodes',
			{ casso: { apiKey: sandbox.apiKey }, bad: { securityKey: KEY } },
		);
		await until('error', () => caught.length > 0);
		expect(getError(caught[0])).toMatchObject(REFUSED);
		expect(statusesSet('bad').at(-1)).toBe('status.badSetting');
		if (type === 'casso-webhook') expect(await deliver({ id: 99, description: 'DH1' })).toBe(401);
		else expect(runtime.time.waiting).toBe(0);
	},
);
