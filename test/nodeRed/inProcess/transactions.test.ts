/** `casso-transactions` and `casso-accounts` against the sandbox: every way to ask and to send. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { FlowMessage } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { getError, lastStatus, LISTENERS, TestRuntime, until, type TestFlow } from '../harness/helper';

let sandbox: Sandbox;
let runtime: TestRuntime;

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 130, historyDays: 5 });
	runtime = new TestRuntime();
});

afterEach(async () => {
	await runtime.stop();
	await sandbox.close();
});

async function start(
	type: string,
	properties: Record<string, unknown>,
	credentials: Record<string, string> = { apiKey: sandbox.apiKey },
): Promise<void> {
	const flow: TestFlow = [
		...LISTENERS,
		{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
		{ id: 'node', type, z: 'tab', casso: 'casso', wires: [['out']], ...properties },
		{ id: 'out', type: 'helper', z: 'tab' },
	];
	await runtime.start(flow, { casso: credentials });
}

type Transaction = Record<string, unknown> & {
	id: number;
	amount: number;
	description: string;
	accountNumber: string;
	transactedAt: string;
};

function list(message: FlowMessage): Transaction[] {
	return message.payload as Transaction[];
}

test('all pages come as one list, once each, and other properties of the message stay', async () => {
	await start('casso-transactions', { operation: 'getAll', delivery: 'array' });
	const statuses = runtime.collect('statuses');
	const message = await runtime.ask('node', 'out', { payload: 'go', topic: 'kept', _msgid: 'm1' });
	expect(list(message)).toHaveLength(sandbox.casso.data.transactions.size);
	expect(new Set(list(message).map(({ id }) => id)).size).toBe(130);
	expect(message).toMatchObject({ topic: 'kept', _msgid: 'm1' });
	expect(Object.keys(list(message)[0] ?? {})).toEqual([
		'id',
		'reference',
		'transactedAt',
		'amount',
		'description',
		'runningBalance',
		'accountNumber',
		'bankName',
		'counterpartyName',
		'counterpartyAccount',
	]);
	await until('status', () => lastStatus(statuses)?.startsWith('+130'));
});

test('one message for each has the parts that Join wants', async () => {
	await start('casso-transactions', { operation: 'getAll', delivery: 'each', pageSize: '40' });
	const messages = runtime.collect('out');
	runtime.node('node').receive({ topic: 'kept', parts: { id: 'outer', type: 'array', index: 0, count: 1 } });
	await until('last', () => messages.find(({ parts }) => parts?.count !== undefined));
	expect(messages).toHaveLength(130);
	expect(messages.map(({ parts }) => parts?.index)).toEqual(messages.map((_, index) => index));
	expect(messages.slice(0, -1).every(({ parts }) => parts?.count === undefined)).toBe(true);
	expect(messages.at(-1)?.parts).toMatchObject({ count: 130, type: 'array', len: 1, parts: { id: 'outer' } });
	expect(new Set(messages.map(({ parts }) => parts?.id)).size).toBe(1);
	expect(messages.every(({ topic }) => topic === 'kept')).toBe(true);
});

test('one message for each page keeps the order and says at the end how many there were', async () => {
	await start('casso-transactions', { operation: 'getAll', delivery: 'page', pageSize: '50', sort: 'DESC' });
	const messages = runtime.collect('out');
	runtime.node('node').receive({});
	await until('last', () => messages.find(({ parts }) => parts?.count !== undefined));
	expect(messages.map((message) => list(message).length)).toEqual([50, 50, 30]);
	expect(messages.at(-1)?.parts).toMatchObject({ index: 2, count: 3, len: 50 });
	const times = messages.flatMap((message) => list(message).map(({ transactedAt }) => transactedAt));
	expect(times).toEqual([...times].sort().reverse());
});

test('a row that vanishes or arrives while pages are sent is neither missed nor sent twice', async () => {
	await start('casso-transactions', { operation: 'getAll', delivery: 'page', pageSize: '25' });
	const all = sandbox.casso.data.transactions.size;
	const first = sandbox.casso.faults.add({ kind: 'deleteWhilePaging', count: 1 });
	expect(first).toBeDefined();
	const messages = runtime.collect('out');
	runtime.node('node').receive({});
	await until('last', () => messages.find(({ parts }) => parts?.count !== undefined));
	const ids = messages.flatMap((message) => list(message).map(({ id }) => id));
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toHaveLength(all);
});

test('nothing found: an empty list, an empty page, or no message', async () => {
	await start('casso-transactions', {
		operation: 'getAll',
		delivery: 'page',
		minAmount: '999999999999',
		minAmountType: 'num',
	});
	expect(await runtime.ask('node', 'out')).toMatchObject({ payload: [], parts: { index: 0, count: 1 } });
});

test('filters and limits come from settings, the message and contexts', async () => {
	await start('casso-transactions', {
		operation: 'getAll',
		direction: 'in',
		minAmount: 'least',
		minAmountType: 'msg',
		limit: '7',
		period: 'custom',
		fromDate: '3',
		fromDateType: 'daysAgo',
		toDate: '0',
		toDateType: 'daysAgo',
		sort: 'ASC',
	});
	const found = list(await runtime.ask('node', 'out', { least: 100_000 }));
	expect(found.length).toBeLessThanOrEqual(7);
	expect(found.every(({ amount }) => amount >= 100_000)).toBe(true);
	expect(found.length).toBeGreaterThan(0);
});

test.each([
	['31/01/2026', 'str'],
	['1/2/2026', 'str'],
	['2026-01-31', 'str'],
	['day', 'msg'],
	['31.1.2026', 'str'],
])('a day is taken as Vietnam writes it, and as ISO: %s (%s)', async (fromDate, fromDateType) => {
	await start('casso-transactions', {
		operation: 'getAll',
		period: 'custom',
		fromDate,
		fromDateType,
		toDate: '05/02/2026',
	});
	await runtime.ask('node', 'out', { day: new Date('2026-01-30T17:30:00Z') });
	const day = fromDate === '1/2/2026' ? '2026-02-01' : '2026-01-31';
	const asked = sandbox.casso.requests.list().find(({ path }) => path.endsWith('/transactions'));
	expect(asked?.query).toMatchObject({ fromDate: day, toDate: '2026-02-05' });
});

test.each([
	// Half past midnight in Vietnam is still the day before in UTC.
	['today', '2026-03-01', '2026-03-01'],
	['yesterday', '2026-02-28', '2026-02-28'],
	[undefined, '2026-02-23', '2026-03-01'],
	['thisMonth', '2026-03-01', '2026-03-01'],
	['lastMonth', '2026-02-01', '2026-02-28'],
])('the period %s, as days in Vietnam', async (period, fromDate, toDate) => {
	await start('casso-transactions', { operation: 'getAll', period });
	runtime.time.pass(Date.parse('2026-02-28T17:30:00Z') - runtime.time.now());
	await runtime.ask('node', 'out');
	const asked = sandbox.casso.requests.list().find(({ path }) => path.endsWith('/transactions'));
	expect(asked?.query).toMatchObject({ fromDate, toDate });
});

test('what is no day is an error that names the field, in the words of Node-RED', async () => {
	await start('casso-transactions', {
		operation: 'getAll',
		period: 'custom',
		fromDate: '31/02/2026',
		toDate: '01/03/2026',
	});
	const caught = runtime.collect('caught');
	runtime.node('node').receive({});
	await until('error', () => caught.length > 0);
	const { message, cause } = getError(caught[0]);
	expect(cause).toEqual({ parameter: 'fromDate' });
	expect(message).toBe('ParameterError: This is not a date. Use a date such as 2026-01-31 or 31/01/2026 (day first).');
});

test('the transactions of one account carry its number, which the list leaves out', async () => {
	const [account] = sandbox.casso.data.accounts;
	await start('casso-transactions', {
		operation: 'getAll',
		accountScope: 'one',
		account: 'account',
		accountType: 'msg',
	});
	const found = list(await runtime.ask('node', 'out', { account: account?.id }));
	expect(found.length).toBeGreaterThan(0);
	expect(new Set(found.map(({ accountNumber }) => accountNumber))).toEqual(new Set([account?.accountNumber]));
});

test('an account that the message does not name is refused, not read as all accounts', async () => {
	await start('casso-transactions', {
		operation: 'getAll',
		accountScope: 'one',
		account: 'account',
		accountType: 'msg',
	});
	const caught = await runtime.ask('node', 'caught', {});
	expect(getError(caught)).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter: 'accountId' } });
	expect(sandbox.casso.requests.list()).toHaveLength(0);
});

test('one page, raw, and one transaction by its id', async () => {
	await start('casso-transactions', { operation: 'getAll', page: '2', pageSize: '20', output: 'raw' });
	const found = list(await runtime.ask('node', 'out'));
	expect(found).toHaveLength(20);
	expect(found[0]).toHaveProperty('cusumBalance');
	const [known] = found;
	await runtime.redeploy(
		[
			{ id: 'tab2', type: 'tab' },
			{ id: 'casso', type: 'casso-config', baseUrl: sandbox.cassoUrl },
			{
				id: 'get',
				type: 'casso-transactions',
				z: 'tab2',
				casso: 'casso',
				operation: 'get',
				transactionId: 'payload',
				transactionIdType: 'msg',
				output: 'selected',
				fields: 'id, bookingDate',
				wires: [['got']],
			},
			{ id: 'got', type: 'helper', z: 'tab2' },
		],
		'full',
		{ casso: { apiKey: sandbox.apiKey } },
	);
	const { payload } = await runtime.ask('get', 'got', { payload: known?.id });
	expect(Object.keys(payload as object)).toEqual(['id', 'bookingDate']);
	expect(payload).toMatchObject({ id: known?.id });
});

test.each([
	['from after to', { period: 'custom', fromDate: '2026-02-02', toDate: '2026-02-01' }, 'fromDate'],
	['no date', { period: 'custom', fromDate: 'soon', toDate: '2026-02-01' }, 'fromDate'],
	['bad amount', { minAmount: '1.5', minAmountType: 'num' }, 'minAmount'],
	['bad limit', { limit: '0' }, 'limit'],
	['bad expression', { description: '$foo(', descriptionType: 'jsonata' }, 'description'],
	['commas alone for accounts', { accountNumbers: ' , ' }, 'accountNumbers'],
	['bad days', { period: 'custom', fromDate: '2026-02-01', toDate: '-1', toDateType: 'daysAgo' }, 'toDate'],
	['unknown period', { period: 'last30Days' }, 'period'],
])('%s is refused before anything is sent, and Catch hears which setting it is', async (_, properties, parameter) => {
	await start('casso-transactions', { operation: 'getAll', ...properties });
	const statuses = runtime.collect('statuses');
	const caught = await runtime.ask('node', 'caught', { payload: 'original' });
	expect(getError(caught)).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter } });
	expect(caught.payload).toBe('original');
	await until('status', () => lastStatus(statuses) === 'status.badSetting');
	expect(sandbox.casso.requests.list()).toHaveLength(0);
});

test('a missing key shows below the node from the start and is an error that Catch hears', async () => {
	await start('casso-transactions', { operation: 'getAll' }, {});
	const caught = await runtime.ask('node', 'caught');
	expect(getError(caught)).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter: 'apiKey' } });
});

test('accounts: list, one, sync and the owner of the key', async () => {
	await start('casso-accounts', { operation: 'getAll', delivery: 'each' });
	const messages = runtime.collect('out');
	runtime.node('node').receive({});
	await until('accounts', () => messages.at(-1)?.parts?.count === 4);
	expect(messages).toHaveLength(4);
});

test.each(['get', 'sync', 'user'])('accounts: %s', async (operation) => {
	const [account] = sandbox.casso.data.accounts;
	await start('casso-accounts', { operation, account: String(account?.id), accountType: 'list' });
	const { payload } = await runtime.ask('node', 'out');
	if (operation === 'get') expect(payload).toMatchObject({ id: account?.id, accountNumber: account?.accountNumber });
	if (operation === 'sync') expect(payload).toMatchObject({ requested: true, accountNumber: account?.accountNumber });
	if (operation === 'user') expect(payload).toHaveProperty([0, 'user', 'id']);
});

test('after close nothing is sent, and a pause ends at once', async () => {
	sandbox.casso.faults.add({ kind: 'httpError', status: 503 });
	await start('casso-transactions', { operation: 'getAll' });
	const out = runtime.collect('out');
	runtime.node('node').receive({});
	await until('pause', () => runtime.time.waiting > 0);
	await runtime.redeploy([{ id: 'other', type: 'tab' }], 'full');
	expect(runtime.time.waiting).toBe(0);
	expect(out).toEqual([]);
});
