/**
 * Finds codes that are awaited. Because each is known, what a bank tore apart may be joined (`DH10 24` is DH1024). A
 * code has to begin and end where words do (`DH12` is not in `DH123`), or it is open, written onto a word. If the memo may be read in several ways,
 * all codes of all readings come out, so that none of them is settled.
 */
import { AROUND, Edge, isStatementBehind, judgeEnd, judgeStart } from './besideCuts';
import {
	allOf,
	findExactly,
	getChild,
	getEnds,
	makeKnownCodeTree,
	type Branch,
	type KnownCode,
	type KnownCodeTree,
} from './knownCodes';
import { Cut } from './lineCuts';
import {
	canBeginAt,
	CharKind,
	isCodeCharAt,
	isInsideStatement,
	isOwnDigitAt,
	isStatementAt,
	isWordAt,
	readMemo,
	skipGap,
	slice,
	type Memo,
} from './memoAnatomy';
import { mayBeStatement, mayStartWithQuantity, NumberKind } from './otherNumbers';
import { isWordBeforeCode } from './plainWords';

/** Looks for the awaited codes in one memo; returns positions in the list of codes, in the order of the memo. */
export type KnownCodeFinder = (memo: string) => number[];

/**
 * @param codes as the shop writes them; two that differ only in case or separators are both found
 * @returns a finder whose work grows with the memo's length and not with the number of codes
 * @throws ParameterError for a code without a letter or digit of A–Z and 0–9
 */
export function makeKnownCodeFinder(codes: readonly string[]): KnownCodeFinder {
	const tree = makeKnownCodeTree(codes);
	return (memo) => scanForKnownCodes(readMemo(memo), tree);
}

/** As a KnownCodeFinder, on text that has been read already. From each character on it goes no further than the tree. */
export function scanForKnownCodes(memo: Memo, tree: KnownCodeTree): number[] {
	const all: Found[] = [];
	for (let at = 0; at < memo.chars.length; at++) {
		if (isWordAt(memo, at)) addCodesFrom(memo, at, tree, all);
	}
	const found = withoutParts(all, tree);
	// What only some readings name is no order that is paid, but it leaves open which other is.
	if (!found.some(({ edge }) => edge === Edge.sure)) return [];
	const positions = found.map(({ position }) => position);
	return [...new Set([...positions, ...findWithoutPrefix(memo, found, tree)])];
}

interface Found {
	/** In the list of codes. */
	position: number;
	start: number;
	end: number;
	/** An Edge: whether all readings of the memo name it, or some. */
	edge: number;
	/** Whether it is written onto a word, at its start or end. */
	isGlued: boolean;
}

/**
 * Leaves out bare numbers, and codes that are written onto a word, which are part of a longer code that was found:
 * order 1024 in `DH 1024`.
 *
 * @param all in the order of their starts
 */
function withoutParts(all: readonly Found[], tree: KnownCodeTree): Found[] {
	/** By start: where the longest code ends. */
	const ends = new Map<number, number>();
	for (const { start, end } of all) ends.set(start, Math.max(end, ends.get(start) ?? 0));
	let last = -1;
	/** Where the codes end at the latest that begin before. */
	let reach = 0;
	return all.filter(({ position, start, end, isGlued }) => {
		if (start !== last) reach = Math.max(reach, ends.get(last) ?? 0);
		last = start;
		const isPart = reach >= end || (ends.get(start) as number) > end;
		return !isPart || (tree.codes[position]?.isNumber !== true && !isGlued);
	});
}

/**
 * Orders of the same prefix as one that is named, of which only the rest is there: `DH1024 va 1025`, `DH1024 7`, or
 * anywhere a number of the same length.
 */
function findWithoutPrefix(memo: Memo, named: readonly Found[], tree: KnownCodeTree): number[] {
	const text = slice(memo, 0, memo.chars.length);
	const rests = new Set(text.match(/(?<=(?:(?<![A-Z0-9])VA\s|[,;+&])\s{0,3})[A-Z0-9]+(?![A-Z0-9])/g));
	/** Lengths of the named codes that begin with these letters. */
	const lengths = new Map<string, Set<number>>();
	for (const { position, end } of named) {
		const { plain } = tree.codes[position] as KnownCode;
		const [letters = ''] = /^[A-Z]*(?=.*\d)/.exec(plain) ?? [];
		for (let length = 1; length <= letters.length; length++) {
			const prefix = letters.slice(0, length);
			lengths.set(prefix, (lengths.get(prefix) ?? new Set()).add(plain.length));
		}
		const next = skipGap(memo, end);
		const behind = text.slice(next, next + AROUND);
		if (letters !== '' && next > end && isOwnDigitAt(memo, next) && !mayStartWithQuantity(behind))
			rests.add((/^[A-Z0-9]+/.exec(behind) as RegExpExecArray)[0]);
	}
	const numbers = Array.from(text.matchAll(/(?<![A-Z0-9])\d{3,}(?![A-Z0-9])/g))
		.filter(({ index }) => isOwnDigitAt(memo, index))
		.map(([digits]) => digits);
	return Array.from(lengths).flatMap(([prefix, ofPrefix]) => {
		const alike = numbers.filter((digits) => ofPrefix.has(prefix.length + digits.length));
		return Array.from(new Set([...rests, ...alike]), (rest) => findExactly(prefix + rest, tree)).flat();
	});
}

function addCodesFrom(memo: Memo, start: number, tree: KnownCodeTree, found: Found[]): void {
	let branch: Branch | undefined = allOf(tree);
	if (!getChild(tree, branch, memo.chars[start] as string)) return;
	let joined: number = Join.none;
	let edge = judgeStart(memo, start);
	/** Place of a single letter that is set apart. */
	let lone = -1;
	/** Where the last part begins that was joined over a gap. */
	let part = start;
	if (edge === Edge.none) return;
	for (let at = start; ; ) {
		if (!isCodeCharAt(memo, at)) {
			const next = skipGap(memo, at);
			if (next === at || !isCodeCharAt(memo, next)) return;
			if (!canBeginAt(memo, start) && memo.kinds[next] !== CharKind.digit) return;
			if (next === at + 1 && memo.cuts[at] === Cut.blankAdded) {
				if (isStatementBehind(memo, next)) edge = Edge.open;
			} else {
				joined = Math.max(joined, joinAt(memo, start, at, next));
				if (isLoneLetter(memo, at, next)) lone = next;
				part = next;
			}
			at = next;
		} else if (at > start && memo.cuts[at] === Cut.blankLost && isStatementBehind(memo, at)) edge = Edge.open;
		branch = getChild(tree, branch, memo.chars[at] as string);
		if (!branch) return;
		at++;
		const ends = getEnds(tree, branch);
		if (ends.length === 0) continue;
		const end = judgeEnd(memo, at);
		const isOntoWord = end === Edge.none && memo.kinds[at - 1] === CharKind.digit && memo.kinds[at] === CharKind.letter;
		if (end === Edge.none && !isOntoWord) continue;
		for (const position of ends) {
			const meant = judgeMeaning(tree.codes[position] as KnownCode, { memo, start, part, end: at, joined });
			if (meant === Edge.none) continue;
			const isOpen = at === lone + 1 || isOntoWord;
			const isGlued = isOntoWord || !canBeginAt(memo, start);
			found.push({ position, start, end: at, edge: isOpen ? Edge.open : Math.max(edge, end, meant), isGlued });
		}
	}
}

/**
 * What was joined over a gap, the worst last: letters and a number, which any payer sets apart; parts of a number; a
 * number and a phone or an account; a number and a word behind it; or an amount, a date or a time.
 */
const Join = { none: 0, plain: 1, digits: 2, contact: 3, numberAndWord: 4, statement: 5 } as const;

function joinAt(memo: Memo, start: number, gap: number, next: number): number {
	const [before, behind] = [gap - 1, next];
	if (isStatementAt(memo, before) || isStatementAt(memo, behind)) return Join.statement;
	if (memo.kinds[before] !== CharKind.digit) return Join.plain;
	if (memo.kinds[behind] === CharKind.digit) {
		const isContact = memo.numbers[before] === NumberKind.contact || memo.numbers[behind] === NumberKind.contact;
		return isContact ? Join.contact : Join.digits;
	}
	for (let at = start; at < gap; at++) if (memo.kinds[at] !== CharKind.digit) return Join.plain;
	return Join.numberAndWord;
}

/** A single letter set apart from a code may be a word of its own, as in DH399 a; not so in D H 3 9 9. */
function isLoneLetter(memo: Memo, gap: number, next: number): boolean {
	return memo.kinds[next] === CharKind.letter && isWordAt(memo, gap - 2);
}

interface Reading {
	memo: Memo;
	start: number;
	/** Where the last part begins that was joined over a gap. */
	part: number;
	end: number;
	joined: number;
}

/** Whether a code that is there letter by letter is what the payer means: in all readings, in some, or in none. */
function judgeMeaning(code: KnownCode, { memo, start, part, end, joined }: Reading): number {
	if (code.isNumber) return joined === Join.none ? judgeNumberOfPayer(memo, start, end) : Edge.none;
	if (joined === Join.contact && !code.hasInnerSeparator) return Edge.none;
	if (joined >= Join.numberAndWord && !code.hasSeparator) return Edge.none;
	const isAsWritten = joined !== Join.statement || slice(memo, start, end) === code.folded;
	if (!isAsWritten && !code.hasInnerSeparator) return Edge.none;
	if (!isAsWritten || isInsideStatement(memo, end)) return Edge.open;
	if (joined !== Join.digits || code.hasInnerSeparator) return Edge.sure;
	// The last part may count what follows, or be a day: DH12 5 ly, DH12 241226.
	return goesOn(memo, end) || mayBeStatement(slice(memo, part, part + AROUND)) ? Edge.open : Edge.sure;
}

/** Bare numbers are believed only in the payer's own words, and only as a whole: not in `7-33.12` or `796 0 00`. */
function judgeNumberOfPayer(memo: Memo, start: number, end: number): number {
	for (let at = start; at < end; at++) if (memo.numbers[at] !== NumberKind.none) return Edge.none;
	return isBound(memo, end, 1) || isBound(memo, start - 1, -1) ? Edge.open : Edge.sure;
}

/** Whether a mark as in 1.2 or 1-2, or a blank, ties a number to this place; the bank may have broken a line at the mark. */
function isBound(memo: Memo, at: number, step: 1 | -1): boolean {
	// The number of another code: KTX-1024.
	const before = step < 0 ? slice(memo, Math.max(0, at - AROUND), at + 1) : '';
	const [, word] = /([A-Z]+) ?[-_/] ?$/.exec(before) ?? [];
	if (word !== undefined && !isWordBeforeCode(word)) return true;
	const isCut = memo.cuts[at] === Cut.blankAdded;
	const first = isCut ? at + step : at;
	if (memo.kinds[first] === CharKind.digit) return isCut && isOwnDigitAt(memo, first);
	if (memo.chars[first] === ' ') return isOwnNumberAt(memo, first + step, step);
	if (!/^[-.,:/_]$/.test(memo.chars[first] ?? '')) return false;
	const next = memo.cuts[first + step] === Cut.blankAdded ? first + 2 * step : first + step;
	return memo.kinds[next] === CharKind.digit;
}

/** Whether a word of digits alone is there: not in `Napas247`. */
function isOwnNumberAt(memo: Memo, start: number, step: 1 | -1): boolean {
	let at = start;
	while (isOwnDigitAt(memo, at)) at += step;
	return at !== start && !isWordAt(memo, at);
}

/** Whether more parts of a number follow, so that what was joined is not all of it. */
function goesOn(memo: Memo, end: number): boolean {
	const next = skipGap(memo, end);
	return memo.kinds[next] === CharKind.digit && memo.numbers[next] !== NumberKind.contact;
}
