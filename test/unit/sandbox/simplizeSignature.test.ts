/** How the Simplize service checks a request: signature rules, the time window, the order of refusals. */
import { createHmac } from 'node:crypto';
import vectors from '../../fixtures/simplize-signing.json';
import { isSignedBy, isInWindow, readWindow } from '../../../packages/sandbox/src/simplize/signature';
import { CASH, call, cashBody, close, sandbox, start, USERS } from './simplizeSupport';

afterEach(close);

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
