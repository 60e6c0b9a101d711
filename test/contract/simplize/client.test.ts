/** Core's Simplize client against the sandbox, which checks signatures with code of its own. */
import {
	ApiError,
	checkHistoryQuery,
	detectProfile,
	getCashHistoryPage,
	getPortfolio,
	IncompleteReadError,
	readCashHistory,
	readStockTransactions,
	readUsers,
	SIGNATURE_ENCODINGS,
	SIGNATURE_PAYLOADS,
} from '@saoke/core';
import { createClient, closeAll, everything, start } from './support';

afterEach(closeAll);

const profiles = SIGNATURE_PAYLOADS.flatMap((payload) =>
	SIGNATURE_ENCODINGS.map((encoding) => ({ payload, encoding })),
);

describe('signing', () => {
	test.each(profiles)('a server of profile $payload in $encoding accepts it, on GET and POST', async (profile) => {
		const strict = profile.encoding === 'hex' ? 'hex-lower' : profile.encoding;
		const sandbox = await start({ quirks: { signaturePayload: profile.payload, signatureEncoding: strict } });
		const { connection } = createClient(sandbox, { profile });
		expect(await readUsers(connection)).toHaveLength(9);
		expect(await readCashHistory(connection, everything())).toHaveLength(53);
	});

	test('ids that need escaping reach their own portfolio', async () => {
		const sandbox = await start();
		const { connection } = createClient(sandbox);
		for (const { id, externalUserId } of sandbox.simplize.data.portfolios) {
			const rows = await readCashHistory(connection, everything(id, externalUserId));
			expect(rows.map(({ movement }) => movement.portfolioId)).toEqual(rows.map(() => id));
		}
	});

	test('every page and every attempt has a signature of its own', async () => {
		const sandbox = await start({ quirks: { rejectReplays: true } });
		const { connection } = createClient(sandbox);
		sandbox.simplize.faults.add({ kind: 'httpError', status: 503, count: 1 });
		await readCashHistory(connection, everything(), { pageSize: 10 });
		const marks = sandbox.simplize.calls.list().map((call) => call.signatureMark);
		expect(marks).toHaveLength(7);
		expect(new Set(marks).size).toBe(7);
	});

	test('a request held up beyond its window is signed again and succeeds', async () => {
		const sandbox = await start();
		const { connection } = createClient(sandbox, { recvWindow: 40 });
		sandbox.simplize.faults.add({ kind: 'heldUp', ms: 90, count: 1 });
		expect(await readUsers(connection)).toHaveLength(9);
		expect(sandbox.simplize.calls.list().map((call) => call.status)).toEqual([401, 200]);
	});

	test('a request held up and then cut off is signed again and succeeds', async () => {
		const sandbox = await start();
		const { connection } = createClient(sandbox, { recvWindow: 40 });
		sandbox.simplize.faults.add({ kind: 'reset', ms: 90, count: 1 });
		expect(await readUsers(connection)).toHaveLength(9);
	});

	test.each([6000, -6000])('a clock %i ms off is named in the hint, by the Date of the answer', async (offsetMs) => {
		const { connection, clock } = createClient(await start());
		clock.offsetMs = offsetMs;
		const error = await readUsers(connection).catch((caught: unknown) => caught as ApiError);
		expect(error).toBeInstanceOf(ApiError);
		const direction = offsetMs > 0 ? 'ahead of' : 'behind';
		expect((error as ApiError).hint).toMatch(new RegExp(`clock is about [567] s ${direction} Simplize's`));
		expect((error as ApiError).message).toContain('outside of the recvWindow');
	});
});

describe('failures', () => {
	test('429 and 5xx are tried again, Retry-After obeyed', async () => {
		const sandbox = await start();
		const { connection, waits } = createClient(sandbox);
		sandbox.simplize.faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 3, count: 1 });
		sandbox.simplize.faults.add({ kind: 'httpError', status: 500, count: 1, skip: 1 });
		expect(await readUsers(connection)).toHaveLength(9);
		expect(waits[0]).toBeGreaterThanOrEqual(3000);
		expect(waits).toHaveLength(2);
	});

	test('HTTP 200 with a failing status is a failure, and its words are shown', async () => {
		const sandbox = await start();
		sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 400, message: 'portfolioId is wrong' });
		await expect(readUsers(createClient(sandbox).connection)).rejects.toThrow(
			'Simplize refused GET /api/general/v1/partner/users (HTTP 200, status 400): portfolioId is wrong',
		);
	});

	test('refusals that come with HTTP 200 alone are read likewise, and a busy one is tried again', async () => {
		const sandbox = await start({ quirks: { errorStatus: 'always200' } });
		sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 429, count: 1 });
		const { connection, waits } = createClient(sandbox);
		await readUsers(connection);
		expect(waits).toHaveLength(1);
		const wrong = createClient(sandbox, { apiSecret: 'wrong' });
		await expect(readUsers(wrong.connection)).rejects.toMatchObject({ failure: { httpStatus: 200, serviceCode: 401 } });
	});

	test.each([{ kind: 'html', status: 200 }, { kind: 'html', status: 404 }, { kind: 'invalidJson' }] as const)(
		'%j is not readable',
		async (fault) => {
			const sandbox = await start();
			sandbox.simplize.faults.add(fault);
			await expect(readUsers(createClient(sandbox).connection)).rejects.toThrow("not Simplize's JSON envelope");
		},
	);

	test('no error holds key, secret, signature or query, even where the service echoes them', async () => {
		const sandbox = await start({ apiKey: 'key-that-stays-here', apiSecret: 'secret-that-stays-here' });
		const { apiKey } = sandbox.simplize;
		const signature = 'ab'.repeat(32);
		sandbox.simplize.faults.add({
			kind: 'errorEnvelope',
			status: 400,
			message: `bad key ${apiKey}, signature=abc%3D, got ${signature} or ${'A'.repeat(43)}=`,
		});
		const error = (await readUsers(createClient(sandbox).connection).catch((caught: unknown) => caught)) as ApiError;
		const told = `${error.message} ${error.hint} ${JSON.stringify(error)} ${String(error.stack)}`;
		for (const secret of [apiKey, 'secret-that', signature, 'abc%3D', 'A'.repeat(43), 'timestamp=', 'recvWindow='])
			expect(told).not.toContain(secret);
	});
});

describe('paging', () => {
	test.each([
		['a total that is too small', { kind: 'wrongTotal', by: -50 }],
		['a total that is too large', { kind: 'wrongTotal', by: 900 }],
	] as const)('%s loses nothing', async (_what, fault) => {
		const sandbox = await start();
		sandbox.simplize.faults.add(fault);
		expect(await readCashHistory(createClient(sandbox).connection, everything(), { pageSize: 10 })).toHaveLength(53);
	});

	test('a server that caps the page size is read to the end', async () => {
		const sandbox = await start({ quirks: { maxPageSize: 7 } });
		const rows = await readCashHistory(createClient(sandbox).connection, everything());
		expect(new Set(rows.map(({ movement }) => movement.transactionId)).size).toBe(53);
	});

	test('without a total, a short page is the last', async () => {
		const sandbox = await start({ quirks: { omitTotal: true } });
		expect(await readCashHistory(createClient(sandbox).connection, everything(), { pageSize: 10 })).toHaveLength(53);
		expect(sandbox.simplize.calls.list()).toHaveLength(6);
	});

	test('a page that repeats once is read again; pages that repeat for ever are told', async () => {
		const sandbox = await start();
		const { connection } = createClient(sandbox);
		sandbox.simplize.faults.add({ kind: 'repeatPage', count: 2 });
		expect(await readCashHistory(connection, everything(), { pageSize: 10 })).toHaveLength(53);
		sandbox.simplize.faults.add({ kind: 'repeatPage', forever: true });
		await expect(readCashHistory(connection, everything(), { pageSize: 10 })).rejects.toBeInstanceOf(
			IncompleteReadError,
		);
	});

	test('a limit asks for no more than it needs', async () => {
		const sandbox = await start();
		expect(await readCashHistory(createClient(sandbox).connection, everything(), { limit: 3 })).toHaveLength(3);
		expect(sandbox.simplize.calls.list().map((call) => (JSON.parse(call.body) as { size: number }).size)).toEqual([3]);
	});

	test('10,000 movements, row by row', async () => {
		const sandbox = await start({ cashMovements: 10_000 });
		const rows = await readCashHistory(createClient(sandbox).connection, everything());
		const wanted = sandbox.simplize.data
			.getCash(862)
			.map((row) => `${row.transactionId} ${row.amount}`)
			.sort();
		expect(rows.map(({ movement }) => `${movement.transactionId} ${movement.amount}`).sort()).toEqual(wanted);
	});
});

describe('shapes', () => {
	test('a cash movement: signed VND, Vietnam times beside the raw ones', async () => {
		const sandbox = await start({ cashMovements: 0 });
		sandbox.simplize.addCashMovement({
			portfolioId: 862,
			amount: 10_000_000,
			transactionId: 1_726_846,
			date: '2026-01-27T17:00:00.000Z',
			createdAt: '2026-01-28T04:35:40.650Z',
			description: 'Nạp tiền',
		});
		const [found] = await readCashHistory(createClient(sandbox).connection, everything());
		expect(found?.movement).toEqual({
			transactionId: 1_726_846,
			portfolioId: 862,
			ticker: '',
			transactionType: 'DEPOSIT',
			transactionTypeName: 'Nạp tiền',
			amount: 10_000_000,
			transactedAt: '2026-01-28T00:00:00+07:00',
			createdAt: '2026-01-28T11:35:40+07:00',
			note: '',
			description: 'Nạp tiền',
		});
		expect(found?.details).toEqual({ date: '2026-01-27T17:00:00.000Z', createdDate: '2026-01-28T04:35:40.650Z' });
	});

	test('stock transactions in both documented forms of their types', async () => {
		const sandbox = await start({ quirks: { stockTransactionTypes: 'comma' } });
		const { connection } = createClient(sandbox);
		const input = { externalUserId: 'USER015', portfolioId: '862', transactionTypes: '1,2' };
		const asText = await readStockTransactions(connection, checkHistoryQuery(input, 'text', Date.now()));
		sandbox.simplize.quirks.set({ stockTransactionTypes: 'array' });
		const asList = await readStockTransactions(connection, checkHistoryQuery(input, 'list', Date.now()));
		expect(asText.length).toBeGreaterThan(0);
		expect(asList).toEqual(asText);
		for (const { transaction } of asText) {
			expect(['BUY', 'SELL']).toContain(transaction.transactionType);
			expect(transaction.transactedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+07:00$/);
		}
	});

	test('a portfolio, and one page of a history', async () => {
		const { connection } = createClient(await start());
		const { portfolio, details } = await getPortfolio(connection, {
			externalUserId: 'USER015',
			portfolioId: 862,
			summary: false,
		});
		expect(Object.keys(portfolio)).toHaveLength(10);
		expect(details).toHaveProperty('stocksSummary');
		const page = await getCashHistoryPage(connection, everything(), 5, 10);
		expect(page).toMatchObject({ total: 53 });
		expect(page.rows).toHaveLength(3);
	});
});

describe('detection of the profile', () => {
	test.each(profiles)('finds $payload in $encoding', async (profile) => {
		const strict = profile.encoding === 'hex' ? 'hex-lower' : profile.encoding;
		const sandbox = await start({ quirks: { signaturePayload: profile.payload, signatureEncoding: strict } });
		const found = await detectProfile(createClient(sandbox).connection, everything());
		expect(found.profile).toEqual(profile);
		expect(found.conclusion).toContain(`"${profile.payload}"`);
		expect(JSON.stringify(sandbox.simplize.calls.list())).not.toContain('saoke-signing');
	});

	test('a wrong secret: all refused alike, one request for each rule', async () => {
		const sandbox = await start();
		const found = await detectProfile(createClient(sandbox, { apiSecret: 'wrong' }).connection, everything());
		expect(found).toMatchObject({ profile: null });
		expect(found.trials).toHaveLength(12);
		expect(found.conclusion).toContain('all were refused alike');
	});

	test('a portfolio of somebody else: the right rule is refused in other words', async () => {
		const sandbox = await start({ quirks: { signaturePayload: 'query&body' } });
		const found = await detectProfile(createClient(sandbox).connection, everything(870));
		expect(found.profile).toBeNull();
		expect(found.conclusion).toContain('"query&body" with "hex" was refused in other words');
	});

	test('a wrong clock is named, and a busy service ends the search', async () => {
		const sandbox = await start();
		const late = createClient(sandbox);
		late.clock.offsetMs = -6000;
		expect((await detectProfile(late.connection, everything())).conclusion).toContain("behind Simplize's");
		sandbox.simplize.faults.add({ kind: 'httpError', status: 429 });
		const busy = await detectProfile(createClient(sandbox).connection, everything());
		expect(busy.trials).toHaveLength(1);
		expect(busy.conclusion).toContain('busy');
	});
});
