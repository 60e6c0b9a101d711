/** The Simplize service of the sandbox: its endpoints, faults and switches. */
import { startSandbox } from '@saoke/sandbox';
import { CASH, call, cashBody, close, getRows, sandbox, start, USERS } from './simplizeSupport';

afterEach(close);

describe('endpoints', () => {
	beforeEach(async () => {
		await start({ apiKey: 'k', apiSecret: 's' });
	});
	const user = 'externalUserId=USER015&recvWindow=5000';

	test('cash histories: newest first, paged from 0, total of all, empty fields left out', async () => {
		const first = await call(CASH, user, { body: cashBody() });
		expect(first.body).toMatchObject({ status: 200, message: 'Success', total: 53 });
		const second = await call(CASH, user, { body: cashBody({ page: 1 }) });
		const dates = [...getRows(first), ...getRows(second)].map((row) => String(row.date));
		expect(dates).toHaveLength(30);
		expect([...dates].sort().reverse()).toEqual(dates);
		for (const row of getRows(first)) expect(Object.values(row)).not.toContain(null);
	});

	test('cash histories: filters on types, ticker and inclusive Vietnam days of either date', async () => {
		sandbox.simplize.addCashMovement({
			portfolioId: 863,
			amount: -7,
			date: '2031-03-01T00:00:00+07:00',
			createdAt: '2031-03-05T10:00:00+07:00',
			ticker: 'HPG',
			type: 'FEE',
		});
		const find = async (changes: object): Promise<number> =>
			getRows(await call(CASH, user, { body: cashBody({ portfolioId: 863, ...changes }) })).length;
		expect(await find({ fromDate: '01/03/2031', toDate: '01/03/2031' })).toBe(1);
		expect(await find({ fromDate: '02/03/2031', toDate: '05/03/2031' })).toBe(0);
		expect(await find({ fromDate: '01/03/2031', toDate: '01/03/2031', transactionTypes: ['DEPOSIT'] })).toBe(0);
		expect(await find({ fromDate: '01/03/2031', toDate: '01/03/2031', transactionTypes: ['FEE'], ticker: 'HPG' })).toBe(
			1,
		);
		sandbox.simplize.quirks.set({ dateFilterOn: 'createdDate' });
		expect(await find({ fromDate: '02/03/2031', toDate: '05/03/2031' })).toBe(1);
	});

	test('stock transactions take both forms of types, or the one that is switched on', async () => {
		const path = '/api/personalize/v1/partner/portfolio/stock-transactions';
		const byArray = await call(path, user, { body: cashBody({ transactionTypes: ['BUY'], size: 100 }) });
		const byText = await call(path, user, { body: cashBody({ transactionTypes: '1', size: 100 }) });
		expect(byArray.body.total).toBeGreaterThan(0);
		expect(byText.body).toEqual(byArray.body);
		expect(getRows(byText)[0]).toMatchObject({
			transactionType: 'BUY',
			date: expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/) as string,
		});
		sandbox.simplize.quirks.set({ stockTransactionTypes: 'comma' });
		expect((await call(path, user, { body: cashBody({ transactionTypes: ['1'] }) })).status).toBe(400);
	});

	test('users, portfolio detail and batch status', async () => {
		const users = await call(USERS, 'page=0&recvWindow=5000&size=2');
		expect(users.body.total).toBe(9);
		expect(getRows(users).map((row) => row.id)).toEqual([26, 25]);
		const detail = await call('/api/personalize/v1/partner/portfolio/detail/862', user);
		const figures = detail.body.data as Record<string, number>;
		expect(figures.totalPortfolioValue).toBe((figures.totalPortfolioStock ?? 0) + (figures.cashRemainingAmount ?? 0));
		expect(figures.totalReturnValue).toBe((figures.totalReturnValueChange ?? 0) + (figures.totalDividendCash ?? 0));
		const batches = await call('/api/personalize/v1/partner/sync/portfolio/batch/status', 'recvWindow=5000');
		expect(batches.body.data).toMatchObject({ totalCount: 11, successCount: 10, failedCount: 1 });
	});

	test('ids that need escaping work when they are encoded', async () => {
		for (const { externalUserId, id } of sandbox.simplize.data.portfolios) {
			const query = `externalUserId=${encodeURIComponent(externalUserId).replaceAll("'", '%27')}&recvWindow=5000`;
			expect((await call(CASH, query, { body: cashBody({ portfolioId: id }) })).status).toBe(200);
		}
	});

	test('the same seed gives the same data', async () => {
		const other = await startSandbox({ transactions: 0, simplize: { now: () => 1_800_000_000_000 } });
		const again = await startSandbox({ transactions: 0, simplize: { now: () => 1_800_000_000_000 } });
		expect(other.simplize.data.getCash(862)).toEqual(again.simplize.data.getCash(862));
		await Promise.all([other.close(), again.close()]);
	});
});

describe('faults and switches', () => {
	beforeEach(async () => {
		await start();
	});
	const user = 'externalUserId=USER015&recvWindow=5000';

	test('statuses, HTML, HTTP 200 with a failing body, broken JSON, a broken connection', async () => {
		const { faults } = sandbox.simplize;
		faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 3, count: 1 });
		expect((await call(USERS, 'recvWindow=5000')).status).toBe(429);
		faults.add({ kind: 'html', count: 1 });
		expect((await call(USERS, 'recvWindow=5000')).text).toMatch(/^<!DOCTYPE html>/);
		faults.add({ kind: 'errorEnvelope', status: 400, count: 1 });
		expect((await call(USERS, 'recvWindow=5000')).body).toEqual({ status: 400, message: 'Bad request' });
		faults.add({ kind: 'invalidJson', count: 1 });
		await expect(call(USERS, 'recvWindow=5000')).rejects.toThrow();
		faults.add({ kind: 'reset', count: 1 });
		await expect(call(USERS, 'recvWindow=5000')).rejects.toThrow();
	});

	test('a request that is held up falls out of its window', async () => {
		sandbox.simplize.faults.add({ kind: 'heldUp', ms: 60, count: 1 });
		expect((await call(USERS, 'recvWindow=20')).status).toBe(401);
	});

	test('lists: capped size, no total, wrong total, empty data, a repeated page', async () => {
		const { quirks, faults } = sandbox.simplize;
		quirks.set({ maxPageSize: 5, omitTotal: true });
		const capped = await call(CASH, user, { body: cashBody() });
		expect(getRows(capped)).toHaveLength(5);
		expect(capped.body.total).toBeUndefined();
		quirks.reset();
		faults.add({ kind: 'wrongTotal', by: -50, count: 1 });
		expect((await call(CASH, user, { body: cashBody() })).body.total).toBe(3);
		faults.add({ kind: 'emptyData', count: 1 });
		expect(getRows(await call(CASH, user, { body: cashBody() }))).toEqual([]);
		faults.add({ kind: 'repeatPage', forever: true });
		expect(getRows(await call(CASH, user, { body: cashBody({ page: 2 }) }))).toEqual(
			getRows(await call(CASH, user, { body: cashBody() })),
		);
	});

	test('refusals may come with HTTP 200', async () => {
		sandbox.simplize.quirks.set({ errorStatus: 'always200' });
		expect(await call(USERS, 'recvWindow=5000', { signed: 'x' })).toMatchObject({ status: 200, body: { status: 401 } });
	});

	test('control: switches, faults, movements and a log without signatures', async () => {
		const control = async (method: string, path: string, json?: object): Promise<Record<string, unknown>> => {
			const response = await fetch(`${sandbox.url}/control/simplize${path}`, {
				method,
				headers: { 'content-type': 'application/json' },
				body: json && JSON.stringify(json),
			});
			return (await response.json()) as Record<string, unknown>;
		};
		await control('PATCH', '/quirks', { clockSkewMs: 6000 });
		expect((await call(USERS, 'recvWindow=5000')).status).toBe(401);
		expect(await control('PATCH', '/quirks', { signaturePayload: 'none' })).toEqual({
			message: 'signaturePayload must be one of query+body, query, query&body, body.',
		});
		for (const name of ['constructor', 'toString', 'other']) {
			expect(await control('PATCH', '/quirks', { [name]: 1 })).toEqual({
				message: `There is no switch ${name}.`,
			});
		}
		await control('DELETE', '/quirks');
		expect(await control('POST', '/faults', { kind: 'slow', ms: 1 })).toMatchObject({ id: 1 });
		const added = await control('POST', '/cash-movements', { movements: [{ portfolioId: 862, amount: 5_000_000 }] });
		expect(added.movements).toMatchObject([{ amount: 5_000_000, type: 'DEPOSIT' }]);
		const log = JSON.stringify(await control('GET', '/requests'));
		expect(log).toMatch(/signature=\*\*\*/);
		expect(log).not.toMatch(/[0-9a-f]{64}/);
	});
});
