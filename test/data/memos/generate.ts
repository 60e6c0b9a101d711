/**
 * Makes the generated half of the labelled set: `npx tsx test/data/memos/generate.ts` writes generated.json.
 * The label is known before the memo is made, because the memo is built around it.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { MatchingLabel, ReadingLabel } from './model';
import { makeRandom, type Random } from './random';
import { amountText, dateText, personName, phone, printedByBank, sentence } from './wording';

const SEED = 20241030;

export interface GeneratedMemos {
	reading: ReadingLabel[];
	matching: MatchingLabel[];
}

const SEPARATORS = [' ', '-', '_', '.', ':', '#', '/'];

/** The code as one payer may write it; capitals, small letters, Đ, or one separator. */
function written(prefix: string, number: string, random: Random): string {
	const letters = random.pick([prefix, prefix, prefix.toLowerCase(), prefix.replace('D', 'Đ'), prefix.replace('D', 'đ').toLowerCase()]);
	const between = random.pick(['', '', '', random.pick(SEPARATORS)]);
	return `${letters}${between}${number}`;
}

function orderNumber(random: Random): string {
	return random.pick([String(random.between(1, 9999)), String(random.between(10000, 999999)), `0${random.digits(4)}`]);
}

function makeReading(index: number, random: Random): ReadingLabel {
	const prefix = random.pick(['DH', 'DH', 'DH', 'HD', 'CASSO', 'TTDH']);
	const kinds: readonly ((r: Random) => [order: string, codes: string[], why: string])[] = [
		(r) => oneCode(prefix, '', r, 'one code'),
		(r) => oneCode(prefix, '', r, 'one code'),
		(r) => oneCode(prefix, amountText(r), r, 'an amount behind the code'),
		(r) => oneCode(prefix, phone(r), r, 'a phone behind the code'),
		(r) => oneCode(prefix, dateText(r), r, 'a date behind the code'),
		(r) => twoCodes(prefix, r),
		(r) => [r.pick(['tiền hàng', 'học phí', 'trả nợ', '']), [], 'no code'],
		(r) => [`${r.pick(['K', 'X', 'AB', 'Q'])}${prefix}${orderNumber(r)}`, [], 'the prefix inside a longer word'],
		(r) => [`${prefix}${r.pick(['L', 'X', 'AN'])}${orderNumber(r)}`, [], 'letters between prefix and number'],
		(r) => [`${prefix} ${phone(r)}`, [], 'the prefix, and a phone instead of a number'],
		(r) => [`${prefix} ${dateText(r)}`, [], 'the prefix, and a date instead of a number'],
		(r) => [`${prefix} của ${personName(r)}`, [], 'the prefix as a word'],
	];
	const [order, codes, why] = random.pick(kinds)(random);
	const { bank, memo } = printedByBank(index, sentence(order, random), random);
	return { memo, pattern: prefix, codes, why: `${why}; ${bank}` };
}

function oneCode(prefix: string, behind: string, random: Random, why: string): [string, string[], string] {
	const number = orderNumber(random);
	return [`${written(prefix, number, random)} ${behind}`.trim(), [`${prefix}${number}`], why];
}

function twoCodes(prefix: string, random: Random): [string, string[], string] {
	const first = orderNumber(random);
	const second = `9${orderNumber(random)}`;
	const between = random.pick([' ', ', ', ' và ', ' + ', '/']);
	const text = `${written(prefix, first, random)}${between}${written(prefix, second, random)}`;
	return [text, [`${prefix}${first}`, `${prefix}${second}`], 'two codes'];
}

/** Awaited codes around the one that is paid: its neighbours, its beginnings and its continuations. */
function awaited(code: string): string[] {
	return [code, `${code}0`, `${code}7`, code.slice(0, -1), `${code.slice(0, -1)}x`].filter((one) => /\d$/.test(one));
}

function makeMatching(index: number, random: Random): MatchingLabel {
	const number = `${random.between(1, 9)}${random.digits(4)}`;
	const code = `DH${number}`;
	const at = random.between(1, number.length - 1);
	const torn = `DH${number.slice(0, at)} ${number.slice(at)}`;
	const kinds: readonly (() => [order: string, known: string[], matches: string[], why: string])[] = [
		() => [written('DH', number, random), awaited(code), [code], 'the whole code among similar ones'],
		() => [torn, [code], [code], 'torn by a line break'],
		() => [`DH${number}${random.digits(2)}`, [code], [], 'a longer code that begins alike'],
		() => [`DH${number.slice(0, -1)}`, [code], [], 'cut end'],
		() => [`K${code}`, [code], [], 'inside a longer word'],
		() => [personName(random), [code], [], 'no code'],
	];
	const [order, known, matches, why] = random.pick(kinds)();
	const { bank, memo } = printedByBank(index, sentence(order, random), random);
	return { memo, known, matches, why: `${why}; ${bank}` };
}

/** @returns the same memos for the same seed */
export function generateMemos(seed = SEED): GeneratedMemos {
	const random = makeRandom(seed);
	const reading = Array.from({ length: 480 }, (_, index) => makeReading(index, random));
	const matching = Array.from({ length: 160 }, (_, index) => makeMatching(index, random));
	return { reading, matching };
}

if (require.main === module) {
	const file = path.join(__dirname, 'generated.json');
	writeFileSync(file, `${JSON.stringify(generateMemos(), null, '\t')}\n`);
}
