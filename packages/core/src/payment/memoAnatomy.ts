/**
 * The anatomy of a transfer memo (casso-api 9): what the bank wrote, which numbers are dates, amounts, phones and the
 * like, and what is left, the payer's own words. Codes are looked for there only. A further bank is a row in
 * `bankForms.ts` and a test.
 */
import { BANK_FORMS, MB_LINE, MB_MARK, MB_ORIGIN } from './bankForms';
import {
	NumberKind,
	OTHER_NUMBERS,
	startsWithOtherNumber,
	startsWithStatement,
	startsWithSureNumber,
} from './otherNumbers';
import { isPlainWord, isPlainWords } from './plainWords';

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
	/** If the bank may have joined lines by a blank: where the first line begins, or UNKNOWN. */
	tornFrom: number | undefined;
}

/** Lines may be joined at any blank: their first is not known, or this reading moved them. */
const UNKNOWN = -1;
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

/** The ways to read one memo. If a bank broke lines, there may be several; only the first is always there. */
export interface MemoReadings {
	asWritten: Memo;
	/**
	 * MB cuts the memos of other banks into lines. If it joins them by a blank (2022, 2025), a number or word may have
	 * that blank inside: without the blanks of the cuts, one reading for each place where the first line may begin.
	 */
	rejoined: () => Memo[];
	/**
	 * Where MB trims the lines and joins them with nothing (2024), a code is glued to its neighbour: with the blank put
	 * back where one side of a cut is plain words, one reading for each number of blanks that may have been lost before.
	 */
	wordsApart: () => Memo[];
	/** As `wordsApart`, with the blank put back before an amount, a quantity, a date or a time. */
	statementsApart: () => Memo[];
}

/** Memos of banks are shorter; a longer text has no lines of a bank. */
const LONGEST_IN_LINES = 300;

/** @param text as the bank wrote it; takes time in proportion to its length */
export function readMemo(text: string): MemoReadings {
	const folded = fold(text);
	const isMb = folded.length <= LONGEST_IN_LINES && MB_MARK.test(folded);
	const origin = MB_ORIGIN.exec(folded)?.[0].length;
	const own = maskBank(folded);
	const asWritten = splitLines(own, { origin, isMb });
	const tornFrom = isMb ? (origin ?? UNKNOWN) : undefined;
	const splitAt = (separate: Separate): Memo[] => {
		if (folded.length > LONGEST_IN_LINES) return [];
		const texts = new Set([0, 1, 2, 3].map((lost) => splitLines(own, { origin, isMb, lost, separate })));
		return [...texts].filter((split) => split !== asWritten).map((split) => dissect(split, isMb ? UNKNOWN : undefined));
	};
	return {
		asWritten: dissect(asWritten, tornFrom),
		rejoined: () => {
			if (!isMb || asWritten !== own) return [];
			const origins = origin === undefined ? [0, ...nameEnds(folded)] : [origin];
			const { numbers } = dissect(own, undefined);
			// A number behind a cut may be one of its own or go on with a code.
			const texts = new Set(origins.flatMap((from) => [numbers, []].map((kept) => rejoinLines(own, from, kept))));
			return [...texts].filter((rejoined) => rejoined !== own).map((rejoined) => dissect(maskBank(rejoined), tornFrom));
		},
		wordsApart: () => splitAt(separateWords),
		statementsApart: () => (isMb ? splitAt(separateStatement) : []),
	};
}

function maskBank(text: string): string {
	return BANK_FORMS.reduce((rest, { writes }) => rest.replace(writes, (form) => BANK.repeat(form.length)), text);
}

/** Where the name of the payer may end. */
function nameEnds(text: string): number[] {
	return [2, 3, 4].flatMap((words) => new RegExp(`^(?:[A-Z]{1,7} ){${words}}`).exec(text)?.[0].length ?? []);
}

/** Removes the blanks of the cuts, except beside the numbers that are kept apart. */
function rejoinLines(text: string, origin: number, numbers: ArrayLike<number>): string {
	return text.replace(/ /g, (blank, at: number) => {
		if (!isLineCut(at - origin)) return blank;
		if (numbers.length === 0) return '';
		if (numbers[at] === NumberKind.statement) return blank;
		if (numbers[at - 1] === NumberKind.statement && /[A-Z]/.test(text[at + 1] ?? '')) return blank;
		const [left, right] = [text.slice(Math.max(0, at - AROUND), at), text.slice(at + 1, at + AROUND)];
		const begun = /\d+[-./](?:\d+[-./]?)?$/.exec(left)?.[0];
		return startsWithOtherNumber(right) && !(begun && startsWithStatement(begun + right)) ? blank : '';
	});
}

/** Looks this far to both sides of a cut. */
const AROUND = 24;
/** A letter of no code: no code is read across it. */
const DOUBT = '\u0416';
/** Most blanks that the lines before one may have lost. */
const MOST_LOST = 3;

/**
 * Sets apart the numbers that a lost blank glued to a code; with `lost` words as well, if the lines before have lost
 * that many blanks.
 */
function splitLines(
	text: string,
	{
		origin = 0,
		isMb,
		lost,
		separate,
	}: { origin: number | undefined; isMb: boolean; lost?: number; separate?: Separate },
): string {
	if (!isMb && lost === undefined) return text;
	let split = '';
	let from = 0;
	for (let line = 1; origin + MB_LINE * (line - 1) < text.length; line++) {
		for (let blanks = Math.min(line, MOST_LOST); blanks >= 0; blanks--) {
			const at = origin + MB_LINE * line - blanks;
			if (at <= from || !/^[A-Z0-9]{2}$/.test(text.slice(at - 1, at + 1))) continue;
			const [left, right] = [text.slice(Math.max(0, at - AROUND), at), text.slice(at, at + AROUND)];
			const between = (isMb && separateNumbers(left, right)) || (blanks === lost && separate?.(left, right));
			if (!between) continue;
			split += text.slice(from, at) + between;
			from = at;
		}
	}
	return split + text.slice(from);
}

/** What is put between two sides of a cut, or nothing. */
type Separate = (left: string, right: string) => string;

/** A number that follows a code at once is set apart; if it may as well be the end of the code, none is read. */
function separateNumbers(left: string, right: string): string {
	const digits = /(?<=[A-Z][ -]?)\d+$/.exec(left)?.[0];
	if (digits === undefined || !/^\d(?!\d{0,2} \d{3})/.test(right) || startsWithStatement(digits + right)) return '';
	if (startsWithSureNumber(right)) {
		const others = [right.slice(1), digits.length > 1 ? digits.slice(-1) + right : ''];
		return others.some(startsWithSureNumber) ? DOUBT : ' ';
	}
	return startsWithOtherNumber(right) ? DOUBT : '';
}

/** A statement behind a code, whose first digit may as well be the last of the code. */
function separateStatement(left: string, right: string): string {
	return /[A-Z][A-Z0-9]*$/.test(left) && startsWithStatement(right) ? ' ' : '';
}

function separateWords(left: string, right: string): string {
	// A single letter is a word only behind VAN or THI, as in a name that is cut short.
	const isWordBefore =
		/(?<![A-Z])(?:VAN|THI) [A-Z]$/.test(left) || isPlainWord(/(?<![A-Z0-9])[A-Z]{2,}$/.exec(left)?.[0]);
	const isWordBehind = isPlainWord(/^[A-Z]+(?![A-Z0-9])/.exec(right)?.[0]);
	const isNumberBefore =
		/(?<![A-Z0-9])(?:0\d{9}|\d{1,3}[.,]000|\d{1,2}[-./]\d{2,4})$/.test(left) && /^[A-Z]/.test(right);
	const isNumberBehind =
		separateStatement(left, right) !== '' || (/\d[A-Z]+$/.test(left) && startsWithSureNumber(right));
	return isWordBefore || isWordBehind || isNumberBefore || isNumberBehind ? ' ' : '';
}

/** Whether lines of MB that are joined by a blank can meet there: each line before may have lost a blank. */
function isLineCut(column: number): boolean {
	const line = Math.floor(column / MB_LINE);
	return line >= 1 && column <= MB_LINE * line + line - 1;
}

function dissect(own: string, tornFrom: number | undefined): Memo {
	const chars = own.split('');
	const numbers = new Uint8Array(chars.length);
	for (const [kind, form] of OTHER_NUMBERS) {
		for (const match of own.matchAll(form)) {
			for (let at = match.index; at < match.index + match[0].length; at++) numbers[at] ||= kind;
		}
	}
	return { chars, kinds: Uint8Array.from(chars, describeType), numbers, tornFrom };
}

/** Replaces each character that the bank wrote. */
const BANK = '\0';

function describeType(char: string): number {
	if (char === BANK) return CharKind.bank;
	if (char >= '0' && char <= '9') return CharKind.digit;
	if (char >= 'A' && char <= 'Z') return CharKind.letter;
	return char > '\u007f' && /[\p{L}\p{N}]/u.test(char) ? CharKind.other : CharKind.separator;
}

/** Whether a word goes on at this place. */
export function isWordAt(memo: Memo, at: number): boolean {
	const kind = at >= 0 && at < memo.chars.length ? memo.kinds[at] : CharKind.separator;
	return kind !== CharKind.separator && kind !== CharKind.bank;
}

/** Whether the character there can belong to a code: A–Z or 0–9. */
export function isCodeCharAt(memo: Memo, at: number): boolean {
	return at < memo.chars.length && (memo.kinds[at] === CharKind.digit || memo.kinds[at] === CharKind.letter);
}

/**
 * Steps over one separator: a run of white space, one other character, or a colon or number sign with white space
 * around it. Anything more separates two statements.
 *
 * @returns where the next word begins; `at` itself where there is no such gap
 */
export function skipGap(memo: Memo, at: number): number {
	let end = at;
	let marks = 0;
	let isBinding = true;
	while (end < memo.chars.length && memo.kinds[end] === CharKind.separator) {
		if (end - at === LONGEST_GAP) return at;
		const char = memo.chars[end] as string;
		if (char.trim() !== '') {
			marks++;
			isBinding = char === ':' || char === '#';
		}
		end++;
	}
	const isOneGap = marks === 0 || (marks === 1 && (isBinding || end - at === 1));
	return isOneGap && isWordAt(memo, end) ? end : at;
}

/**
 * Whether a line break of the bank behind a code may be inside a longer one: what follows is no word of the payer, or a
 * number that may be the rest of the code. Behind a number that letters cannot go on with, it is a number.
 */
export function isTornAt(memo: Memo, at: number, isNumber = false): boolean {
	if (!isLineBreak(memo, at)) return false;
	const start = skipGap(memo, at);
	if (isNumber) return isOwnDigitAt(memo, start);
	const word = wordAt(memo, start);
	for (let end = start; end < start + word.length; end++) if (isOwnDigitAt(memo, end)) return true;
	if (!/^[A-Z]{1,2}$/.test(word) || /^[AEIOUYX]$/.test(word)) return false;
	// The prefix of the next code.
	if (isOwnDigitAt(memo, skipGap(memo, start + word.length))) return false;
	return memo.tornFrom !== undefined && memo.tornFrom < 0 ? !isPlainWords(word) : true;
}

/** As isTornAt, for the place before a code: it may go on with a number, or with a single consonant, which is no word. */
export function isTornBefore(memo: Memo, start: number): boolean {
	if (!isLineBreak(memo, start - 1)) return false;
	return (isOwnDigitAt(memo, start - 2) && isOwnDigitAt(memo, start)) || isLoneConsonantAt(memo, start - 2);
}

function wordAt(memo: Memo, start: number): string {
	let word = '';
	for (let at = start; isWordAt(memo, at) && at < start + AROUND; at++) word += memo.chars[at] as string;
	return word;
}

function isLoneConsonantAt(memo: Memo, at: number): boolean {
	return (
		memo.kinds[at] === CharKind.letter &&
		/^[^AEIOUY]$/.test(memo.chars[at] as string) &&
		!isWordAt(memo, at - 1) &&
		!isWordAt(memo, at + 1)
	);
}

/** Whether the bank may have broken a line there. */
export function isLineBreak({ chars, tornFrom }: Memo, at: number): boolean {
	if (chars[at] === '\n') return true;
	return chars[at] === ' ' && tornFrom !== undefined && (tornFrom < 0 || isLineCut(at - tornFrom));
}

/** Whether there is a digit that is part of no number of another kind. */
export function isOwnDigitAt(memo: Memo, at: number): boolean {
	return memo.kinds[at] === CharKind.digit && memo.numbers[at] === NumberKind.none;
}
