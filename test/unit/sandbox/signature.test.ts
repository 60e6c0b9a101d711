/** The sandbox's own signing against the official vector and a reference written the long way (spec 6.3). */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { V2_DIALECT } from '../core/samples';
import { signatureHeader, sortedCompactJson } from '../../../packages/sandbox/src/casso/webhooks/signature';

/** Casso's published test call. */
const OFFICIAL = {
	key: 'mgExMrjj4i7a1p8Cs6LmFbpCd8lbw4sSX4LZXPag7TKazeIogtR90tvWYTkwQbvs',
	t: 1727948258788,
	v1: 'ed0a4bd2e826d5cb69988cdb141e6c1a080e21f3b57eb72cd78192220042b9e7dde0868fc667faea8e224900fa7904e7c88dfa098032fb2d6b6996856e8b7ff3',
	data: V2_DIALECT,
};

test('the official test call has the official signature, however its text is spaced or ordered', () => {
	const expected = `t=${String(OFFICIAL.t)},v1=${OFFICIAL.v1}`;
	const body = { error: 0, data: OFFICIAL.data };
	const turned = { data: Object.fromEntries(Object.entries(OFFICIAL.data).reverse()), error: 0 };
	for (const text of [JSON.stringify(body), JSON.stringify(body, null, '\t'), JSON.stringify(turned)]) {
		expect(signatureHeader(text, OFFICIAL.key, OFFICIAL.t)).toBe(expected);
	}
});

test('keys are sorted by code unit at every level, arrays keep their order, text stays as JSON.stringify writes it', () => {
	const value = { b: [{ z: 1, Z: 2, a: 'đ/"\\' }, null, true], ă: 1.5, a: { 10: 'x', 9: 'y' }, __proto__: 1 };
	expect(sortedCompactJson(value)).toBe(
		'{"a":{"10":"x","9":"y"},"b":[{"Z":2,"a":"đ/\\"\\\\","z":1},null,true],"ă":1.5}',
	);
	expect(sortedCompactJson(JSON.parse('{"constructor":1,"__proto__":{"b":1,"a":2}}'))).toBe(
		'{"__proto__":{"a":2,"b":1},"constructor":1}',
	);
});

test('sorted text means the same, and is stable, for any JSON', () => {
	fc.assert(
		fc.property(fc.json(), (text) => {
			const value = JSON.parse(text) as unknown;
			const sorted = sortedCompactJson(value);
			expect(JSON.parse(sorted)).toEqual(value);
			expect(sortedCompactJson(JSON.parse(sorted))).toBe(sorted);
		}),
		{ numRuns: 300 },
	);
});

test('the header is the HMAC-SHA512 of t, a dot and the sorted text', () => {
	fc.assert(
		fc.property(fc.dictionary(fc.string(), fc.string()), fc.string({ minLength: 1 }), fc.nat(), (data, key, t) => {
			const sortedData = Object.keys(data)
				.sort()
				.map((name) => `${JSON.stringify(name)}:${JSON.stringify(data[name])}`)
				.join(',');
			const message = `${String(t)}.{"data":{${sortedData}},"error":0}`;
			const v1 = createHmac('sha512', key).update(message).digest('hex');
			expect(signatureHeader(JSON.stringify({ error: 0, data }), key, t)).toBe(`t=${String(t)},v1=${v1}`);
		}),
		{ numRuns: 200 },
	);
});
