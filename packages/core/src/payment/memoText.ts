/**
 * A transfer memo made comparable (casso-api 9): capitals without diacritics, one entry a character. Banks take
 * diacritics off, change case and put other characters for blanks; none of that may hide a code. Nothing is removed
 * that a reader would see as a gap.
 */

/** What a character can be to a code. `other` is a letter or digit outside A–Z and 0–9: part of a word, of no code. */
export const CharKind = { separator: 0, digit: 1, letter: 2, other: 3 } as const;

export interface MemoText {
	chars: ArrayLike<string>;
	/** A CharKind for each character. */
	kinds: ArrayLike<number>;
}

/** Longest run of separators that can still be one gap. */
const LONGEST_GAP = 8;

/**
 * @param text memo or pattern, as the bank or the user wrote it
 * @returns capitals, diacritics and invisible characters removed, full-width forms as their plain ones
 */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/[đĐðÐ]/g, 'D')
		.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
		.toUpperCase();
}

/** @param text as the bank wrote it; takes time in proportion to its length */
export function readMemoText(text: string): MemoText {
	const chars = [...fold(text)];
	return { chars, kinds: chars.map(kindOf) };
}

function kindOf(char: string): number {
	if (char >= '0' && char <= '9') return CharKind.digit;
	if (char >= 'A' && char <= 'Z') return CharKind.letter;
	return char > '\u007f' && /[\p{L}\p{N}]/u.test(char) ? CharKind.other : CharKind.separator;
}

/** Whether a word goes on at this place. */
export function isWordAt(memo: MemoText, at: number): boolean {
	return at >= 0 && at < memo.chars.length && memo.kinds[at] !== CharKind.separator;
}

/** Whether the character there can belong to a code: A–Z or 0–9. */
export function isCodeCharAt(memo: MemoText, at: number): boolean {
	return at < memo.chars.length && (memo.kinds[at] === CharKind.digit || memo.kinds[at] === CharKind.letter);
}

/**
 * Steps over one separator: a run of white space, one other character, or a colon or number sign with white space
 * around it. Anything more separates two statements.
 *
 * @returns where the next word begins; `at` itself where there is no such gap
 */
export function skipGap(memo: MemoText, at: number): number {
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
	return isOneGap && end < memo.chars.length ? end : at;
}
