/**
 * Random signed deliveries, whose keys, numbers and texts are as odd as JSON allows. What is made from them is labelled by
 * the reference, so a generator that slips cannot hide a fault.
 */
import fc from 'fast-check';
import { print, referenceSign, type Json } from './reference';

export interface PropertyOptions {
	runs: number;
	/** For repeating a run. */
	seed?: number;
}

const SPECIAL_KEYS = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'1',
	'10',
	'2',
	'é',
	'đơn',
	'\ud83c\udf81',
	'',
];
const RECORD_KEYS = [
	'id',
	'reference',
	'description',
	'amount',
	'runningBalance',
	'transactionDateTime',
	'accountNumber',
];

const text = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 20 }),
	fc.constantFrom('', 'DH1024', 'Nguyễn / Đào "x" \\ \u2028', '\u0000\u001f', '0071000888888'),
);
export const scalar: fc.Arbitrary<Json> = fc.oneof(
	text,
	fc.integer(),
	fc.maxSafeInteger(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.constant(null),
);
export const key = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...SPECIAL_KEYS, ...RECORD_KEYS) },
	{ weight: 1, arbitrary: text },
);

function createMap(value: fc.Arbitrary<Json>): fc.Arbitrary<Map<string, Json>> {
	return fc.array(fc.tuple(key, value), { maxLength: 8 }).map((members) => new Map(members));
}

export const nested: fc.Arbitrary<Json> = fc.oneof(
	{ weight: 4, arbitrary: scalar },
	{ weight: 1, arbitrary: createMap(scalar) },
	{ weight: 1, arbitrary: fc.array(scalar, { maxLength: 4 }) },
);

/** A transaction as Webhook V2 has it, with more keys than it should have. */
const record: fc.Arbitrary<Map<string, Json>> = fc
	.tuple(fc.maxSafeNat(), text, text, fc.integer(), createMap(nested))
	.map(([id, reference, description, amount, more]) => {
		const members = new Map<string, Json>(more);
		members.set('id', id).set('reference', reference).set('description', description).set('amount', amount);
		return members.set('accountNumber', '0071000888888').set('transactionDateTime', '2024-10-03 15:06:37');
	});

const delivery: fc.Arbitrary<Map<string, Json>> = fc
	.tuple(record, createMap(nested))
	.map(([data, more]) => new Map<string, Json>([...more, ['error', 0], ['data', data]]));

const secret = fc.string({ unit: fc.constantFrom(...'abcXYZ019'), minLength: 8, maxLength: 70 });
const time = fc.integer({ min: 1_500_000_000_000, max: 1_999_999_999_999 }).map(String);

/** Where a case is checked: in memory, or over HTTP. */
export interface SignedCase {
	body: string;
	key: string;
	header: string;
}

export type Signed = SignedCase & { value: Map<string, Json>; t: string };

export function signedWith(keys: fc.Arbitrary<string>): fc.Arbitrary<Signed> {
	return fc.tuple(delivery, keys, time).map(([value, keyText, t]) => {
		const body = print(value);
		return { value, body, key: keyText, t, header: referenceSign(body, keyText, t) };
	});
}

export const signed = signedWith(secret);
