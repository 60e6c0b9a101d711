/** Finds the payment codes that a memo states, when only their pattern is known (casso-api 9). */
import { LONGEST_CODE, type CodePattern, type Place } from './codePattern';
import { CharKind, isCodeCharAt, isWordAt, readMemoText, skipGap, type MemoText } from './memoText';
import { isAmountOrTime, isPhoneOrAccount } from './otherNumber';

interface Found {
	code: string;
	/** Place behind the last character. */
	end: number;
}

/**
 * Survives what banks do to a memo, and invents nothing: a code is a word of its own, with at most one separator
 * behind the prefix; digits are never joined over a gap, so that `DH12 500000` states DH12.
 *
 * @param memo the transfer description as it came
 * @param amount of the transaction in VND, where known: a number set apart from the prefix that is just this amount
 * is no code
 * @returns each code once, in the order of the memo: capitals, letters and digits only (`dh-1024` is DH1024)
 */
export function readPaymentCodes(memo: string, pattern: CodePattern, amount?: number): string[] {
	return scanForCodes(readMemoText(memo), pattern, amount);
}

/** As readPaymentCodes, on text that has been read already. Looks at each character a bounded number of times. */
export function scanForCodes(memo: MemoText, pattern: CodePattern, amount?: number): string[] {
	const codes = new Set<string>();
	let at = 0;
	while (at < memo.chars.length) {
		if (!isWordAt(memo, at) || isWordAt(memo, at - 1)) {
			at++;
			continue;
		}
		const chain = matchWord(memo, at, pattern, amount);
		for (const { code } of chain) codes.add(code);
		at = chain.at(-1)?.end ?? at + 1;
	}
	return [...codes];
}

/** The codes that a word consists of: one, or several written onto each other (`DH12DH13`) and nothing else. */
function matchWord(memo: MemoText, start: number, pattern: CodePattern, amount?: number): Found[] {
	const chain: Found[] = [];
	for (let at = start; ; ) {
		const found = matchAt(memo, at, pattern, amount);
		if (!found) return [];
		chain.push(found);
		if (!isWordAt(memo, found.end)) return chain;
		if (pattern.run !== 'digits') return [];
		at = found.end;
	}
}

function matchAt(memo: MemoText, start: number, pattern: CodePattern, amount?: number): Found | undefined {
	const prefix = matchPlaces(memo, start, pattern.prefix);
	if (!prefix) return undefined;
	const from = skipGap(memo, prefix.end);
	const isApart = memo.kinds[from - 1] === CharKind.separator;
	const mustBeDigit = isApart || pattern.middle.length === 0;
	if (mustBeDigit && memo.kinds[from] !== CharKind.digit) return undefined;
	const middle = matchPlaces(memo, from, pattern.middle);
	const rest = middle && matchRun(memo, middle.end, pattern);
	if (!rest) return undefined;
	const taken = middle.code + rest.code;
	const code = prefix.code + taken;
	if (code.length > LONGEST_CODE || !/\d/.test(taken)) return undefined;
	if (isApart && (isAmountOrTime(memo, from) || isPhoneOrAccount(memo, from) || taken === String(amount)))
		return undefined;
	return { code, end: rest.end };
}

function matchPlaces(memo: MemoText, start: number, places: readonly Place[]): Found | undefined {
	let at = start;
	let code = '';
	for (const place of places) {
		if (place === 'gap') {
			at = skipGap(memo, at);
			continue;
		}
		if (!isCodeCharAt(memo, at)) return undefined;
		const char = memo.chars[at] as string;
		if (place !== 'any' && place.literal !== char) return undefined;
		code += char;
		at++;
	}
	return { code, end: at };
}

/** The number or the star of the pattern, as far as it goes, and what has to stand behind a star. */
function matchRun(memo: MemoText, start: number, { run, ending }: CodePattern): Found | undefined {
	if (run === 'none') return { code: '', end: start };
	let end = start;
	let code = '';
	const goesOn = (): boolean => (run === 'digits' ? memo.kinds[end] === CharKind.digit : isCodeCharAt(memo, end));
	while (end < memo.chars.length && code.length <= LONGEST_CODE && goesOn()) code += memo.chars[end++] as string;
	if (code.length <= ending.length) return undefined;
	if (ending.length > 0 && matchPlaces(memo, end - ending.length, ending) === undefined) return undefined;
	return { code, end };
}
