/**
 * A code is believed only if every possible reading of the memo agrees on it. A cut beside it allows two readings: what
 * is beyond the cut belongs to the code, or it does not. These functions look at what is there: a word, a date or a
 * phone number does not belong to it, a rest of digits does, and a single letter or a quantity leaves it open.
 */
import { Cut } from './lineCuts';
import { CharKind, isOwnDigitAt, isWordAt, slice, type Memo } from './memoAnatomy';
import {
	mayStartWithQuantity,
	NumberKind,
	startsWithContact,
	startsWithRoundSum,
	startsWithStatement,
} from './otherNumbers';
import { isPlainWord, isSyllable, isWordBeforeCode } from './plainWords';

/** Whether a code can begin or end at a place, or is meant: in all readings, in some, or in none; worse is greater. */
export const Edge = { sure: 0, open: 1, none: 2 } as const;

/** Looks this far to both sides of a cut or a gap. */
export const AROUND = 24;

/** @param end place behind the last character of a code */
export function judgeEnd(memo: Memo, end: number): number {
	const isGlued = isWordAt(memo, end);
	if (isGlued) return memo.cuts[end] === Cut.blankLost ? judgeBehind(memo, end, true) : Edge.none;
	return memo.cuts[end] === Cut.blankAdded ? judgeBehind(memo, end + 1, false) : Edge.sure;
}

/** @param start place of the first character of a code */
export function judgeStart(memo: Memo, start: number): number {
	const isGlued = isWordAt(memo, start - 1);
	if (isGlued)
		return memo.cuts[start] === Cut.blankLost ? judgeBefore(memo, start, start) : judgeGluedStart(memo, start);
	return memo.cuts[start - 1] === Cut.blankAdded ? judgeBefore(memo, start - 1, start) : Edge.sure;
}

/** A payer may write a code onto a word, as in ckDH1024: sure if it is a word that stands before codes. */
function judgeGluedStart(memo: Memo, start: number): number {
	if (memo.kinds[start] !== CharKind.letter) return Edge.none;
	const [word = ''] = /[^\W_]*$/.exec(slice(memo, Math.max(0, start - AROUND), start)) ?? [];
	return isWordBeforeCode(word) ? Edge.sure : Edge.open;
}

/** Whether an amount, a quantity, a date or a time is behind a cut, so that a code should not reach there; 7K5 may be code. */
export function isStatementBehind(memo: Memo, from: number): boolean {
	return readBehind(memo, from).some(
		(text) =>
			/^(?:0?[1-9]|[12]\d|3[01])[-.](?:0?[1-9]|1[0-2])(?![-.]?\d)/.test(text) ||
			(startsWithStatement(text) && !/^(?:\d+[A-Z](?![A-Z])|\d{3} [A-Z])/.test(text)),
	);
}

/** What is there, with the blanks that may have been put into it and without. */
function readBehind(memo: Memo, from: number): string[] {
	return [slice(memo, from, from + AROUND), slice(memo, from, from + AROUND, Cut.blankAdded)];
}

/** Judges by what follows a cut. */
function judgeBehind(memo: Memo, from: number, isGlued: boolean): number {
	const [word = '', whole = ''] = readBehind(memo, from).map((text) => text.replace(/[^A-Z0-9][^]*$/, ''));
	if (word === '') return Edge.sure;
	if (/^\d/.test(word)) return isGlued ? judgeGluedNumber(memo, from) : judgeNumber(memo, from);
	// A single letter, T12, P7, Q1 or x2 for a month, a room, a district or a number of pieces, or the next code; or else the rest.
	if (/^(?:[A-Z]|[PQTX][1-9]\d?|[A-Z]{2,}\d{2,})$/.test(word)) return Edge.open;
	if (!isPlainWord(word) && !isPlainWord(whole)) return isSyllable(word) ? Edge.open : Edge.none;
	// The word may begin one letter before.
	return memo.cuts[from - 1] === Cut.blankLost && isPlainWord(`${memo.chars[from - 1]}${word}`) ? Edge.open : Edge.sure;
}

/** MB of 2022 wrote a blank for the slash of a date. */
function startsWithDayAndMonth(text: string): boolean {
	const [day] = /^(?:0?[1-9]|[12]\d|3[01]) (?=(?:0?[1-9]|1[0-2])(?!\d))/.exec(text) ?? [];
	return day !== undefined && !mayStartWithQuantity(text.slice(day.length));
}

/** Judges by a number that a blank sets apart. */
function judgeNumber(memo: Memo, from: number): number {
	const texts = readBehind(memo, from);
	if (texts.some((text) => mayStartWithQuantity(text) || startsWithRoundSum(text) || startsWithDayAndMonth(text)))
		return Edge.open;
	return texts.some((text) => isOtherNumber(text)) ? Edge.sure : Edge.none;
}

/** A number that is written onto a code: its first digit may be the last of the code, or the other way round. */
function judgeGluedNumber(memo: Memo, from: number): number {
	const text = slice(memo, from, from + AROUND);
	if (!isOtherNumber(text)) return mayStartWithQuantity(text) ? Edge.open : Edge.none;
	const before = memo.chars[from - 1] as string;
	const isPhone = /^0[35789]\d{8}(?!\d)/.test(text);
	if (/\d/.test(before) && (mayStartWithQuantity(text) || (/^\d{9}/.test(text) && !isPhone))) return Edge.open;
	if (memo.cuts[from + 1] === Cut.blankLost && isOtherNumber(text.slice(1))) return Edge.open;
	return memo.cuts[from - 1] === Cut.blankLost && isOtherNumber(before + text) ? Edge.open : Edge.sure;
}

/** 4-02 is rare as a date: the month has a leading zero and the day none. */
function isOtherNumber(text: string): boolean {
	if (/^\d[-./]0\d(?!\d)/.test(text)) return false;
	return startsWithStatement(text) || startsWithContact(text) || startsWithRoundSum(text);
}

/** Judges by what is before a cut. */
function judgeBefore(memo: Memo, end: number, start: number): number {
	const text = slice(memo, Math.max(0, end - AROUND), end);
	const [word = ''] = /[^\W_]*$/.exec(text) ?? [];
	const isGlued = end === start;
	if (word === '') return Edge.sure;
	if (/^[A-Z]$/.test(word)) return /(?<![A-Z])(?:VAN|THI) [A-Z]$/.test(text) ? Edge.sure : Edge.open;
	if (/^[A-Z]+$/.test(word)) return !isGlued || isPlainWord(word) || isSyllable(word) ? Edge.sure : Edge.open;
	if (/\d$/.test(word) && memo.kinds[start] === CharKind.digit)
		return isOwnDigitAt(memo, end - 1) ? Edge.none : Edge.sure;
	const isAfterNumber = memo.kinds[end - 1] === CharKind.digit && memo.numbers[end - 1] !== NumberKind.none;
	return !isGlued || isAfterNumber ? Edge.sure : Edge.open;
}
