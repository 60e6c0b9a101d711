/**
 * Finds codes that are awaited. Because each is known, what a bank tore apart may be joined (`DH10 24` is DH1024), and
 * a code still has to begin and end where words do (`DH12` is not in `DH123`).
 */
import { ParameterError } from '../errors/ParameterError';
import { CharKind, fold, isCodeCharAt, isWordAt, readMemoText, skipGap, type MemoText } from './memoText';
import { isAmountOrTime } from './otherNumber';

/** Letters and digits of the awaited codes as a tree, so that many codes cost no more than one. */
interface Branch {
	next: Map<string, Branch>;
	/** Positions in the list of those codes that end here. */
	ends: number[];
}

interface KnownCode {
	text: string;
	/** Whether the shop itself writes a separator between digits, as in HD/25/12. */
	hasInnerSeparator: boolean;
	isNumber: boolean;
	/** Capitals without diacritics, separators kept. */
	folded: string;
}

/** Looks for the awaited codes in one memo; returns positions in the list of codes, in the order of the memo. */
export type KnownCodeFinder = (memo: string) => number[];

/**
 * @param codes as the shop writes them; two that differ only in case or separators are both found
 * @returns a finder whose work grows with the memo's length and not with the number of codes
 * @throws ParameterError for a code without a letter or digit of A–Z and 0–9
 */
export function makeKnownCodeFinder(codes: readonly string[]): KnownCodeFinder {
	const tree = makeKnownCodeTree(codes);
	return (memo) => scanForKnownCodes(readMemoText(memo), tree);
}

export interface KnownCodeTree {
	root: Branch;
	codes: readonly KnownCode[];
}

/** @throws ParameterError as makeKnownCodeFinder does */
export function makeKnownCodeTree(codes: readonly string[]): KnownCodeTree {
	const root = newBranch();
	const known = codes.map((text, position) => {
		const folded = fold(text.trim());
		const plain = folded.replace(/[^\p{L}\p{N}]/gu, '');
		if (!/^[A-Z0-9]+$/.test(plain)) {
			throw new ParameterError(
				'code',
				`"${text}" is not a payment code`,
				'Use letters and digits, as in DH1024: banks pass nothing else on.',
			);
		}
		let branch = root;
		for (const char of plain) branch = childOf(branch, char);
		branch.ends.push(position);
		return { text, folded, isNumber: /^\d+$/.test(plain), hasInnerSeparator: /\d[^A-Z0-9]+\d/.test(folded) };
	});
	return { root, codes: known };
}

function newBranch(): Branch {
	return { next: new Map(), ends: [] };
}

function childOf(branch: Branch, char: string): Branch {
	const child = branch.next.get(char) ?? newBranch();
	branch.next.set(char, child);
	return child;
}

/** As a KnownCodeFinder, on text that has been read already. From each word on it goes no further than the tree. */
export function scanForKnownCodes(memo: MemoText, tree: KnownCodeTree): number[] {
	const found = new Set<number>();
	for (let at = 0; at < memo.chars.length; at++) {
		if (isWordAt(memo, at) && !isWordAt(memo, at - 1)) addCodesFrom(memo, at, tree, found);
	}
	return [...found];
}

function addCodesFrom(memo: MemoText, start: number, tree: KnownCodeTree, found: Set<number>): void {
	let branch: Branch | undefined = tree.root;
	let hasGap = false;
	let numberApart: number | undefined;
	for (let at = start; ; ) {
		if (!isCodeCharAt(memo, at)) {
			const next = skipGap(memo, at);
			if (next === at || !isCodeCharAt(memo, next)) return;
			hasGap = true;
			const isBehindPrefix = memo.kinds[at - 1] === CharKind.letter && memo.kinds[next] === CharKind.digit;
			if (isBehindPrefix) numberApart ??= next;
			at = next;
		}
		branch = branch.next.get(memo.chars[at] as string);
		if (!branch) return;
		at++;
		if (branch.ends.length === 0 || isWordAt(memo, at)) continue;
		const reading = { memo, start, end: at, hasGap, numberApart };
		for (const position of branch.ends) {
			if (isMeant(tree.codes[position] as KnownCode, reading)) found.add(position);
		}
	}
}

interface Reading {
	memo: MemoText;
	start: number;
	end: number;
	hasGap: boolean;
	/** Where a number begins that stands apart from the letters before it. */
	numberApart: number | undefined;
}

/** Bare numbers are never joined; a number apart from its prefix must not be an amount, a date or a time. */
function isMeant(code: KnownCode, { memo, start, end, hasGap, numberApart }: Reading): boolean {
	if (code.isNumber && hasGap) return false;
	if (numberApart === undefined || !isAmountOrTime(memo, numberApart)) return true;
	if (!code.hasInnerSeparator) return false;
	let written = '';
	for (let at = start; at < end; at++) written += memo.chars[at] as string;
	return written === code.folded;
}
