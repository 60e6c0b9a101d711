/** Finds the payment codes that a memo states, when only their pattern is known (casso-api 9). */
import { LONGEST_CODE, type CodePattern, type CodeTemplate, type Place, type Run } from './codePattern';
import { Edge, isStatementBehind, judgeEnd, judgeStart } from './besideCuts';
import { Cut } from './lineCuts';
import { CharKind, isCodeCharAt, isInsideStatement, isWordAt, readMemo, skipGap, type Memo } from './memoAnatomy';
import { NumberKind } from './otherNumbers';
import { isPlainWords } from './plainWords';

interface Found {
	code: string;
	/** Place behind the last character. */
	end: number;
}

/** A code of letters only is believed from this length on, unless the pattern says otherwise. */
const SURE_LETTERS = 8;

/**
 * Survives what banks do to a memo, and invents nothing: a code is a word of its own in the payer's words, with at most
 * one separator behind the prefix; digits are never joined over a gap, so that `DH12 500000` states DH12.
 *
 * @param memo the transfer description as it came
 * @param amount of the transaction in VND, if known: a number set apart from the prefix that is just this amount
 * is no code
 * @returns each code once, in the order of the memo: capitals, letters and digits only (`dh-1024` is DH1024)
 */
export function readPaymentCodes(memo: string, pattern: CodePattern, amount?: number): string[] {
	return scanForCodes(readMemo(memo), pattern, amount);
}

/** As readPaymentCodes, on text that has been read already. Looks at each character a bounded number of times. */
export function scanForCodes(memo: Memo, pattern: CodePattern, amount?: number): string[] {
	const codes = new Set<string>();
	let at = 0;
	while (at < memo.chars.length) {
		if (!isWordAt(memo, at) || judgeStart(memo, at) !== Edge.sure) {
			at++;
			continue;
		}
		let longest: Found[] = [];
		for (const template of pattern) {
			const chain = matchWord(memo, at, template, amount);
			if ((chain.at(-1)?.end ?? 0) > (longest.at(-1)?.end ?? 0)) longest = chain;
		}
		for (const { code } of longest) codes.add(code);
		at = longest.at(-1)?.end ?? at + 1;
	}
	return [...codes];
}

/** The codes that a word consists of: one, or several written onto each other (`DH12DH13`) and nothing else. */
function matchWord(memo: Memo, start: number, template: CodeTemplate, amount?: number): Found[] {
	const chain: Found[] = [];
	for (let at = start; ; ) {
		const found = matchAt(memo, at, template, amount);
		if (!found) return [];
		chain.push(found);
		const edge = judgeEnd(memo, found.end);
		// A template of one length says that nothing is missing, if something else may follow.
		if (edge === Edge.sure || (edge === Edge.open && !template.run)) return chain;
		if (edge === Edge.open || template.run?.of !== 'digit') return [];
		at = found.end;
	}
}

function matchAt(memo: Memo, start: number, template: CodeTemplate, amount?: number): Found | undefined {
	const prefix = matchPlaces(memo, start, template.prefix);
	if (!prefix) return undefined;
	const from = skipGap(memo, prefix.end);
	const isApart = memo.kinds[from - 1] === CharKind.separator;
	const isGapWanted = template.prefix.at(-1) === 'gap';
	// A code of one length may begin with a letter, if it has a digit somewhere.
	const mustBeDigit =
		template.run && (isApart ? !isGapWanted : template.middle.length === 0 && template.run.startsWithDigit);
	if (mustBeDigit && memo.kinds[from] !== CharKind.digit) return undefined;
	const middle = matchPlaces(memo, from, template.middle, !template.run);
	const rest = middle && matchRun(memo, middle.end, template);
	if (!rest) return undefined;
	const taken = middle.code + rest.code;
	const code = prefix.code + taken;
	if (code.length > LONGEST_CODE) return undefined;
	if (!/\d/.test(taken) && !template.allowsLetters && (code.length < SURE_LETTERS || isPlainWords(taken)))
		return undefined;
	if (isApart && taken === String(amount)) return undefined;
	if (template.run && isInsideStatement(memo, rest.end)) return undefined;
	if (isApart && !isGapWanted && (!/\d/.test(taken) || isOtherNumberAt(memo, from, template))) return undefined;
	return { code, end: rest.end };
}

/** Whether a number set apart is none of a code. A phone may be the code of a shop whose codes have one length. */
function isOtherNumberAt({ kinds, numbers }: Memo, at: number, { run }: CodeTemplate): boolean {
	if (kinds[at] !== CharKind.digit) return false;
	return numbers[at] === NumberKind.statement || (run !== undefined && numbers[at] === NumberKind.contact);
}

/** @param isTorn whether the bank may have put a blank in: a fixed length tells what belongs to the code */
function matchPlaces(memo: Memo, start: number, places: readonly Place[], isTorn = false): Found | undefined {
	let at = start;
	let code = '';
	for (const place of places) {
		if (place === 'gap') {
			at = skipGap(memo, at);
			continue;
		}
		if (isTorn && at > start && memo.cuts[at] === Cut.blankAdded && !isStatementBehind(memo, at + 1)) at++;
		if (!isCodeCharAt(memo, at)) return undefined;
		const char = memo.chars[at] as string;
		if (place === 'digit' && memo.kinds[at] !== CharKind.digit) return undefined;
		if (typeof place === 'object' && place.literal !== char) return undefined;
		code += char;
		at++;
	}
	return { code, end: at };
}

/** The run of the template as far as it goes, and what has to come behind it. */
function matchRun(memo: Memo, start: number, { run, ending }: CodeTemplate): Found | undefined {
	if (!run) return { code: '', end: start };
	let end = start;
	let code = '';
	while (code.length <= LONGEST_CODE && isOfRun(memo, end, run)) code += memo.chars[end++] as string;
	const length = code.length - ending.length;
	if (length < run.least || length > run.most) return undefined;
	// If another statement may begin at a cut, a shorter code may be meant.
	for (let at = start + run.least; at < end; at++) {
		if (memo.cuts[at] === Cut.blankLost && judgeEnd(memo, at) !== Edge.none) return undefined;
	}
	if (ending.length > 0 && matchPlaces(memo, end - ending.length, ending) === undefined) return undefined;
	return { code, end };
}

function isOfRun(memo: Memo, at: number, run: Run): boolean {
	return isCodeCharAt(memo, at) && (run.of === 'any' || memo.kinds[at] === CharKind.digit);
}
