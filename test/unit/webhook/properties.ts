/**
 * The two promises of the verifier as properties: what differs from the signed delivery is refused, and what has the
 * same parsed value is taken. Every case is labelled by the reference, so a generator that slips cannot hide a fault.
 */
import fc from 'fast-check';
import { parseDelivery, verifyWebhook } from '@saoke/core';
import { JsonReader, print, referenceSign, referenceVerify, type Json } from './reference';

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
const scalar: fc.Arbitrary<Json> = fc.oneof(
	text,
	fc.integer(),
	fc.maxSafeInteger(),
	fc.double({ noNaN: true, noDefaultInfinity: true }),
	fc.boolean(),
	fc.constant(null),
);
const key = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...SPECIAL_KEYS, ...RECORD_KEYS) },
	{ weight: 1, arbitrary: text },
);

function createMap(value: fc.Arbitrary<Json>): fc.Arbitrary<Map<string, Json>> {
	return fc.array(fc.tuple(key, value), { maxLength: 8 }).map((members) => new Map(members));
}

const nested: fc.Arbitrary<Json> = fc.oneof(
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

type Signed = SignedCase & { value: Map<string, Json>; t: string };

function signedWith(keys: fc.Arbitrary<string>): fc.Arbitrary<Signed> {
	return fc.tuple(delivery, keys, time).map(([value, keyText, t]) => {
		const body = print(value);
		return { value, body, key: keyText, t, header: referenceSign(body, keyText, t) };
	});
}

const signed = signedWith(secret);

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

/** How to write the same value otherwise. Numbers drawn at random decide place by place. */
const rewriting = fc.tuple(signed, fc.array(fc.nat({ max: 99 }), { minLength: 40, maxLength: 40 }));

/** @throws with the smallest failing case when a rewriting of the same value is refused, or other values come out */
export function checkRewritings({ runs, seed }: PropertyOptions): void {
	fc.assert(
		fc.property(rewriting, ([from, dice]) => {
			const body = rewrite(from.value, makeDice(dice));
			const header = dice[0] !== undefined && dice[0] % 2 === 0 ? from.header.replace(',', ' , ') : from.header;
			if (!referenceVerify(body, from.key, header))
				throw new Error('the reference refuses this rewriting: the generator is wrong');
			const verdict = verifyWebhook(
				{ 'x-casso-signature': header },
				Buffer.from(body),
				{ securityKey: from.key },
				{ nowMs: 0 },
			);
			if (!verdict.isAuthentic) throw new Error(`refused: ${verdict.reason}`);
			compareValues(verdict.body, JsonReader.read(from.body), '$');
			compareTransaction(verdict.body, from.value.get('data') as Map<string, Json>);
		}),
		{ numRuns: runs, seed },
	);
}

function makeDice(numbers: readonly number[]): (sides: number) => number {
	let at = 0;
	return (sides) => (numbers[at++ % numbers.length] ?? 0) % sides;
}

function rewrite(value: Json, dice: (sides: number) => number): string {
	const space = (): string => ['', '', ' ', '\n', '\t \r'][dice(5)] ?? '';
	if (typeof value === 'string') return respell(value, dice);
	if (typeof value === 'number') return renumber(value, dice);
	if (Array.isArray(value))
		return `[${space()}${value.map((member) => rewrite(member, dice)).join(`${space()},${space()}`)}${space()}]`;
	if (!(value instanceof Map)) return JSON.stringify(value);
	const members = [...value];
	if (dice(2) === 1) members.reverse();
	const written = members.flatMap(([name, member]) => {
		const signedMember = `${respell(name, dice)}${space()}:${space()}${rewrite(member, dice)}`;
		// A repeated key: whatever comes first, the signed value is the last.
		return dice(6) === 0
			? [`${respell(name, dice)}:${['0', '"x"', '{"a":1}', 'null'][dice(4)] ?? '0'}`, signedMember]
			: [signedMember];
	});
	return `{${space()}${written.join(`${space()},${space()}`)}${space()}}`;
}

function respell(value: string, dice: (sides: number) => number): string {
	let written = '';
	for (let at = 0; at < value.length; at++) {
		const unit = value.charCodeAt(at);
		const isLoneSurrogate = (unit & 0xf800) === 0xd800;
		const escape = `\\u${unit.toString(16).padStart(4, '0')}`;
		const plain = JSON.stringify(value[at]).slice(1, -1);
		if (value[at] === '/' && dice(2) === 0) written += '\\/';
		else written += dice(4) === 0 && !isLoneSurrogate ? escape : isLoneSurrogate ? (value[at] ?? '') : plain;
	}
	return `"${written}"`;
}

function renumber(value: number, dice: (sides: number) => number): string {
	const plain = JSON.stringify(value);
	const spellings = [plain, plain, value.toExponential(), value.toExponential().replace('e', 'E')];
	if (Number.isInteger(value) && Math.abs(value) < 1e15)
		spellings.push(`${plain}.0`, `${plain}.000e0`, ...(value === 0 ? ['-0', '0e9'] : [`${plain}0e-1`]));
	const chosen = spellings[dice(spellings.length)] ?? plain;
	return JSON.stringify(Number(chosen)) === plain ? chosen : plain;
}

/** Compares what the product parsed with what the reference read, own keys only, the prototype untouched. */
function compareValues(product: unknown, reference: Json, place: string): void {
	if (Array.isArray(reference)) {
		if (!Array.isArray(product) || product.length !== reference.length) throw new Error(`${place}: no such array`);
		reference.forEach((member, index) => compareValues(product[index], member, `${place}[${index}]`));
		return;
	}
	if (reference instanceof Map) {
		if (typeof product !== 'object' || product === null || Object.getPrototypeOf(product) !== Object.prototype)
			throw new Error(`${place}: no plain object`);
		const own = Object.keys(product);
		if (own.length !== reference.size) throw new Error(`${place}: other keys`);
		for (const [name, member] of reference) {
			compareValues(Object.getOwnPropertyDescriptor(product, name)?.value, member, `${place}.${name}`);
		}
		return;
	}
	if (JSON.stringify(product) !== JSON.stringify(reference)) throw new Error(`${place}: another value`);
}

function compareTransaction(body: unknown, data: Map<string, Json>): void {
	const opened = parseDelivery(body);
	if (opened.kind !== 'transactions') throw new Error(`opened as ${opened.kind}`);
	const found = opened.transactions[0]?.transaction;
	const expected = {
		id: data.get('id'),
		amount: data.get('amount'),
		description: data.get('description'),
		accountNumber: '0071000888888',
	};
	for (const [name, value] of Object.entries(expected)) {
		if (found?.[name as 'id'] !== value) throw new Error(`${name} differs from what was signed`);
	}
}
