/** `casso-match`: orders and transactions in, their status out, while the flow alone keeps what was received. */
import type { FlowMessage } from '../../../packages/node-red-saoke/src/host/nodeRed';
import { getError, lastStatus, LISTENERS, TestRuntime, until } from '../harness/helper';

let runtime: TestRuntime;

beforeEach(() => {
	runtime = new TestRuntime();
});

afterEach(async () => {
	await runtime.stop();
});

async function start(properties: Record<string, unknown> = {}): Promise<void> {
	await runtime.start([
		...LISTENERS,
		{ id: 'match', type: 'casso-match', z: 'tab', wires: [['orders'], ['unmatched'], ['proposals']], ...properties },
		{ id: 'orders', type: 'helper', z: 'tab' },
		{ id: 'unmatched', type: 'helper', z: 'tab' },
		{ id: 'proposals', type: 'helper', z: 'tab' },
	]);
}

interface Order {
	code: string;
	[field: string]: unknown;
}

function transaction(id: number, amount: number, description: string, more: object = {}): Record<string, unknown> {
	return {
		id,
		reference: `FT${id}`,
		transactedAt: '2026-03-10T09:00:00+07:00',
		amount,
		description,
		accountNumber: '0071000888888',
		...more,
	};
}

async function orders(message: FlowMessage): Promise<Order[]> {
	return (await runtime.ask('match', 'orders', message)).payload as Order[];
}

test('an order is settled over three messages, and a transaction that comes again counts once', async () => {
	await start();
	const list = [
		{ code: 'DH1024', amount: 500_000, customer: 'Lan' },
		{ code: 'DH1025', amount: 300_000 },
	];
	const deposit = transaction(1, 200_000, 'MBVCB.3278907687.DH1024 coc.CT tu 0011004012345');
	const first = await orders({ payload: deposit, orders: list });
	expect(first).toEqual([
		{
			code: 'DH1024',
			amount: 500_000,
			customer: 'Lan',
			received: [{ transactionId: 1, accountNumber: '0071000888888', amount: 200_000 }],
			settled: false,
			status: 'underpaid',
			difference: -300_000,
		},
		{ code: 'DH1025', amount: 300_000, received: [], settled: false, status: 'unpaid', difference: -300_000 },
	]);
	// As a store that keeps text gives them back.
	const stored = JSON.stringify(first.map((order) => ({ ...order, received: JSON.stringify(order.received) })));
	const second = await orders({ payload: [deposit, transaction(2, 300_000, 'dh 10 24 tra not')], orders: stored });
	expect(second[0]).toMatchObject({
		status: 'paid',
		difference: 0,
		settled: true,
		received: [{ transactionId: 1 }, { transactionId: 2 }],
	});
	const third = await orders({
		payload: [transaction(2, 300_000, 'dh 10 24 tra not'), transaction(3, 400_000, 'DH1025')],
		orders: second,
	});
	expect(third.map(({ code, status, difference }) => [code, status, difference])).toEqual([
		['DH1024', 'paid', 0],
		['DH1025', 'overpaid', 100_000],
	]);
});

test('what belongs to no order leaves by the second output with its reason; other properties go on with both', async () => {
	await start({ maxAgeDays: '30' });
	const unmatched = runtime.collect('unmatched');
	const now = new Date().toISOString();
	const payload = [
		transaction(1, 99, 'la', { transactedAt: now }),
		transaction(2, 100, 'DH1 DH2', { transactedAt: now }),
		transaction(3, -100, 'DH1', { transactedAt: now }),
		transaction(4, 100, 'DH1', { transactedAt: '2020-01-01T00:00:00+07:00' }),
		transaction(0, 100, 'DH1', { isTest: true }),
		transaction(5, 100, 'DH1', { transactedAt: null }),
	];
	const message = await runtime.ask('match', 'orders', {
		payload,
		orders: [
			{ code: 'DH1', amount: 100 },
			{ code: 'DH2', amount: 100 },
		],
		topic: 'kept',
	});
	expect(message.topic).toBe('kept');
	expect((message.payload as Order[]).map(({ status }) => status)).toEqual(['paid', 'unpaid']);
	await until('second output', () => unmatched.length === 1);
	expect(unmatched[0]?.topic).toBe('kept');
	expect((unmatched[0]?.payload as Order[]).map(({ id, reason, codes }) => [id, reason, codes])).toEqual([
		[1, 'noCode', undefined],
		[2, 'severalCodes', ['DH1', 'DH2']],
		[3, 'moneyOut', undefined],
		[4, 'tooOld', undefined],
		[0, 'testCall', undefined],
	]);
	expect((unmatched[0]?.payload as Order[])[0]).toMatchObject(payload[0] ?? {});
});

test('late and early money leaves by the second output, and the order says that its time is over', async () => {
	await start();
	const unmatched = runtime.collect('unmatched');
	const list = [
		{ code: 'DH1', amount: '500.000', validUntil: '10/03/2026 08:00' },
		{ code: 'DH2', amount: '100000 ₫', validFrom: '11/03/2026' },
	];
	const payload = [transaction(1, 500_000, 'DH1'), transaction(2, 100_000, 'DH2')];
	const matched = await orders({ payload, orders: list });
	expect(matched.map(({ status, received }) => [status, received])).toEqual([
		['expired', []],
		['unpaid', []],
	]);
	await until('second output', () => unmatched.length === 1);
	expect((unmatched[0]?.payload as Order[]).map(({ reason, codes }) => [reason, codes])).toEqual([
		['expired', ['DH1']],
		['tooEarly', ['DH2']],
	]);
});

test('a raw delivery pays the order of its virtual account', async () => {
	await start();
	const raw = {
		id: 7,
		reference: 'FT7',
		description: 'NGUYEN VAN A chuyen tien',
		amount: 100,
		transactionDateTime: '2026-03-10 09:00:00',
		accountNumber: '0071000888888',
		virtualAccountNumber: 'VA0123',
	};
	const list = [{ virtualAccount: 'va 0123', amount: 100, validUntil: '10/03/2026' }];
	expect(await orders({ payload: raw, orders: list })).toMatchObject([
		{ status: 'paid', received: [{ transactionId: 7, accountNumber: '0071000888888', amount: 100 }] },
	]);
});

test('money that names no order, but has the amount of open ones, leaves by the third output and settles nothing', async () => {
	await start();
	const [unmatched, proposals] = [runtime.collect('unmatched'), runtime.collect('proposals')];
	const list = [
		{ code: 'DH1', amount: 300, customer: 'Lan' },
		{ code: 'DH2', amount: 300, payerName: 'Nguyễn Văn An' },
	];
	const payload = [transaction(1, 300, 'NGUYEN VAN AN chuyen tien'), transaction(2, 301, 'tien nha')];
	const message = await runtime.ask('match', 'orders', { payload, orders: list, topic: 'kept' });
	expect((message.payload as Order[]).map(({ status }) => status)).toEqual(['unpaid', 'unpaid']);
	await until('third output', () => proposals.length === 1 && unmatched.length === 1);
	expect(proposals[0]).toMatchObject({
		topic: 'kept',
		payload: [
			{
				...payload[0],
				reason: 'noCode',
				proposalCount: 2,
				proposals: [
					{ code: 'DH2', status: 'unpaid', nameMatches: true },
					{ code: 'DH1', customer: 'Lan', nameMatches: false },
				],
			},
		],
	});
	expect((unmatched[0]?.payload as Order[]).map(({ id }) => id)).toEqual([2]);
});

test('codes that are bare numbers are warned about once', async () => {
	await start();
	const warn = jest.spyOn(runtime.node('match'), 'warn').mockImplementation(() => undefined);
	for (const code of ['100924', '100925', '100926']) await orders({ payload: [], orders: [{ code, amount: 5 }] });
	expect(warn.mock.calls).toEqual([[expect.stringMatching(/100924 is a bare number/)]]);
	await orders({ payload: [], orders: [{ code: 'FT22', amount: 5 }] });
	expect(warn).toHaveBeenCalledTimes(2);
});

test('orders come from a context or an expression, and what is kept there is not changed', async () => {
	await start({ orders: 'open', ordersType: 'flow', tolerance: '500' });
	const kept = [{ code: 'DH1', amount: 100_000, received: [] }];
	const context = runtime.node('match').context() as unknown as {
		flow: { set: (key: string, value: unknown) => void };
	};
	context.flow.set('open', kept);
	expect(await orders({ payload: transaction(1, 99_500, 'DH1') })).toMatchObject([
		{ status: 'paid', difference: -500 },
	]);
	expect(kept).toEqual([{ code: 'DH1', amount: 100_000, received: [] }]);
});

test('only orders that were paid now, where chosen; nothing when there are none', async () => {
	await start({ send: 'changed' });
	const [out, unmatched] = [runtime.collect('orders'), runtime.collect('unmatched')];
	const list = [
		{ code: 'DH1', amount: 100 },
		{ code: 'DH2', amount: 100 },
	];
	runtime.node('match').receive({ payload: transaction(1, 99, 'nobody'), orders: list });
	runtime.node('match').receive({ payload: transaction(2, 100, 'DH2'), orders: list });
	await until('order', () => out.length > 0);
	expect(out).toHaveLength(1);
	expect((out[0]?.payload as Order[]).map(({ code, status }) => [code, status])).toEqual([['DH2', 'paid']]);
	expect(unmatched).toHaveLength(1);
});

test('an empty list gives every order its status, and the node shows how many transactions were counted', async () => {
	await start();
	const statuses = runtime.collect('statuses');
	expect(
		await orders({
			payload: [],
			orders: [
				{ code: 'DH1', amount: 100, settled: true },
				{ code: 'DH2', amount: 5 },
			],
		}),
	).toMatchObject([{ status: 'paid' }, { status: 'unpaid' }]);
	await until('status', () => lastStatus(statuses)?.startsWith('+0'));
	await orders({ payload: [transaction(1, 5, 'DH2'), transaction(2, 5, 'x')], orders: [{ code: 'DH2', amount: 5 }] });
	await until('status', () => lastStatus(statuses)?.startsWith('+1'));
});

test.each([
	['no orders', {}, { payload: [] }, 'orders', /comes from msg\.orders, which has no value/],
	['orders that are none', {}, { payload: [], orders: [{ code: 'DH1' }] }, 'orders', /Order 1 has no amount/],
	[
		'an expression that fails',
		{ orders: '$foo(', ordersType: 'jsonata' },
		{ payload: [] },
		'orders',
		/cannot be evaluated/,
	],
	['a timestamp', {}, { payload: 1_700_000_000_000, orders: [] }, 'payload', /not a transaction or a list/],
	[
		'a list of something else',
		{},
		{ payload: [transaction(1, 5, 'x'), 'DH1'], orders: [] },
		'transaction',
		/Transaction 2 is not a transaction but string/,
	],
	['a record without amount', {}, { payload: { id: 1 }, orders: [] }, 'transaction', /Transaction 1 has no amount/],
	['a tolerance that is none', { tolerance: '1.5' }, { payload: [], orders: [] }, 'tolerance', /a whole number of VND/],
	[
		'an age that is none',
		{ maxAgeDays: '-1' },
		{ payload: [], orders: [] },
		'maxAgeDays',
		/a number of days, 0 or greater/,
	],
	['settings of a newer release', { configVersion: 2 }, { payload: [], orders: [] }, 'configVersion', /newer release/],
])('%s: refused, and Catch hears why', async (_, properties, message, parameter, says) => {
	await start(properties);
	const [out, statuses] = [runtime.collect('orders'), runtime.collect('statuses')];
	const caught = await runtime.ask('match', 'caught', message);
	expect(getError(caught)).toMatchObject({ code: 'INVALID_PARAMETER', cause: { parameter } });
	expect(getError(caught).message).toMatch(says);
	expect(out).toEqual([]);
	await until('status', () => /^(status\.(badSetting|newerVersion)|∅ msg\.orders)$/.test(lastStatus(statuses) ?? ''));
});
