/** Patterns, the amount as a hint, and how much work a hostile memo can cause. */
import { makeKnownCodeFinder, parseCodePattern, readPaymentCodes, scanForKnownCodes } from '@saoke/core';
import { makeKnownCodeTree, type KnownCodeTree } from '../../../packages/core/src/payment/knownCodes';
import { readMemo, type Memo } from '../../../packages/core/src/payment/memoAnatomy';
import { scanForCodes } from '../../../packages/core/src/payment/readPaymentCodes';
import fc from 'fast-check';

test.each([
	['', 'does not begin'],
	['*', 'does not begin'],
	['?DH', 'does not begin'],
	['-DH', 'does not begin'],
	['(DH|HD)\\d+', 'does not begin'],
	['DH**', 'more than one *'],
	['DH*A*', 'more than one *'],
	['DH*-1', 'separator behind *'],
	['DH\u0416', 'banks do not pass on'],
	['D'.repeat(51), 'longer than 50'],
])('the pattern %p is refused', (pattern, message) => {
	expect(() => parseCodePattern(pattern)).toThrow(message);
});

test.each(['.', '+', '(', ')', '[', '\\', '^', '$', '|', '{2}'])(
	'%p in a pattern is a separator and no regular expression',
	(sign) => {
		const pattern = parseCodePattern(`DH${sign}`);
		expect(readPaymentCodes('DHH1 DDDD1 DH1', pattern)).not.toContain('DHH1');
		expect(readPaymentCodes('D H', pattern)).toEqual([]);
	},
);

test('a number apart from the prefix that is just the amount is no code', () => {
	const pattern = parseCodePattern('DH');
	expect(readPaymentCodes('TT DH 350500', pattern, 350_500)).toEqual([]);
	expect(readPaymentCodes('TT DH 350500', pattern, 100)).toEqual(['DH350500']);
	expect(readPaymentCodes('TT DH350500', pattern, 350_500)).toEqual(['DH350500']);
});

test('codes filled up with noughts are codes, apart from the prefix too', () => {
	expect(readPaymentCodes('DH 0000001024', parseCodePattern('DH'))).toEqual(['DH0000001024']);
});

test.each([
	'DH 500 000',
	'DH 350500 VND',
	'DH 500000₫',
	'DH 50%',
	'DH 2 cai',
	'DH 10/2024',
	'DH 2024-12-25',
	'DH 1,5tr',
	'DH 2.5 trieu',
	'DH 0912 345 678',
	'DH 091.234.5678',
])('%p states no code', (memo) => {
	expect(readPaymentCodes(memo, parseCodePattern('DH'))).toEqual([]);
});

test('a code that no bank can pass on is refused', () => {
	expect(() => makeKnownCodeFinder(['DH1', '--'])).toThrow('"--" is not a payment code');
	expect(() => makeKnownCodeFinder(['\u0414\u041d1'])).toThrow('is not a payment code');
});

test('whatever surrounds a code, it is found whole or not at all', () => {
	const number = fc.integer({ min: 0, max: 999_999 });
	const around = fc.string({ unit: 'grapheme', maxLength: 40 });
	fc.assert(
		fc.property(number, around, around, (order, before, behind) => {
			const memo = `${before} DH${order} ${behind}`;
			expect(readPaymentCodes(memo, parseCodePattern('DH'))).toContain(`DH${order}`);
			expect(makeKnownCodeFinder([`DH${order}`])(memo)).toEqual([0]);
		}),
	);
});

test('a longer number holds no shorter code', () => {
	fc.assert(
		fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 9 }), (order, digit) => {
			expect(makeKnownCodeFinder([`DH${order}`])(`ck DH${order}${digit}`)).toEqual([]);
		}),
	);
});

/** Counts every look at a character, and at an awaited code. */
function counted(memo: string): { text: Memo; known: KnownCodeTree; looks: () => number } {
	let looks = 0;
	const watch = <T>(list: ArrayLike<T>): ArrayLike<T> =>
		new Proxy(list, {
			get: (target, key) => {
				if (key !== 'length') looks++;
				return Reflect.get(target, key) as unknown;
			},
		});
	const { chars, kinds, numbers, cuts } = readMemo(memo);
	return {
		text: { chars: watch(chars), kinds: watch(kinds), numbers: watch(numbers), cuts: watch(cuts) },
		known: { ...KNOWN, sorted: watch(KNOWN.sorted) as readonly string[] },
		looks: () => looks,
	};
}

/** Memos that make a careless reader start again and again, at any length. */
const HOSTILE: [name: string, make: (length: number) => string][] = [
	['prefixes', (length) => 'DH'.repeat(length / 2)],
	['prefixes with blanks', (length) => 'DH '.repeat(length / 3)],
	['codes', (length) => 'DH1 '.repeat(length / 4)],
	['a list of codes', (length) => 'DH102,'.repeat(length / 6)],
	['codes in one word', (length) => 'DH1'.repeat(length / 3)],
	['codes in one word that ends wrong', (length) => `${'DH1'.repeat(length / 3)}x`],
	['letters apart', (length) => 'D H 1 0 2 '.repeat(length / 10)],
	['prefix and gaps', (length) => `DH${' '.repeat(7)}`.repeat(length / 9)],
	['digits', (length) => `DH${'9'.repeat(length)}`],
	['digits apart', (length) => `DH${' 9'.repeat(length / 2)}`],
	['amounts', (length) => 'DH 500.000 '.repeat(length / 11)],
	['punctuation', (length) => '()*+?.\\'.repeat(length / 7)],
];

const PATTERNS = ['DH', 'DH*', 'DH????????????????????????', 'D-H-1-0-?*', 'DH*9999'];
const KNOWN = makeKnownCodeTree(['DH1024', 'DH102', 'DHDHDHDHDHDH1', 'D-H-1-0-2-D-H-1-0-2', `DH${'9'.repeat(30)}`]);

describe.each(HOSTILE)('work on %s', (_name, make) => {
	test.each(PATTERNS)('grows no faster than the memo, pattern %s', (text) => {
		const pattern = parseCodePattern(text);
		const looks = (length: number): number => {
			const memo = counted(make(length));
			scanForCodes(memo.text, pattern);
			return memo.looks();
		};
		expect(looks(4_000)).toBeLessThanOrEqual(2.1 * looks(2_000) + 200);
		expect(looks(500)).toBeLessThan(100 * 500);
	});

	test('grows no faster than the memo, awaited codes', () => {
		const looks = (length: number): number => {
			const memo = counted(make(length));
			scanForKnownCodes(memo.text, memo.known);
			return memo.looks();
		};
		expect(looks(4_000)).toBeLessThanOrEqual(2.1 * looks(2_000) + 200);
		expect(looks(500)).toBeLessThan(100 * 500);
	});
});
