/** Signing: the published vectors, and the sandbox's own verifier against 10,000 random requests a profile. */
import fc from 'fast-check';
import {
	canonicalQuery,
	checkProfile,
	checkRecvWindow,
	hmacSha256,
	parseQuery,
	percentEncode,
	profileHeader,
	signedText,
	signRequest,
	SIGNATURE_ENCODINGS,
	SIGNATURE_PAYLOADS,
	SIGNING_PROFILE_HEADER,
	takeProfileHeader,
	type QueryPair,
	type SigningKeys,
	type SigningProfile,
} from '@saoke/core';
import {
	isSignedBy,
	getRawQuery,
	splitQuery,
	withoutSignature,
} from '../../../packages/sandbox/src/simplize/signature';
import vectors from '../../fixtures/simplize-signing.json';

const keysFor = (profile: SigningProfile, apiSecret = 'simplize-sandbox-secret'): SigningKeys => ({
	apiKey: 'key',
	apiSecret,
	recvWindow: 5000,
	profile,
});

describe('published vectors', () => {
	test.each(vectors.binanceReference.vectors)('$name', (vector) => {
		const text = signedText('query+body', vector.query, vector.body);
		expect(text).toBe(vector.payload);
		expect(hmacSha256(text, vectors.binanceReference.secret, 'hex')).toBe(vector.expectedSignature);
	});

	test.each(vectors.project.vectors)('$name', (vector) => {
		const payload = vector.profile.startsWith('query+body') ? 'query+body' : 'query';
		const timestamp = Number(/timestamp=(\d+)/.exec(vector.query)?.[1]);
		const unordered = `https://example.com${vector.path}?${vector.query.replace(/&?(recvWindow|timestamp)=\d+/g, '').replace(/^&/, '')}`;
		const signed = signRequest(
			{ url: unordered, body: vector.body },
			keysFor({ payload, encoding: 'hex' }, vectors.project.secret),
			timestamp,
		);
		expect(signed.url).toBe(`https://example.com${vector.path}?${vector.query}&signature=${vector.expectedSignature}`);
		expect(Buffer.byteLength(signed.body)).toBe(vector.bodyBytes);
	});
});

/** Text as users have it: Vietnamese, quotes, plus, slash, per cent, blanks, emoji, and everything that queries are made of. */
const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 12 }),
	fc.string({
		unit: fc.constantFrom(
			'ạ',
			'Đ',
			'ư',
			' ',
			"'",
			'"',
			'+',
			'/',
			'%',
			'&',
			'=',
			'?',
			'#',
			'🐉',
			'~',
			'!',
			'(',
			')',
			'*',
			'a',
			'0',
			'%20',
		),
		maxLength: 12,
	}),
);
const name = fc
	.string({ unit: fc.constantFrom('a', 'b', 'Z', '_', '1', 'ư', ' '), minLength: 1, maxLength: 6 })
	.filter((candidate) => !['timestamp', 'signature', 'recvWindow'].includes(candidate));
const request = fc.record({
	pairs: fc.array(fc.tuple(name, text), { maxLength: 5 }),
	body: fc.oneof(
		fc.constant(''),
		fc.dictionary(text, text, { maxKeys: 3 }).map((value) => JSON.stringify(value)),
	),
	secret: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }),
	timestamp: fc.integer({ min: 1_600_000_000_000, max: 1_999_999_999_999 }),
});
const profiles = SIGNATURE_PAYLOADS.flatMap((payload) =>
	SIGNATURE_ENCODINGS.map((encoding) => ({ payload, encoding })),
);

/** What a server would see of a signed request, taken apart by the sandbox's own reader. */
function received(
	url: string,
	body: string,
): { query: string; body: Buffer; signature: string; values: Map<string, string> } {
	const pairs = splitQuery(getRawQuery(url)) ?? [];
	const signature = pairs.find((pair) => pair.name === 'signature')?.value ?? '';
	return {
		query: withoutSignature(pairs),
		body: Buffer.from(body),
		signature,
		values: new Map(pairs.map((pair) => [pair.name, pair.value])),
	};
}

const accepted = (
	profile: SigningProfile,
): { payload: SigningProfile['payload']; encoding: 'hex-lower' | 'hex-upper' | 'base64' } => ({
	payload: profile.payload,
	encoding: profile.encoding === 'hex' ? 'hex-lower' : profile.encoding,
});

describe.each(profiles)('profile $payload, $encoding', (profile) => {
	test('10,000 random requests verify, and no flipped byte does', () => {
		fc.assert(
			fc.property(request, fc.nat(), ({ pairs, body, secret, timestamp }, place) => {
				const url = `https://example.com/api?${pairs.map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`).join('&')}`;
				const signed = signRequest({ url, body }, keysFor(profile, secret), timestamp);
				const seen = received(signed.url, signed.body);
				const rule = accepted(profile);
				const verifies = (change: Partial<typeof seen>): boolean => isSignedBy({ ...seen, ...change }, secret, rule);
				const usesQuery = profile.payload !== 'body' || body === '';
				const usesBody = profile.payload !== 'query' && body !== '';
				const once = pairs.filter(([key]) => pairs.filter(([other]) => other === key).length === 1);
				return (
					verifies({}) &&
					once.every(([key, value]) => seen.values.get(key) === value) &&
					!verifies({ signature: flip(Buffer.from(seen.signature), place).toString('latin1') }) &&
					!(usesQuery && verifies({ query: flip(Buffer.from(seen.query), place).toString('latin1') })) &&
					!(usesBody && verifies({ body: flip(seen.body, place) }))
				);
			}),
			{ numRuns: 10_000 },
		);
	}, 60_000);
});

/** A copy with one bit of one byte changed. */
function flip(bytes: Buffer, place: number): Buffer {
	const copy = Buffer.from(bytes);
	const at = place % copy.length;
	copy[at] = (copy[at] ?? 0) ^ 1;
	return copy;
}

describe('canonical request', () => {
	const sign = (url: string, body = '', keys = keysFor({ payload: 'query', encoding: 'hex' })): string =>
		signRequest({ url, body }, keys, 1_769_574_940_650).url;

	test('names in ASCII order, signature last, recvWindow always there', () => {
		const url = sign('https://h/a?type=live&size=1&page=0&batchId=b&externalUserId=U&mode=avg&summary=true&ticker=HPG');
		expect(url.replace(/=[^&]*/g, '')).toBe(
			'https://h/a?batchId&externalUserId&mode&page&recvWindow&size&summary&ticker&timestamp&type&signature',
		);
	});

	test('RFC 3986: quotes, stars and brackets too; a blank is %20', () => {
		expect(percentEncode("o'neil+vn/1 &%(*)!~")).toBe('o%27neil%2Bvn%2F1%20%26%25%28%2A%29%21~');
		expect(sign("https://h/a?externalUserId=o'neil+vn")).toMatch(/externalUserId=o%27neil%20vn&/);
	});

	test('an old timestamp and signature are replaced, a fragment is dropped, an own recvWindow is kept', () => {
		const url = sign('https://h/a?timestamp=1&signature=old&recvWindow=60000#part');
		expect(url).toMatch(/^https:\/\/h\/a\?recvWindow=60000&timestamp=1769574940650&signature=[0-9a-f]{64}$/);
		expect(() => sign('https://h/a?recvWindow=60001')).toThrow('receive window');
	});

	test('base64 is percent-encoded in the query', () => {
		const url = sign('https://h/a', '', keysFor({ payload: 'query', encoding: 'base64' }));
		expect(url).toMatch(/signature=([A-Za-z0-9]|%2B|%2F)+%3D$/);
	});

	test('values with the same name keep their order', () => {
		expect(
			canonicalQuery([
				['b', '2'],
				['a', '9'],
				['b', '1'],
			]),
		).toBe('a=9&b=2&b=1');
		expect(parseQuery('a=1+2%203&b&=c')).toEqual<QueryPair[]>([
			['a', '1 2 3'],
			['b', ''],
			['', 'c'],
		]);
	});

	test('the secret is used as it is, white space included; the key is trimmed', () => {
		const url = sign('https://h/a', '', { ...keysFor({ payload: 'query', encoding: 'hex' }, ' s '), apiKey: ' k ' });
		const wanted = hmacSha256('recvWindow=5000&timestamp=1769574940650', ' s ', 'hex');
		expect(url.endsWith(wanted)).toBe(true);
		expect(
			signRequest(
				{ url: 'https://h/a', body: '' },
				{ ...keysFor({ payload: 'query', encoding: 'hex' }), apiKey: ' k ' },
				1,
			).apiKey,
		).toBe('k');
	});

	test.each([
		['an empty secret', { apiSecret: '' }],
		['an empty key', { apiKey: '  ' }],
		['a key with a line break', { apiKey: 'a\nb' }],
	])('%s is refused', (_what, change) => {
		const keys = { ...keysFor({ payload: 'query', encoding: 'hex' }), ...change };
		expect(() => signRequest({ url: 'https://h/a', body: '' }, keys, 1)).toThrow(/API/);
	});

	test('broken percent-encoding is refused', () => {
		expect(() => sign('https://h/a?x=%zz')).toThrow('not valid percent-encoding');
	});
});

describe('options', () => {
	test('empty options are the defaults; unknown ones are refused, never replaced', () => {
		expect(checkProfile('', undefined)).toEqual({ payload: 'query+body', encoding: 'hex' });
		expect(() => checkProfile('flat-sorted', 'hex')).toThrow('not known');
		expect(() => checkProfile('query', 'HEX')).toThrow('not known');
	});

	test('the receive window', () => {
		expect([checkRecvWindow(undefined), checkRecvWindow('1'), checkRecvWindow(60_000)]).toEqual([5000, 1, 60_000]);
		for (const bad of [0, 60_001, 1.5, '5s', -1, {}]) expect(() => checkRecvWindow(bad)).toThrow('1 to 60000');
	});

	test('the private header is taken off in any case, and names a profile', () => {
		const { headers, profile } = takeProfileHeader({
			...profileHeader({ payload: 'query&body', encoding: 'base64' }),
			accept: 'x',
		});
		expect(headers).toEqual({ accept: 'x' });
		expect(profile).toEqual({ payload: 'query&body', encoding: 'base64' });
		expect(takeProfileHeader({ [SIGNING_PROFILE_HEADER.toUpperCase()]: 7 })).toEqual({ headers: {} });
	});
});
