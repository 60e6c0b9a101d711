/** `simplize` against the sandbox, which checks every signature by code of its own. */
import type { SyncStatus } from '@saoke/core';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { getError, lastStatus, LISTENERS, TestRuntime, until, type TestFlow } from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 1 });
	runtime = new TestRuntime();
	runtime.time.isFree = true;
});

afterEach(async () => {
	await sandbox.close();
	await runtime.stop();
});

async function start(
	properties: Record<string, unknown>,
	config: Record<string, unknown> = {},
	credentials?: Record<string, string>,
): Promise<void> {
	const [portfolio] = sandbox.simplize.data.portfolios;
	const flow: TestFlow = [
		...LISTENERS,
		{ id: 'config', type: 'simplize-config', baseUrl: sandbox.simplizeUrl, ...config },
		{
			id: 'node',
			type: 'simplize',
			z: 'tab',
			simplize: 'config',
			externalUserId: portfolio?.externalUserId,
			externalUserIdType: 'str',
			portfolioId: 'portfolio',
			portfolioIdType: 'msg',
			period: 'custom',
			fromDate: '2000-01-01',
			toDate: '0',
			toDateType: 'daysAgo',
			wires: [['out']],
			...properties,
		},
		{ id: 'out', type: 'helper', z: 'tab' },
	];
	const { apiKey, apiSecret } = sandbox.simplize;
	await runtime.start(flow, { config: credentials ?? { apiKey, apiSecret } });
}

const portfolio = (): { portfolio: number | undefined } => ({ portfolio: sandbox.simplize.data.portfolios[0]?.id });

test('the cash history, whole and one message for each', async () => {
	await start({ operation: 'cashHistory', delivery: 'each', pageSize: '7' });
	const messages = runtime.collect('out');
	runtime.node('node').receive(portfolio());
	await until('last', () => messages.find(({ parts }) => parts?.count !== undefined));
	expect(messages.at(-1)?.parts?.count).toBe(messages.length);
	expect(Object.keys(messages[0]?.payload as object)).toEqual([
		'transactionId',
		'portfolioId',
		'ticker',
		'transactionType',
		'transactionTypeName',
		'amount',
		'transactedAt',
		'createdAt',
		'note',
		'description',
	]);
	expect(messages.length).toBeGreaterThan(7);
});

test.each([
	['stockTransactions', { limit: '3' }, 3],
	['cashHistory', { page: '0', pageSize: '2' }, 2],
	['users', {}, undefined],
])('%s as a list', async (operation, change, length) => {
	await start({ operation, ...change });
	const { payload } = await runtime.ask('node', 'out', portfolio());
	expect(Array.isArray(payload)).toBe(true);
	if (length !== undefined) expect(payload).toHaveLength(length);
	else expect((payload as unknown[]).length).toBeGreaterThan(0);
});

test.each([
	['31/01/2026', 'str'],
	['2026-01-31', 'str'],
	['day', 'msg'],
])('a day is taken as Vietnam writes it, and as ISO: %s (%s)', async (fromDate, fromDateType) => {
	await start({
		operation: 'cashHistory',
		period: 'custom',
		fromDate,
		fromDateType,
		toDate: '5/2/2026',
		toDateType: 'str',
	});
	await runtime.ask('node', 'out', { ...portfolio(), day: '31-01-2026' });
	const [call] = sandbox.simplize.calls.list();
	expect(JSON.parse(call?.body ?? '')).toMatchObject({ fromDate: '31/01/2026', toDate: '05/02/2026' });
});

test('a portfolio with chosen fields', async () => {
	await start({ operation: 'portfolio', summary: true, output: 'selected', fields: 'name,totalReturnYtd' });
	expect(Object.keys((await runtime.ask('node', 'out', portfolio())).payload as object)).toEqual([
		'name',
		'totalReturnYtd',
	]);
});

test('the sync status of all batches', async () => {
	await start({ operation: 'syncStatus', batchId: '', batchIdType: 'str' });
	const { payload: all } = await runtime.ask('node', 'out', portfolio());
	const { totalCount, successCount, failedCount, portfolios } = all as SyncStatus;
	expect(failedCount).toBe(1);
	expect([portfolios.length, portfolios.filter(({ isSynced }) => isSynced).length]).toEqual([totalCount, successCount]);
});

test('the sync status of the batch that the message names', async () => {
	await start({ operation: 'syncStatus', batchId: 'payload', batchIdType: 'msg' });
	const batchId = '8c8974a0-e516-4a6c-92b3-7d2db780b18b';
	const { payload: one } = await runtime.ask('node', 'out', { payload: batchId });
	expect(new Set((one as SyncStatus).portfolios.map((row) => row.batchId))).toEqual(new Set([batchId]));
});

test('the search for the signing rule finds it', async () => {
	await start({ operation: 'detect' }, { signaturePayload: 'body', signatureEncoding: 'base64' });
	const { payload } = await runtime.ask('node', 'out', portfolio());
	expect(payload).toMatchObject({ profile: { payload: 'query+body', encoding: 'hex' } });
});

test('a wrong secret: refused, said how to go on, and no secret or signature in anything that flows see', async () => {
	await start(
		{ operation: 'cashHistory' },
		{},
		{ apiKey: sandbox.simplize.apiKey, apiSecret: 'wrong-secret-of-the-test' },
	);
	const statuses = runtime.collect('statuses');
	const caught = await runtime.ask('node', 'caught', portfolio());
	expect(getError(caught)).toMatchObject({ code: 'SIMPLIZE_API' });
	await until('status', () =>
		['status.unauthorized', 'status.forbidden', 'status.serviceError'].includes(lastStatus(statuses) ?? ''),
	);
	const seen = JSON.stringify([caught, statuses]);
	for (const secret of [sandbox.simplize.apiKey, 'wrong-secret-of-the-test', 'signature='])
		expect(seen).not.toContain(secret);
});

test.each([
	['no secret', { apiKey: 'key' }, {}, 'apiSecret'],
	['no key', { apiSecret: 'secret' }, {}, 'apiKey'],
	['no address', undefined, { baseUrl: '' }, 'baseUrl'],
	['an address in the clear', undefined, { baseUrl: 'http://simplize.example.com' }, 'baseUrl'],
	['a receive window that is too long', undefined, { recvWindow: '70000' }, 'recvWindow'],
])('%s is refused before anything is sent', async (_, credentials, config, parameter) => {
	await start({ operation: 'users' }, config, credentials);
	expect(getError(await runtime.ask('node', 'caught'))).toMatchObject({
		code: 'INVALID_PARAMETER',
		cause: { parameter },
	});
});
