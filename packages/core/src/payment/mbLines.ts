/** How MB cuts memos into lines, and what it writes itself. All of it is matched on folded text. */

/**
 * MB cuts memos into lines of 35 characters and joins them: with a blank (2022), with nothing (2024), or with one or
 * two blanks (2025). The first two trim each line; in 2025 lines may keep their own blanks.
 */
export const MB_LINE = 35;

/** MB prints CUSTOMER or the payer's name first; whether that prefix counts in the 35 differs, so both are tried. */
export const MB_ORIGIN = /^(?:CUSTOMER |[A-Z ]{0,40}(?=MBVCB[. ]|Q[A-Z0-9]{9} |\d{11,12}-|ZALOPAY-))/;

/** @returns the parts as one form, with the flags of the first; blanks may be at each `~`, where MB may have cut */
export function torn(first: RegExp, ...rest: readonly RegExp[]): RegExp {
	const source = [first, ...rest].map((part) => part.source).join('');
	return new RegExp(source.replaceAll('~', '\\s{0,2}'), first.flags);
}

/** What MB writes as part of the last line, since 2024 at least. */
export const MB_TRACE_WORDS = torn(/(?:M~A~G~I~A~O~D~I~C~H[\s/]{0,3}T~R~A~C~E|M~A~G~D~A~C~S~P)/);

/** What MB may write behind the last line, or at its end. */
export const MB_LAST_TRACE = torn(/ ?T~R~A~C~E {0,2}\d[\d ]*$/);

/** What MB writes behind the lines of a memo. */
export const MB_BEHIND_LINES = / ?(?<![A-Z0-9])NG CHUYEN:|\.\s?(?:TU|DEN):/;

/**
 * Words that Vietcombank and MB write themselves, each in brackets with the blanks that the bank writes before it. They
 * are found in text without blanks. A name that is between two words has one blank at either end.
 */
const OWN_WORDS = [
	String.raw`MBVCB.*?(CT)( TU)( \d+)(?:[A-Z]{2,60}?( TOI)( \d+)(?:[A-Z]{2,60}?( TAI)( MB))?)?`,
	String.raw`(-)( MA)( GIAO)( DICH/)( TRACE)( \d{6})$`,
	String.raw`(-)( MA)( GD)( ACSP/)( [A-Z0-9]{2}\d{6})$`,
	String.raw`([^])(   MA)( GIAO)( DICH)(  TRACE\d{6})( TRACE)( \d{6})$`,
].map((words) => ({
	form: new RegExp(words.replaceAll(' ', ''), 'd'),
	blanks: Array.from(words.matchAll(/\(( *)(?!\?)/g), ([, before = '']) => before.length),
}));

/** @param text folded @returns how many blanks the bank wrote before each character, if it is known */
export function countOwnBlanks(text: string): (number | undefined)[] {
	const known = new Array<number | undefined>(text.length);
	const places = Array.from(text, (_, at) => at).filter((at) => text[at] !== ' ');
	const letters = places.map((at) => text.charAt(at)).join('');
	for (const { form, blanks } of OWN_WORDS) {
		const words = (form.exec(letters)?.indices ?? []).slice(1) as ([number, number] | undefined)[];
		let before: number | undefined;
		for (const [index, [from, to]] of words.filter((word) => word !== undefined).entries()) {
			for (let at = from + 1; at < to; at++) known[places[at] as number] = 0;
			if (before !== undefined) known[places[before] as number] = known[places[from] as number] = blanks[index];
			before = to;
		}
	}
	return known;
}

/** Lines that are joined with two blanks. */
const TWO_BLANKS = new RegExp(`^.{${MB_LINE - 1},${MB_LINE}} {2}`);

/**
 * MB keeps four lines: of a long memo of Vietcombank, MB's own words are lost. Each of the lines may have lost a blank
 * at both ends, and three may have been put between them.
 */
const FOUR_LINES = { least: 4 * MB_LINE - 8, most: 4 * MB_LINE + 3 };
const FROM_VIETCOMBANK = /^MBVCB[. ].*\.\s?C\s?T\s?T\s?U(?!.* TAI (?!MB?\b))/;

/** Whether MB cut this memo. @param text folded @param origin where its first line most likely begins */
export function isCutByMb(text: string, origin: number): boolean {
	if ([/^CUSTOMER /, MB_TRACE_WORDS, MB_LAST_TRACE, MB_BEHIND_LINES].some((words) => words.test(text))) return true;
	const lines = text.slice(origin);
	if (TWO_BLANKS.test(lines)) return true;
	return lines.length >= FOUR_LINES.least && lines.length <= FOUR_LINES.most && FROM_VIETCOMBANK.test(lines);
}
