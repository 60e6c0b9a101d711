/** Every switch changes what it says, and nothing when it is off. */
import type { CassoQuirks, Sandbox } from '@saoke/sandbox';
import { CassoBank } from '@saoke/sandbox';
import { call, closeAll, list, sandbox } from './support';

afterEach(closeAll);

async function withQuirks(quirks: Partial<CassoQuirks>): Promise<Sandbox> {
	const casso = await sandbox({ quirks, transactions: 0 });
	for (let place = 0; place < 25; place += 1) {
		casso.casso.addTransaction({
			amount: 1_000 + place,
			memo: `DH${String(place)}`,
			time: `2026-11-19T21:10:${String(place).padStart(2, '0')}`,
		});
	}
	return casso;
}

async function firstRecord(quirks: Partial<CassoQuirks>): Promise<Record<string, unknown>> {
	return (await list(await withQuirks(quirks))).records[0] as Record<string, unknown>;
}

async function firstAccountRecord(quirks: Partial<CassoQuirks>): Promise<Record<string, unknown>> {
	const casso = await withQuirks(quirks);
	return (await list(casso, '', `/v2/accounts/${String(casso.casso.data.accounts[0]?.id)}/transactions`))
		.records[0] as Record<string, unknown>;
}

describe('records of /v2/transactions', () => {
	test('by default hold the live form in the live order', async () => {
		expect(Object.keys(await firstRecord({}))).toEqual([
			'id',
			'tid',
			'description',
			'amount',
			'cusumBalance',
			'when',
			'bookingDate',
			'bankSubAccId',
			'paymentChannel',
			'virtualAccount',
			'virtualAccountName',
			'corresponsiveName',
			'corresponsiveAccount',
			'corresponsiveBankId',
			'corresponsiveBankName',
			'accountId',
			'bankCodeName',
		]);
	});

	test('balanceSpelling and balanceValue', async () => {
		const record = await firstRecord({ balanceSpelling: 'cusum_balance' });
		expect(record).toHaveProperty('cusum_balance', expect.any(Number));
		expect(record).not.toHaveProperty('cusumBalance');
		expect(await firstRecord({ balanceValue: 'null' })).toHaveProperty('cusumBalance', null);
		expect(await firstRecord({ balanceValue: 'missing' })).not.toHaveProperty('cusumBalance');
	});

	test('recordForm minimal: six fields and a bare date', async () => {
		const record = await firstRecord({ recordForm: 'minimal', balanceSpelling: 'cusum_balance' });
		expect(Object.keys(record)).toEqual(['id', 'tid', 'description', 'amount', 'cusum_balance', 'when']);
		expect(record.when).toBe('2026-11-19');
	});

	test('whenForm, bookingDate, unknownText, bankTimes, extraKeys', async () => {
		expect(await firstRecord({ whenForm: 'date' })).toHaveProperty('when', '2026-11-19');
		expect(await firstRecord({ bookingDate: 'null' })).toHaveProperty('bookingDate', null);
		expect(await firstRecord({ bookingDate: 'missing' })).not.toHaveProperty('bookingDate');
		expect(await firstRecord({ unknownText: 'null' })).toMatchObject({
			corresponsiveName: null,
			virtualAccount: null,
			paymentChannel: null,
		});
		expect(await firstRecord({})).toMatchObject({ corresponsiveName: '', virtualAccount: '', paymentChannel: '' });
		expect(await firstRecord({ bankTimes: 'dateOnly' })).toHaveProperty('when', '2026-11-19T00:00:00');
		expect(await firstRecord({ extraKeys: 'some' })).toHaveProperty('sandboxUnknownKey');
	});
});

describe('records of one account', () => {
	test('zTimes: Vietnam time by default, UTC by switch', async () => {
		expect(await firstAccountRecord({})).toMatchObject({
			transactionDate: '2026-11-19',
			transactionDateTime: '2026-11-19T21:10:00Z',
		});
		expect(await firstAccountRecord({ zTimes: 'utc' })).toMatchObject({
			transactionDate: '2026-11-19',
			transactionDateTime: '2026-11-19T14:10:00Z',
		});
	});

	test('privateId: equal to the id, or a number of its own', async () => {
		const casso = await withQuirks({ privateId: 'different' });
		const { transactions, accounts } = casso.casso.data;
		const records = (await list(casso, '?pageSize=25', `/v2/accounts/${String(accounts[0]?.id)}/transactions`)).records;
		expect(records.some(({ privateId }) => transactions.get(privateId) !== undefined)).toBe(false);
		expect(new Set(records.map(({ privateId }) => privateId)).size).toBe(25);
		casso.casso.quirks.set({ privateId: 'equal' });
		const equal = (await list(casso, '?pageSize=25', `/v2/accounts/${String(accounts[0]?.id)}/transactions`)).records;
		expect(equal.every(({ privateId }) => transactions.get(privateId) !== undefined)).toBe(true);
	});
});

describe('the paging object', () => {
	test('pageEnd', async () => {
		expect(await list(await withQuirks({}), '?page=3')).toMatchObject({ nextPage: null, prevPage: 2 });
		expect(await list(await withQuirks({ pageEnd: 'zero' }), '?page=1')).toMatchObject({ nextPage: 2, prevPage: 0 });
		const ends = await list(await withQuirks({ pageEnd: 'missing' }), '?page=3');
		expect(ends).not.toHaveProperty('nextPage');
		expect(ends).toHaveProperty('prevPage', 2);
	});

	test('listForm array: bare records', async () => {
		expect(await list(await withQuirks({ listForm: 'array' }), '?page=3')).toHaveLength(5);
	});

	test("maxPageSize: the server's own size counts, and it says so", async () => {
		const data = await list(await withQuirks({ maxPageSize: 7 }), '?pageSize=20');
		expect(data).toMatchObject({ pageSize: 7, totalPages: 4, nextPage: 2 });
		expect(data.records).toHaveLength(7);
	});

	test.each([
		['exact', { totalPages: 3, totalRecords: 25 }],
		['tooHigh', { totalPages: 6, totalRecords: 57 }],
		['tooLow', { totalPages: 1, totalRecords: 10 }],
		['zero', { totalPages: 0, totalRecords: 0 }],
	] as const)('totals %s, while nextPage stays true', async (totals, expected) => {
		expect(await list(await withQuirks({ totals }))).toMatchObject({ ...expected, nextPage: 2 });
	});

	test('totals missing, numbers as text, last page again past the end', async () => {
		const casso = await withQuirks({ totals: 'missing', pageNumbers: 'string', pastEnd: 'lastPage' });
		const data = await list(casso, '?page=9');
		expect(data).not.toHaveProperty('totalPages');
		expect(data).not.toHaveProperty('totalRecords');
		expect(data).toMatchObject({ page: '9', pageSize: '10', nextPage: null });
		expect(data.records).toHaveLength(5);
	});
});

describe('single answers', () => {
	test('transactionDetail and unknownTransaction', async () => {
		const casso = await withQuirks({});
		const path = `/v2/transactions/${String(casso.casso.data.transactions.range(null, 0, Infinity).list[0]?.id)}`;
		const record = (await call(casso, path)).body.data;
		casso.casso.quirks.set({ transactionDetail: 'array' });
		expect((await call(casso, path)).body.data).toEqual([record]);
		casso.casso.quirks.set({ transactionDetail: 'null', unknownTransaction: 'null' });
		expect((await call(casso, path)).body).toEqual({ error: 0, message: 'success', data: null });
		expect((await call(casso, '/v2/transactions/1')).body).toEqual({ error: 0, message: 'success', data: null });
		casso.casso.quirks.set({ unknownTransaction: 'emptyArray' });
		expect((await call(casso, '/v2/transactions/1')).body.data).toEqual([]);
	});

	test('errorStatus always200: every failure comes with HTTP 200', async () => {
		const casso = await withQuirks({ errorStatus: 'always200' });
		expect(await call(casso, '/v2/accounts/1')).toMatchObject({ status: 200, body: { error: 404 } });
		expect(await call(casso, '/v2/accounts', { headers: { Authorization: '' } })).toMatchObject({
			status: 200,
			body: { error: 401, message: 'Unauthorized Access' },
		});
		expect(await call(casso, '/v2/transactions?page=x')).toMatchObject({ status: 200, body: { error: 400 } });
	});

	test('userInfoForm documented; bin as number, text or empty', async () => {
		const casso = await withQuirks({ userInfoForm: 'documented' });
		const first = async (): Promise<Record<string, unknown>> =>
			((await call(casso, '/v2/userInfo')).body.data as { bankAccs: Array<Record<string, unknown>> }).bankAccs[0] ?? {};
		expect(Object.keys(await first())).toEqual([
			'id',
			'bank',
			'bankAccountName',
			'bankSubAccId',
			'connectStatus',
			'planStatus',
		]);
		expect((await first()).bank).toEqual({ bin: 970436, codeName: 'vietcombank' });
		casso.casso.quirks.set({ bin: 'string' });
		expect((await first()).bank).toMatchObject({ bin: '970436' });
		casso.casso.quirks.set({ bin: 'empty', userInfoForm: 'live' });
		expect((await first()).bank).toMatchObject({ bin: '' });
	});

	test.each([
		['null', null],
		['list', [expect.objectContaining({ message: 'success' })]],
		['object', expect.objectContaining({ message: 'success' })],
	] as const)('syncData %s', async (syncData, expected) => {
		const casso = await withQuirks({ syncData });
		const json = { bank_acc_id: casso.casso.data.accounts[0]?.accountNumber };
		expect((await call(casso, '/v2/sync', { method: 'POST', json })).body.data).toEqual(expected);
	});
});

describe('webhook answers', () => {
	const create = async (casso: Sandbox): Promise<Awaited<ReturnType<typeof call>>> =>
		call(casso, '/v2/webhooks', {
			method: 'POST',
			json: { webhook: 'http://127.0.0.1:1/a', secure_token: 'the-token', income_only: false },
		});
	const byUrl = `/v2/webhooks?webhook=${encodeURIComponent('http://127.0.0.1:1/a')}`;

	test('createdStatus, param2, duplicateWebhook', async () => {
		const casso = await withQuirks({ createdStatus: 201, param2: 'token', duplicateWebhook: 'reject' });
		expect(await create(casso)).toMatchObject({
			status: 201,
			body: { data: { param2: 'the-token', send_only_income: 0 } },
		});
		expect(await create(casso)).toMatchObject({ status: 400, body: { error: 400 } });
	});

	test.each([
		['webhook', expect.objectContaining({ id: 114 })],
		['null', null],
	] as const)('deleteByIdBody %s', async (deleteByIdBody, expected) => {
		const casso = await withQuirks({ deleteByIdBody });
		await create(casso);
		expect((await call(casso, '/v2/webhooks/114', { method: 'DELETE' })).body.data).toEqual(expected);
	});

	test.each([
		['list', [expect.objectContaining({ id: 114 })]],
		['null', null],
	] as const)('deleteByUrlBody %s', async (deleteByUrlBody, expected) => {
		const casso = await withQuirks({ deleteByUrlBody });
		await create(casso);
		expect((await call(casso, byUrl, { method: 'DELETE' })).body.data).toEqual(expected);
	});

	test('empty bodies of both deletes', async () => {
		const casso = await withQuirks({ deleteByIdBody: 'emptyBody', deleteByUrlBody: 'emptyBody' });
		await create(casso);
		expect(await call(casso, '/v2/webhooks/114', { method: 'DELETE' })).toMatchObject({ status: 200, text: '' });
		await create(casso);
		expect(await call(casso, byUrl, { method: 'DELETE' })).toMatchObject({ status: 200, text: '' });
		expect(casso.casso.webhooks.list()).toEqual([]);
	});

	test.each([200, 404, 400] as const)('webhookNotExistsStatus %d', async (webhookNotExistsStatus) => {
		const casso = await withQuirks({ webhookNotExistsStatus });
		expect(await call(casso, byUrl, { method: 'DELETE' })).toMatchObject({
			status: webhookNotExistsStatus,
			body: { error: 12 },
		});
	});
});

test.each([
	[{ pageEnd: 'nothing' }, 'Quirk pageEnd must be one of null, zero, missing; got nothing.'],
	[{ pageEnds: 'zero' }, 'There is no quirk pageEnds.'],
	[{ maxPageSize: 0 }, 'Quirk maxPageSize must be a whole number from 1'],
	[{ latencyMs: null }, 'Quirk latencyMs must be a whole number'],
	[{ toString: 1 }, 'There is no quirk toString.'],
])('refuses %j by name and leaves every switch as it was', (change, message) => {
	const bank = new CassoBank({ transactions: 0 });
	const before = { ...bank.quirks.values };
	expect(() => {
		bank.quirks.set({ listForm: 'array', ...change } as Partial<CassoQuirks>);
	}).toThrow(message);
	expect(bank.quirks.values).toEqual(before);
});
