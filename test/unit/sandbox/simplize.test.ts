/** The Simplize service of the sandbox: signature rules, the time window, the nine endpoints, invented refusals, faults. */
import { createHmac } from 'node:crypto';
import { startSandbox, type Sandbox, type SimplizePartnerOptions } from '@saoke/sandbox';
import vectors from '../../fixtures/simplize-signing.json';
import { isSignedBy, isInWindow, readWindow } from '../../../packages/sandbox/src/simplize/signature';

interface Answer {
	status: number;
	body: { status: number; message: string; total?: number; data?: unknown };
	hint: string | null;
	text: string;
}

const CASH = '/api/personalize/v1/partner/portfolio/cash-histories';
const USERS = '/api/general/v1/partner/users';
const cashBody = (changes: object = {}): string =>
	JSON.stringify({
		ticker: null,
		transactionTypes: null,
		fromDate: '01/01/2020',
		toDate: '31/12/2099',
		page: 0,
		size: 15,
		portfolioId: 862,
		...changes,
	});

let sandbox: Sandbox;
const start = async (simplize: SimplizePartnerOptions = {}): Promise<void> => {
	sandbox = await startSandbox({ transactions: 0, simplize });
};
afterEach(async () => await sandbox.close());

/** Signs by hand: query and body without a joint, hex. */
async function call(
	path: string,
	query: string,
	options: { body?: string; signed?: string; at?: number; key?: string; type?: string } = {},
): Promise<Answer> {
	const full = `${query}${query === '' ? '' : '&'}timestamp=${String(options.at ?? Date.now())}`;
	const signature = createHmac('sha256', sandbox.simplize.apiSecret)
		.update(options.signed ?? full + (options.body ?? ''))
		.digest('hex');
	const response = await fetch(`${sandbox.simplizeUrl}${path}?${full}&signature=${signature}`, {
		method: options.body === undefined ? 'GET' : 'POST',
		headers: {
			'X-Api-Key': options.key ?? sandbox.simplize.apiKey,
			...(options.body === undefined ? {} : { 'content-type': options.type ?? 'application/json' }),
		},
		body: options.body,
	});
	const text = await response.text();
	return {
		status: response.status,
		body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : { status: 0, message: '' },
		hint: response.headers.get('x-sandbox-hint'),
		text,
	};
}

const rowsOf = (answer: Answer): Array<Record<string, unknown>> => answer.body.data as Array<Record<string, unknown>>;

describe('signature check', () => {
	const { secret, vectors: own } = vectors.project;
	beforeEach(async () => {
		await start();
	});

	test.each(own)('accepts the published vector $name and no flipped byte of it', (vector) => {
		const payload = vector.profile.startsWith('query+body') ? 'query+body' : 'query';
		const material = { query: vector.query, body: Buffer.from(vector.body), signature: vector.expectedSignature };
		expect(isSignedBy(material, secret, { payload, encoding: 'hex' })).toBe(true);
		expect(
			isSignedBy({ ...material, query: material.query.replace('9', '8') }, secret, { payload, encoding: 'hex' }),
		).toBe(false);
	});

	test.each(vectors.binanceReference.vectors)('accepts $name of the reference convention', (vector) => {
		const material = { query: vector.query, body: Buffer.from(vector.body), signature: vector.expectedSignature };
		expect(isSignedBy(material, vectors.binanceReference.secret, { payload: 'query+body', encoding: 'hex' })).toBe(
			true,
		);
	});

	test('reads base64 in its one canonical spelling only', () => {
		const digest = createHmac('sha256', 'key').update('a=1').digest('base64');
		const material = { query: 'a=1', body: Buffer.alloc(0), signature: digest };
		expect(isSignedBy(material, 'key', { payload: 'query', encoding: 'base64' })).toBe(true);
		const last = digest.charCodeAt(42);
		const respelled = `${digest.slice(0, 42)}${String.fromCharCode(last + 1)}=`;
		expect(isSignedBy({ ...material, signature: respelled }, 'key', { payload: 'query', encoding: 'base64' })).toBe(
			false,
		);
	});

	test('tells which other profile would have matched, and never the signature', async () => {
		const body = cashBody();
		const at = Date.now();
		const query = `externalUserId=USER015&recvWindow=5000`;
		const answer = await call(CASH, query, { body, at, signed: `${query}&timestamp=${String(at)}` });
		expect(answer.status).toBe(401);
		expect(answer.hint).toBe('matches profile "query" in hex-lower');
		expect(answer.text).not.toMatch(/[0-9a-f]{64}/);
	});
});

describe('order of refusals', () => {
	beforeEach(async () => {
		await start();
	});

	test('key, parameters, duplicates, timestamp, window, signature, user, portfolio, body', async () => {
		const good = 'externalUserId=USER015&recvWindow=5000';
		expect((await call(USERS, 'size=1', { key: 'wrong' })).status).toBe(401);
		expect((await call(CASH, 'recvWindow=5000', { body: cashBody() })).body.message).toBe(
			'Missing parameter: externalUserId',
		);
		expect((await call(CASH, `${good}&recvWindow=5000`, { body: cashBody() })).body.message).toBe(
			'Duplicate parameter: recvWindow',
		);
		expect((await call(USERS, 'recvWindow=60001')).body.message).toMatch(/recvWindow/);
		expect((await call(USERS, 'recvWindow=5000', { at: Date.now() - 6000 })).hint).toMatch(
			/^timestamp is [6-9]\d{3} ms old$/,
		);
		expect((await call(USERS, 'recvWindow=5000', { signed: 'other' })).hint).toBe('matches no profile');
		expect((await call(CASH, 'externalUserId=NOBODY&recvWindow=5000', { body: cashBody() })).status).toBe(403);
		expect((await call(CASH, good, { body: cashBody({ portfolioId: 870 }) })).status).toBe(403);
		expect((await call(CASH, good, { body: cashBody({ portfolioId: 1 }) })).status).toBe(404);
		expect((await call(CASH, good, { body: cashBody({ fromDate: '2026-01-01' }) })).body.message).toMatch(/fromDate/);
		expect((await call(CASH, good, { body: cashBody(), type: 'text/plain' })).status).toBe(415);
		expect((await call('/api/none', 'recvWindow=5000')).status).toBe(404);
		expect((await call('/api/none', 'recvWindow=5000', { signed: 'other' })).status).toBe(401);
		expect((await call(CASH, good)).status).toBe(405);
	});

	test('the Binance window', () => {
		expect(isInWindow(1_000_999, 1_000_000, 5000)).toBe(true);
		expect(isInWindow(1_001_000, 1_000_000, 5000)).toBe(false);
		expect(isInWindow(995_000, 1_000_000, 5000)).toBe(true);
		expect(isInWindow(994_999, 1_000_000, 5000)).toBe(false);
		expect([
			readWindow(undefined),
			readWindow('60000'),
			readWindow('60001'),
			readWindow('0'),
			readWindow('5e3'),
		]).toEqual([5000, 60_000, null, null, null]);
	});

	test('a replay passes, unless the switch refuses it', async () => {
		const at = Date.now();
		expect((await call(USERS, 'recvWindow=5000', { at })).status).toBe(200);
		sandbox.simplize.quirks.set({ rejectReplays: true });
		expect((await call(USERS, 'recvWindow=5000', { at })).status).toBe(200);
		expect((await call(USERS, 'recvWindow=5000', { at })).status).toBe(401);
	});
});

describe('endpoints', () => {
	beforeEach(async () => {
		await start({ apiKey: 'k', apiSecret: 's' });
	});
	const user = 'externalUserId=USER015&recvWindow=5000';

	test('cash histories: newest first, paged from 0, total of all, empty fields left out', async () => {
		const first = await call(CASH, user, { body: cashBody() });
		expect(first.body).toMatchObject({ status: 200, message: 'Success', total: 53 });
		const second = await call(CASH, user, { body: cashBody({ page: 1 }) });
		const dates = [...rowsOf(first), ...rowsOf(second)].map((row) => String(row.date));
		expect(dates).toHaveLength(30);
		expect([...dates].sort().reverse()).toEqual(dates);
		for (const row of rowsOf(first)) expect(Object.values(row)).not.toContain(null);
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
			rowsOf(await call(CASH, user, { body: cashBody({ portfolioId: 863, ...changes }) })).length;
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
		expect(rowsOf(byText)[0]).toMatchObject({
			transactionType: 'BUY',
			date: expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/) as string,
		});
		sandbox.simplize.quirks.set({ stockTransactionTypes: 'comma' });
		expect((await call(path, user, { body: cashBody({ transactionTypes: ['1'] }) })).status).toBe(400);
	});

	test('users, portfolio detail and batch status', async () => {
		const users = await call(USERS, 'page=0&recvWindow=5000&size=2');
		expect(users.body.total).toBe(9);
		expect(rowsOf(users).map((row) => row.id)).toEqual([26, 25]);
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
		expect(rowsOf(capped)).toHaveLength(5);
		expect(capped.body.total).toBeUndefined();
		quirks.reset();
		faults.add({ kind: 'wrongTotal', by: -50, count: 1 });
		expect((await call(CASH, user, { body: cashBody() })).body.total).toBe(3);
		faults.add({ kind: 'emptyData', count: 1 });
		expect(rowsOf(await call(CASH, user, { body: cashBody() }))).toEqual([]);
		faults.add({ kind: 'repeatPage', forever: true });
		expect(rowsOf(await call(CASH, user, { body: cashBody({ page: 2 }) }))).toEqual(
			rowsOf(await call(CASH, user, { body: cashBody() })),
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
		await control('DELETE', '/quirks');
		expect(await control('POST', '/faults', { kind: 'slow', ms: 1 })).toMatchObject({ id: 1 });
		const added = await control('POST', '/cash-movements', { movements: [{ portfolioId: 862, amount: 5_000_000 }] });
		expect(added.movements).toMatchObject([{ amount: 5_000_000, type: 'DEPOSIT' }]);
		const log = JSON.stringify(await control('GET', '/requests'));
		expect(log).toMatch(/signature=\*\*\*/);
		expect(log).not.toMatch(/[0-9a-f]{64}/);
	});
});
