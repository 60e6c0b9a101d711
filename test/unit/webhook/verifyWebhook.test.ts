/** Verification of webhook deliveries: vectors, every reason of refusal, key rotation, replay window, bounds. */
import {
	describeRefusal,
	hashSecureToken,
	makeSecureToken,
	refusalStatus,
	signWebhook,
	verifyWebhook,
	type RefusalReason,
	type WebhookSecrets,
} from '@saoke/core';
import { referenceSign } from './reference';
import { VECTORS } from './vectors';

const KEY = 'a-security-key';
const BODY = '{"error":0,"data":{"id":1,"amount":5000}}';
const NOW = 1_727_948_258_788;

function verify(
	headers: Record<string, string | string[]>,
	body: string | Uint8Array,
	secrets: WebhookSecrets,
	options: { allowLegacy?: boolean; replayWindowMs?: number } = {},
): string {
	const verdict = verifyWebhook(headers, body, secrets, { nowMs: NOW, ...options });
	return verdict.isAuthentic ? `${verdict.dialect} ${verdict.matched}` : verdict.reason;
}

function signed(body: string, t: number | string = NOW, key = KEY): Record<string, string> {
	return { 'x-casso-signature': referenceSign(body, key, String(t)) };
}

describe('vectors', () => {
	it.each(VECTORS)('$name', ({ key, header, body, isValid }) => {
		expect(verify({ 'X-Casso-Signature': header }, Buffer.from(body), { securityKey: key })).toBe(
			isValid ? 'v2 current' : 'badSignature',
		);
	});
});

describe('Webhook V2', () => {
	it('takes bytes and text alike, and ignores a byte-order mark', () => {
		expect(verify(signed(BODY), BODY, { securityKey: KEY })).toBe('v2 current');
		expect(verify(signed(BODY), Buffer.from(`\ufeff${BODY}`), { securityKey: KEY })).toBe('v2 current');
	});

	it('finds the header in any case', () => {
		const value = referenceSign(BODY, KEY, String(NOW));
		for (const name of ['X-Casso-Signature', 'x-casso-signature', 'X-CASSO-SIGNATURE']) {
			expect(verify({ [name]: value }, BODY, { securityKey: KEY })).toBe('v2 current');
		}
	});

	it('takes t and v1 in either order, with white space around the comma', () => {
		const [t = '', v1 = ''] = referenceSign(BODY, KEY, String(NOW)).split(',');
		for (const header of [`${v1},${t}`, ` ${t} ,  ${v1} `]) {
			expect(verify({ 'x-casso-signature': header }, BODY, { securityKey: KEY })).toBe('v2 current');
		}
	});

	it('takes the previous key while it is given, and says which fitted', () => {
		const headers = signed(BODY, NOW, 'old');
		expect(verify(headers, BODY, { securityKey: KEY, previousSecurityKey: 'old' })).toBe('v2 previous');
		expect(verify(headers, BODY, { securityKey: KEY, previousSecurityKey: '' })).toBe('badSignature');
		expect(verify(headers, BODY, { securityKey: '', previousSecurityKey: 'old' })).toBe('v2 previous');
	});

	it.each([
		'',
		't=1',
		'v1=00',
		't=1,v1=zz',
		`t=x,v1=${'0'.repeat(128)}`,
		`t=1,v1=${'0'.repeat(127)}`,
		`t=1;v1=${'0'.repeat(128)}`,
		`t=1,t=1,v1=${'0'.repeat(128)}`,
		`t=1,v1=${'A'.repeat(128)}`,
	])('refuses the header %s as malformed', (header) => {
		expect(verify({ 'x-casso-signature': header }, BODY, { securityKey: KEY })).toBe('malformedSignature');
	});

	it('refuses two signature headers, each of them right', () => {
		const value = referenceSign(BODY, KEY, String(NOW));
		expect(verify({ 'x-casso-signature': [value, value] }, BODY, { securityKey: KEY })).toBe('malformedSignature');
		expect(verify({ 'x-casso-signature': value, 'X-Casso-Signature': value }, BODY, { securityKey: KEY })).toBe(
			'v2 current',
		);
	});

	it('hands out the parsed body with prototype-like keys as plain data', () => {
		const body = '{"error":0,"data":{"__proto__":{"amount":9},"constructor":1,"id":1,"amount":5000}}';
		const verdict = verifyWebhook(signed(body), body, { securityKey: KEY }, { nowMs: NOW });
		expect(verdict.isAuthentic && Object.keys((verdict.body as { data: object }).data)).toEqual([
			'__proto__',
			'constructor',
			'id',
			'amount',
		]);
		expect(({} as { amount?: unknown }).amount).toBeUndefined();
	});

	it('sorts keys that look like numbers as text', () => {
		const body = '{"error":0,"data":{"10":1,"9":2,"1":3,"id":4,"amount":5}}';
		expect(verify(signed(body), body, { securityKey: KEY })).toBe('v2 current');
	});
});

describe('no downgrade', () => {
	const secrets = { securityKey: KEY, secureToken: 'token' };

	it('refuses an unsigned delivery where a key is configured, even with the right token', () => {
		expect(verify({ 'secure-token': 'token' }, BODY, secrets)).toBe('noSignature');
	});

	it('takes it where legacy is allowed explicitly', () => {
		expect(verify({ 'secure-token': 'token' }, BODY, secrets, { allowLegacy: true })).toBe('legacy current');
		expect(verify({ 'secure-token': 'Token' }, BODY, secrets, { allowLegacy: true })).toBe('badToken');
	});

	it('never takes a key for a token or a token for a key', () => {
		expect(verify({ 'secure-token': KEY }, BODY, secrets, { allowLegacy: true })).toBe('badToken');
		expect(verify(signed(BODY, NOW, 'token'), BODY, secrets, { allowLegacy: true })).toBe('badSignature');
	});

	it('checks a signature that is there, whatever token comes with it', () => {
		const headers = { 'x-casso-signature': `t=1,v1=${'0'.repeat(128)}`, 'secure-token': 'token' };
		expect(verify(headers, BODY, secrets, { allowLegacy: true })).toBe('badSignature');
	});

	it('refuses everything where no secret is configured', () => {
		expect(verify(signed(BODY, NOW, ''), BODY, {})).toBe('noSecret');
		expect(verify({ 'secure-token': '' }, BODY, { secureToken: '' })).toBe('noSecret');
		expect(verify({}, BODY, { securityKey: '', secureTokenHash: '' }, { allowLegacy: true })).toBe('noSecret');
	});
});

describe('legacy token', () => {
	it('is compared by its hash, current or previous, exact case', () => {
		const token = makeSecureToken();
		expect(token.length).toBeGreaterThanOrEqual(32);
		const secrets = { secureTokenHash: hashSecureToken(token), previousSecureToken: 'earlier' };
		expect(verify({ 'Secure-Token': token }, BODY, secrets)).toBe('legacy current');
		expect(verify({ 'secure-token': 'earlier' }, BODY, secrets)).toBe('legacy previous');
		expect(verify({ 'secure-token': token.toUpperCase() }, BODY, secrets)).toBe('badToken');
		expect(verify({}, BODY, secrets)).toBe('noToken');
		expect(verify({ 'secure-token': [token, token] }, BODY, secrets)).toBe('badToken');
	});

	it('is checked before the body is read', () => {
		expect(verify({ 'secure-token': 'wrong' }, 'no json', { secureToken: 'token' })).toBe('badToken');
		expect(verify({ 'secure-token': 'token' }, 'no json', { secureToken: 'token' })).toBe('notJson');
	});
});

describe('replay window', () => {
	const window = { replayWindowMs: 300_000 };

	it.each([
		[0, 'v2 current'],
		[-300_000, 'v2 current'],
		[300_000, 'v2 current'],
		[-300_001, 'tooOld'],
		[300_001, 'clock'],
		[-86_400_000, 'tooOld'],
	])('a delivery signed %d ms from now gives %s', (distance, expected) => {
		expect(verify(signed(BODY, NOW + distance), BODY, { securityKey: KEY }, window)).toBe(expected);
	});

	it('is off by default', () => {
		expect(verify(signed(BODY, 0), BODY, { securityKey: KEY })).toBe('v2 current');
		expect(verify(signed(BODY, 999_999_999_999_999), BODY, { securityKey: KEY })).toBe('v2 current');
	});

	it('says bad signature, not too old, where both hold', () => {
		expect(verify(signed(BODY, 0, 'other'), BODY, { securityKey: KEY }, window)).toBe('badSignature');
	});
});

describe('bounds', () => {
	const nestedBody = (depth: number): string => `{"error":0,"data":${'['.repeat(depth)}${']'.repeat(depth)}}`;

	it('refuses what is no JSON, no UTF-8, too large or too deep, in both dialects', () => {
		const token = { 'secure-token': 'token' };
		const signature = { 'x-casso-signature': `t=1,v1=${'0'.repeat(128)}` };
		const cases: [string | Uint8Array, RefusalReason][] = [
			['', 'notJson'],
			['{"a":', 'notJson'],
			[Buffer.from([0x22, 0xff, 0x22]), 'notJson'],
			[nestedBody(20_000), 'tooDeep'],
			[`"${'x'.repeat(4 * 1024 * 1024)}"`, 'tooLarge'],
		];
		for (const [body, reason] of cases) {
			expect(verify(token, body, { secureToken: 'token' })).toBe(reason);
			expect(verify(signature, body, { securityKey: KEY })).toBe(reason);
		}
		expect(verify(token, nestedBody(200_000), { secureToken: 'token' })).toBe('tooDeep');
		const large = `"${'x'.repeat(64 * 1024)}"`;
		expect(verify(signature, large, { securityKey: KEY })).toBe('tooLarge');
		expect(verify(signature, large.slice(3), { securityKey: KEY })).toBe('notJson');
		expect(verify(token, large, { secureToken: 'token' })).toBe('legacy current');
		const withNull = '{"error":0,"data":{"id":1,"amount":5000,"runningBalance":null}}';
		expect(verify(signed(withNull), withNull, { securityKey: KEY })).toBe('v2 current');
		expect(verify(signed(withNull), withNull.replace('null', '1e999'), { securityKey: KEY })).toBe('numberTooLarge');
		expect(verify(signed(nestedBody(31)), nestedBody(31), { securityKey: KEY })).toBe('v2 current');
	});
});

describe('what nothing proves yet', () => {
	const createBody = (length: number): string => JSON.stringify({ data: 'x'.repeat(length - '{"data":""}'.length) });
	const MAX = 64 * 1024;

	it('is parsed up to 64 KiB if it is signed, up to 4 MiB with the right token', () => {
		expect(verify(signed(createBody(MAX)), createBody(MAX), { securityKey: KEY })).toBe('v2 current');
		const parse = jest.spyOn(JSON, 'parse');
		expect(verify(signed(BODY), createBody(MAX + 1), { securityKey: KEY })).toBe('tooLarge');
		expect(verify(signed(BODY), Buffer.from(createBody(MAX + 1)), { securityKey: KEY })).toBe('tooLarge');
		expect(parse).not.toHaveBeenCalled();
		parse.mockRestore();
		const large = createBody(4 * 1024 * 1024);
		expect(verify({ 'secure-token': 'token' }, large, { secureToken: 'token' })).toBe('legacy current');
		expect(verify({ 'secure-token': 'wrong' }, large, { secureToken: 'token' })).toBe('badToken');
	});

	it('is refused if it is compressed, unless the token is right', () => {
		for (const encoding of ['gzip', 'GZIP', 'br', 'deflate, gzip', ' gzip']) {
			expect(verify({ ...signed(BODY), 'Content-Encoding': encoding }, BODY, { securityKey: KEY })).toBe('compressed');
			const token = { 'secure-token': 'token', 'content-encoding': encoding };
			expect(verify(token, BODY, { secureToken: 'token' })).toBe('legacy current');
		}
		for (const encoding of ['', 'identity'])
			expect(verify({ ...signed(BODY), 'content-encoding': encoding }, BODY, { securityKey: KEY })).toBe('v2 current');
	});
});

describe('refusals', () => {
	it('answer 401, and 400 for a body that cannot be read', () => {
		const bad: RefusalReason[] = ['notJson', 'tooLarge', 'tooDeep', 'numberTooLarge'];
		const unauthentic: RefusalReason[] = [
			'noSecret',
			'noSignature',
			'malformedSignature',
			'badSignature',
			'compressed',
			'noToken',
			'badToken',
			'tooOld',
			'clock',
		];
		expect(bad.map(refusalStatus)).toEqual([400, 400, 400, 400]);
		expect(new Set(unauthentic.map(refusalStatus))).toEqual(new Set([401]));
		expect(new Set([...bad, ...unauthentic].map(describeRefusal)).size).toBe(13);
	});
});

describe('signWebhook', () => {
	it('makes headers that pass, as the reference makes them', () => {
		const headers = signWebhook(` ${BODY}`, { securityKey: KEY, signedAtMs: NOW });
		expect(headers).toEqual({ 'X-Casso-Signature': referenceSign(BODY, KEY, String(NOW)) });
		expect(verify(headers, BODY, { securityKey: KEY })).toBe('v2 current');
		expect(verify(signWebhook(BODY, { secureToken: 'token' }), BODY, { secureToken: 'token' })).toBe('legacy current');
	});

	it('refuses what makes no sense', () => {
		expect(() => signWebhook('{', { securityKey: KEY, signedAtMs: NOW })).toThrow('The body is not JSON');
		expect(() => signWebhook(BODY, { securityKey: '', signedAtMs: NOW })).toThrow('The secret is empty');
		expect(() => signWebhook(BODY, { securityKey: KEY, signedAtMs: 1.5 })).toThrow('milliseconds');
	});
});
