/** A promise of the verifier as a property: what has the same parsed value as the signed delivery is taken. */
import fc from 'fast-check';
import { parseDelivery, verifyWebhook } from '@saoke/core';
import { JsonReader, referenceVerify, type Json } from './reference';
import { signed, type PropertyOptions } from './signedDeliveries';

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
