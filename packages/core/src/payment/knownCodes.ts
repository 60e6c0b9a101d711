/** Codes that are awaited, so that one of many costs little more to find than the only one. */
import { ParameterError } from '../errors';
import { fold } from './memoAnatomy';

export interface KnownCode {
	/** Whether the shop itself writes a separator between digits, as in HD/25/12. */
	hasInnerSeparator: boolean;
	/** Whether the shop itself writes a separator at all. */
	hasSeparator: boolean;
	isNumber: boolean;
	/** Capitals without diacritics, separators kept. */
	folded: string;
	/** As `folded`, without separators. */
	plain: string;
}

/** Codes in the order of their letters and digits, so that many cost little more than one. */
export interface KnownCodeTree {
	codes: readonly KnownCode[];
	/** Letters and digits of the codes, sorted. */
	sorted: readonly string[];
	/** Position of each of them in the list of codes. */
	positions: readonly number[];
}

/** @throws ParameterError as makeKnownCodeFinder does */
export function makeKnownCodeTree(codes: readonly string[]): KnownCodeTree {
	const known = codes.map((text) => {
		const folded = fold(text.trim());
		const letters = folded.replace(/[^\p{L}\p{N}]/gu, '');
		if (!/^[A-Z0-9]+$/.test(letters)) {
			throw new ParameterError(
				'code',
				`"${text}" is not a payment code`,
				'Use letters and digits, as in DH1024: banks pass nothing else on.',
			);
		}
		return {
			folded,
			plain: letters,
			isNumber: /^\d+$/.test(letters),
			hasSeparator: /[^A-Z0-9]/.test(folded),
			hasInnerSeparator: /\d[^A-Z0-9]+\d/.test(folded),
		};
	});
	const textAt = (position: number): string => (known[position] as KnownCode).plain;
	const positions = [...known.keys()].sort((a, b) => (textAt(a) < textAt(b) ? -1 : textAt(a) > textAt(b) ? 1 : a - b));
	return { codes: known, sorted: positions.map(textAt), positions };
}

/** Codes that begin alike: a part of the sorted ones. */
export interface Branch {
	from: number;
	to: number;
	/** How many letters and digits they have in common. */
	length: number;
}

export function allOf({ sorted }: KnownCodeTree): Branch {
	return { from: 0, to: sorted.length, length: 0 };
}

/** Those of the codes that have this character next. */
export function getChild({ sorted }: KnownCodeTree, { from, to, length }: Branch, char: string): Branch | undefined {
	const find = (isBefore: (next: string) => boolean): number => {
		let [low, high] = [from, to];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (isBefore((sorted[middle] as string).charAt(length))) low = middle + 1;
			else high = middle;
		}
		return low;
	};
	const child = { from: find((next) => next < char), to: find((next) => next <= char), length: length + 1 };
	return child.from < child.to ? child : undefined;
}

/** Positions in the list of codes of those that end here: shorter ones are sorted first. */
export function getEnds({ sorted, positions }: KnownCodeTree, { from, to, length }: Branch): number[] {
	let end = from;
	while (end < to && sorted[end]?.length === length) end++;
	return positions.slice(from, end);
}

/** Positions in the list of codes of those that are just this one. */
export function findExactly(code: string, tree: KnownCodeTree): number[] {
	let branch: Branch | undefined = allOf(tree);
	for (const char of code) branch &&= getChild(tree, branch, char);
	return branch ? getEnds(tree, branch) : [];
}
