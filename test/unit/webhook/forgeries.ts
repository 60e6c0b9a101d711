/** A promise of the verifier as a property: what differs from the signed delivery is refused. */
import fc from 'fast-check';
import { verifyWebhook } from '@saoke/core';
import { print, referenceSign, referenceVerify, type Json } from './reference';
import {
	key,
	nested,
	scalar,
	signed,
	signedWith,
	type PropertyOptions,
	type Signed,
	type SignedCase,
} from './signedDeliveries';

/** One change that makes another value, another time or another signature. */
const change = fc.oneof(
	fc.record({ kind: fc.constant('amount' as const), by: fc.integer({ min: 1, max: 1_000_000 }) }),
	fc.record({ kind: fc.constant('member' as const), key, value: nested, isInData: fc.boolean() }),
	fc.record({ kind: fc.constant('drop' as const), at: fc.nat(), isInData: fc.boolean() }),
	fc.record({
		kind: fc.constant('letter' as const),
		at: fc.nat(),
		letter: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
	}),
	fc.record({
		kind: fc.constant('repeat' as const),
		key: fc.constantFrom('amount', 'id', 'accountNumber'),
		value: scalar,
	}),
	fc.record({
		kind: fc.constant('time' as const),
		by: fc.integer({ min: -100_000, max: 100_000 }).filter((by) => by !== 0),
	}),
	fc.record({ kind: fc.constant('timeSpelling' as const), prefix: fc.constantFrom('0', '+', '00', ' ') }),
	fc.record({
		kind: fc.constant('digit' as const),
		at: fc.nat({ max: 127 }),
		digit: fc.constantFrom(...'0123456789abcdefABCDEF'),
	}),
	fc.record({
		kind: fc.constant('header' as const),
		form: fc.constantFrom('empty', 'upper', 'short', 'long', 'twice', 'onlyT', 'onlyV1', 'swapKey', 'sha256', 'extra'),
	}),
);

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Deliveries that differ from the signed one in parsed body, `t` or `v1`. */
function createForgery(from: fc.Arbitrary<Signed>): fc.Arbitrary<SignedCase> {
	return fc
		.tuple(from, change)
		.map(([genuine, how]) => forge(genuine, how))
		.filter(({ body, key: keyText, header }) => !referenceVerify(body, keyText, header));
}

const forgery = createForgery(signed);

/** @returns forgeries of deliveries signed with one key, for sending to a real host */
export function sampleForgeries(count: number, keyText: string, seed: number): SignedCase[] {
	return fc.sample(createForgery(signedWith(fc.constant(keyText))), { numRuns: count, seed });
}

function forge(from: Signed, how: Change): SignedCase {
	const { body, key: keyText, header, t } = from;
	const v1 = header.slice(header.indexOf('v1=') + 3);
	const data = new Map(from.value.get('data') as Map<string, Json>);
	const whole = new Map(from.value).set('data', data);
	const target = 'isInData' in how && how.isInData ? data : whole;
	switch (how.kind) {
		case 'amount':
			data.set('amount', (data.get('amount') as number) + how.by);
			return { key: keyText, header, body: print(whole) };
		case 'member':
			target.set(how.key, how.value);
			return { key: keyText, header, body: print(whole) };
		case 'drop':
			target.delete([...target.keys()][how.at % target.size] ?? '');
			return { key: keyText, header, body: print(whole) };
		case 'letter': {
			const at = how.at % body.length;
			return { key: keyText, header, body: body.slice(0, at) + how.letter + body.slice(at + 1) };
		}
		case 'repeat':
			// The signed value first, another one last.
			return {
				key: keyText,
				header,
				body: `${print(data).slice(0, -1)},${JSON.stringify(how.key)}:${print(how.value)}}`
					.replace(/^/, '{"data":')
					.replace(/$/, ',"error":0}'),
			};
		case 'time':
			return { key: keyText, body, header: `t=${Number(t) + how.by},v1=${v1}` };
		case 'timeSpelling':
			return { key: keyText, body, header: `t=${how.prefix}${t},v1=${v1}` };
		case 'digit':
			return { key: keyText, body, header: `t=${t},v1=${v1.slice(0, how.at)}${how.digit}${v1.slice(how.at + 1)}` };
		case 'header':
			return { key: keyText, body, header: bendHeader(how.form, t, v1, body, keyText) };
	}
}

function bendHeader(form: string, t: string, v1: string, body: string, keyText: string): string {
	switch (form) {
		case 'empty':
			return '';
		case 'upper':
			return `t=${t},v1=${v1.toUpperCase()}`;
		case 'short':
			return `t=${t},v1=${v1.slice(0, 127)}`;
		case 'long':
			return `t=${t},v1=${v1}0`;
		case 'twice':
			return `t=${t},v1=${v1},v1=${v1}`;
		case 'onlyT':
			return `t=${t}`;
		case 'onlyV1':
			return `v1=${v1}`;
		case 'swapKey':
			return referenceSign(body, `${keyText}x`, t);
		case 'sha256':
			return `t=${t},v1=${v1.slice(0, 64)}`;
		default:
			return `t=${t},v1=${v1},v0=${v1}`;
	}
}

/** @throws with the smallest failing case when a forged delivery is taken */
export function checkForgeries({ runs, seed }: PropertyOptions): void {
	fc.assert(
		fc.property(forgery, ({ body, key: keyText, header }) => {
			const verdict = verifyWebhook(
				{ 'x-casso-signature': header },
				Buffer.from(body),
				{ securityKey: keyText },
				{ nowMs: 0 },
			);
			return !verdict.isAuthentic;
		}),
		{ numRuns: runs, seed },
	);
}
