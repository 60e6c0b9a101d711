/**
 * The anatomy of a transfer memo (casso-api 9): what the bank wrote, where it may have cut lines, which numbers are
 * dates, amounts, phones and the like, and what is left, the payer's own words. Codes are looked for there only. A
 * further bank is a row in `bankForms.ts` and a test.
 */
import { BANK_FORMS } from './bankForms';
import { Cut, findLines } from './lineCuts';
import { NumberKind, OTHER_NUMBERS } from './otherNumbers';

/**
 * What a character can be to a code. `other` is a letter or digit outside A–Z and 0–9: part of a word, of no code.
 * `bank` is text of the bank: no code reaches into it, and a word ends there.
 */
export const CharKind = { separator: 0, digit: 1, letter: 2, other: 3, bank: 4 } as const;

export interface Memo {
	/** Capitals without diacritics, one entry a character. */
	chars: ArrayLike<string>;
	/** A CharKind for each character. */
	kinds: ArrayLike<number>;
	/** A NumberKind for each character: what a number is if it is not a code. */
	numbers: ArrayLike<number>;
	/** A Cut for each character: whether lines of the bank may meet there. */
	cuts: ArrayLike<number>;
}

/** Longest run of separators that can still be one gap. */
const LONGEST_GAP = 8;

/**
 * Capitals, diacritics and invisible characters removed, full-width forms as their plain ones: banks do the same, and
 * none of it may hide a code. A character outside the basic plane becomes one letter or one sign that is in no code.
 *
 * @param text memo or pattern, as the bank or the user wrote it
 */
export function fold(text: string): string {
	if (/^[\t-~]*$/.test(text)) return text.toUpperCase();
	return text
		.normalize('NFD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/[đĐðÐ]/g, 'D')
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.replace(/[\u{10000}-\u{10ffff}]/gu, (wide) => (/[\p{L}\p{N}]/u.test(wide) ? '\u0416' : '\u2022'))
		.toUpperCase();
}

/** @param text as the bank wrote it; takes time in proportion to its length */
export function readMemo(text: string): Memo {
	const { text: folded, cuts } = findLines(fold(text));
	const own = BANK_FORMS.reduce((rest, form) => rest.replace(form, (found) => BANK.repeat(found.length)), folded);
	const kinds = Uint8Array.from(own, toKind);
	return { chars: own.split(''), kinds, numbers: describeNumbers(own, cuts), cuts };
}

/** What each number is. One that the bank may have cut in two, or written onto a word, is known by its whole. */
function describeNumbers(own: string, cuts: ArrayLike<number>): Uint8Array {
	const numbers = new Uint8Array(own.length);
	const all = Array.from(own, (_, at) => at);
	// Each form has the flag g: `exec` continues behind the last match.
	const mark = (places: readonly number[], isWanted: (found: readonly number[], kind: number) => boolean): void => {
		const text = places.map((at) => own.charAt(at)).join('');
		for (const [kind, form] of OTHER_NUMBERS) {
			for (let match = form.exec(text); match; match = form.exec(text)) {
				const found = places.slice(match.index, form.lastIndex);
				if (isWanted(found, kind)) for (const at of found) numbers[at] ||= kind;
			}
		}
	};
	mark(all, () => true);
	const joined = all.filter((at) => cuts[at] !== Cut.blankAdded);
	if (joined.length < all.length)
		mark(
			joined,
			(found, kind) => kind === NumberKind.statement || found.every((at) => numbers[at] === NumberKind.none),
		);
	for (const cut of all) {
		if (cuts[cut] !== Cut.blankLost) continue;
		const before = all.slice(Math.max(0, cut - LONGEST_NUMBER), cut);
		if (before.some((at) => isDigit(own.charAt(at)))) mark(before, (found) => found.at(-1) === cut - 1);
	}
	return numbers;
}

/** How far before a lost blank a number is looked for, in characters. */
const LONGEST_NUMBER = 12;

/** Replaces each character that the bank wrote. */
const BANK = '\0';

function isDigit(char: string): boolean {
	return char >= '0' && char <= '9';
}

function toKind(char: string): number {
	if (char === BANK) return CharKind.bank;
	if (isDigit(char)) return CharKind.digit;
	if (char >= 'A' && char <= 'Z') return CharKind.letter;
	return char > '\u007f' && /[\p{L}\p{N}]/u.test(char) ? CharKind.other : CharKind.separator;
}

/** Whether the character there is part of a word. */
export function isWordAt(memo: Memo, at: number): boolean {
	const kind = at >= 0 && at < memo.chars.length ? memo.kinds[at] : CharKind.separator;
	return kind !== CharKind.separator && kind !== CharKind.bank;
}

/** Whether a word begins there, or may begin there because the bank may have dropped a blank before it. */
export function canBeginAt(memo: Memo, at: number): boolean {
	return isWordAt(memo, at) && (!isWordAt(memo, at - 1) || memo.cuts[at] === Cut.blankLost);
}

/** Whether the character there can belong to a code: A–Z or 0–9. */
export function isCodeCharAt(memo: Memo, at: number): boolean {
	return at < memo.chars.length && (memo.kinds[at] === CharKind.digit || memo.kinds[at] === CharKind.letter);
}

/** Whether there is a digit that is part of no number of another kind. */
export function isOwnDigitAt(memo: Memo, at: number): boolean {
	return memo.kinds[at] === CharKind.digit && memo.numbers[at] === NumberKind.none;
}

/**
 * Steps over one separator: a run of white space, one other character, or a colon, a number sign, or a hyphen between
 * letters and a number, with white space around it. Anything more separates two statements. A blank that the bank may have put in does not count.
 *
 * @returns where the next word begins; `at` itself where there is no such gap
 */
export function skipGap(memo: Memo, at: number): number {
	let end = at;
	let length = 0;
	let marks = '';
	while (end < memo.chars.length && memo.kinds[end] === CharKind.separator) {
		if (end - at === LONGEST_GAP) return at;
		marks += (memo.chars[end] as string).trim();
		if (memo.cuts[end] !== Cut.blankAdded) length++;
		end++;
	}
	const isBeforeNumber = memo.kinds[at - 1] === CharKind.letter && memo.kinds[end] === CharKind.digit;
	const isBinding = marks === '' || marks === ':' || marks === '#' || (marks === '-' && isBeforeNumber);
	const isOneGap = isBinding || (marks.length === 1 && length === 1);
	return isOneGap && isWordAt(memo, end) ? end : at;
}

/** @param without a Cut: characters that have it are left out */
export function slice({ chars, cuts }: Memo, from: number, to: number, without?: number): string {
	let text = '';
	for (let at = from; at < Math.min(to, chars.length); at++) if (cuts[at] !== without) text += chars[at] as string;
	return text;
}

/** Whether there is a digit of an amount, a quantity, a date or a time. */
export function isStatementAt(memo: Memo, at: number): boolean {
	return memo.kinds[at] === CharKind.digit && memo.numbers[at] === NumberKind.statement;
}

/** Whether what ends there is only the beginning of an amount or a date, as in naptien 2 trieu, NAPTIEN 500.000, DH 1-12. */
export function isInsideStatement(memo: Memo, end: number): boolean {
	if (isStatementAt(memo, end - 1) && memo.numbers[end] === NumberKind.statement) return true;
	let digits = 0;
	while (memo.kinds[end - 1 - digits] === CharKind.digit) digits++;
	const behind = slice(memo, end, end + 9);
	if (digits === 0 || digits > 3) return false;
	if (/^[.,]\d{3}(?!\d)/.test(behind) || (digits < 3 && /^[-.]\d{1,2}(?!\d)/.test(behind))) return true;
	return !isWordAt(memo, end - 1 - digits) && /^ \d{3} 000(?!\d)/.test(behind);
}
