/**
 * Where the bank may have cut the memo into lines. MB cuts the memos of other banks into lines of 35 characters, trims
 * them and joins them: with nothing (2024), or with a blank (2022, 2025). What the lines lost is not known, so each way
 * to fit the whole memo into such lines is tried, and every place that differs in any of them is a cut.
 */
import { countOwnBlanks, isCutByMb, MB_END, MB_LINE, MB_ORIGIN } from './bankForms';

/** What a cut may have done there, if anything: dropped a blank before this character, or put this blank in. */
export const Cut = { none: 0, blankLost: 1, blankAdded: 2 } as const;

/** One way to join lines. */
interface Joining {
	/** What is between two lines, in characters. */
	width: 0 | 1;
	/** Most blanks that are trimmed off each end of a line. */
	trims: 0 | 1;
}

const WITH_NOTHING: Joining = { width: 0, trims: 1 };
const WITH_BLANK: Joining = { width: 1, trims: 1 };
const UNTRIMMED: Joining = { width: 1, trims: 0 };

/** Memos of banks are shorter; a longer text has no lines of a bank. */
const LONGEST_IN_LINES = 300;

export interface Lines {
	/** Without the blanks that were put in for certain. */
	text: string;
	/** A Cut for each character. */
	cuts: Uint8Array;
}

/** @param text folded */
export function findLines(text: string): Lines {
	const origin = MB_ORIGIN.exec(text)?.[0].length ?? 0;
	if (text.length > LONGEST_IN_LINES || !isCutByMb(text, origin)) return { text, cuts: cutsOfOtherBanks(text) };
	const isCustomer = text.startsWith('CUSTOMER ');
	const origins = isCustomer ? [origin] : [...new Set([origin, 0, ...nameEnds(text)])];
	const ownBlanks = countOwnBlanks(text);
	const joined = compareBlanks(text, ownBlanks);
	const withBlank = fitAll(joined, origins, [WITH_BLANK, UNTRIMMED]);
	// In 2022 all lines were joined with a blank.
	const isOf2022 = isCustomer && !MB_END.test(text) && withBlank.some(({ isToEnd }) => isToEnd);
	// The bank's own words tell, if a line ends in them, and so does a blank that was kept beside one put in.
	const isAdded = joined.changes.some((change) => change > 0) || withBlank.some(({ hasTwoBlanks }) => hasTwoBlanks);
	const isLost = joined.changes.some((change) => change < 0);
	if (isAdded && !isLost && isUntrimmed(withBlank)) {
		const places = withBlank.flatMap(({ placesToEnd }) => [...placesToEnd]);
		const restored = Array.from(text, (char, at) => (places.includes(at) ? '' : char)).join('');
		return { text: restored, cuts: cutsOfOtherBanks(restored) };
	}
	const cuts = cutsOfOtherBanks(text);
	if (isAdded || !isLost) mark(cuts, Cut.blankAdded, withBlank);
	if ((isLost || !isAdded) && !isOf2022) mark(cuts, Cut.blankLost, fitAll(joined, [0, origin], [WITH_NOTHING]));
	return { text, cuts };
}

/** Techcombank keeps its lines apart. */
function cutsOfOtherBanks(text: string): Uint8Array {
	return Uint8Array.from(text, (char) => (char === '\n' ? Cut.blankAdded : Cut.none));
}

/** Whether the lines can only be those of 2025: then the payer's blanks are known. */
function isUntrimmed(withBlank: readonly Fit[]): boolean {
	const toEnd = withBlank.filter(({ isToEnd }) => isToEnd);
	return toEnd.length === 1 && toEnd[0]?.hasTwoBlanks === true;
}

/** Where the payer's name may end, which may not count as part of the first line. */
function nameEnds(text: string): number[] {
	return [2, 3, 4, 5].flatMap((words) => new RegExp(`^(?:[A-Z]{1,7} ){${words}}`).exec(text)?.[0].length ?? []);
}

/** Lines that the bank joined. */
interface Joined {
	text: string;
	/** How many blanks more than the bank wrote there are before each character; NaN if it is not known. */
	changes: Float64Array;
	/** From each character on, the first of the bank's own that has more or fewer blanks before it. */
	nextChange: Uint32Array;
}

function compareBlanks(text: string, ownBlanks: readonly (number | undefined)[]): Joined {
	let blanks = 0;
	const changes = Float64Array.from(text, (_, at) => {
		blanks = text[at - 1] === ' ' ? blanks + 1 : 0;
		return blanks - (ownBlanks[at] ?? Number.NaN);
	});
	const nextChange = new Uint32Array(text.length + 1).fill(text.length);
	for (let at = text.length - 1; at >= 0; at--) nextChange[at] = changes[at] ? at : (nextChange[at + 1] as number);
	return { text, changes, nextChange };
}

/** All ways that leave the bank's own words as it writes them; if it writes them in another way now, all ways. */
function fitAll(joined: Joined, origins: readonly number[], joinings: readonly Joining[]): Fit[] {
	const fitTo = (lines: Joined): Fit[] =>
		joinings.flatMap((joining) => origins.map((origin) => fitLines(lines, origin, joining)));
	const fits = fitTo(joined);
	const isAnyKnown = joined.changes.some((change) => !Number.isNaN(change));
	return !isAnyKnown || fits.some(({ isToEnd }) => isToEnd) ? fits : fitTo(compareBlanks(joined.text, []));
}

/** Only ways that fit up to the end, if there are any: a bank may change its own last words. */
function mark(cuts: Uint8Array, cut: number, fits: readonly Fit[]): void {
	const isAnyToEnd = fits.some(({ isToEnd }) => isToEnd);
	for (const { placesToEnd, places } of fits) {
		for (const place of isAnyToEnd ? placesToEnd : places) cuts[place] = cut;
	}
}

interface Fit {
	/** Places where a blank was lost or added. */
	places: Set<number>;
	/** Those of them on a way that fits up to the end. */
	placesToEnd: Set<number>;
	isToEnd: boolean;
	/** Whether a line that was not trimmed ends in a blank or begins with one. */
	hasTwoBlanks: boolean;
}

function fitLines({ text, changes, nextChange }: Joined, origin: number, { width, trims }: Joining): Fit {
	const fit: Fit = { places: new Set(), placesToEnd: new Set(), isToEnd: false, hasTwoBlanks: false };
	const known = new Map<number, boolean>();
	const wordFrom = (at: number): number => (text[at] === ' ' ? wordFrom(at + 1) : at);
	/** Whether the bank's own words are as it writes them behind the first character of a line. */
	const isOwnWithin = (start: number, end: number): boolean =>
		(nextChange[Math.min(wordFrom(start) + 1, text.length)] as number) >= end;
	/** Whether the rest fits, if a line that has lost its first blanks begins there. */
	const fitsFrom = (start: number, lost: number): boolean => {
		if (text.length - start <= MB_LINE - lost) return isOwnWithin(start, text.length);
		const key = 2 * start + lost;
		const before = known.get(key);
		if (before !== undefined) return before;
		let isToEnd = false;
		for (let atEnd = 0; atEnd <= trims; atEnd++) {
			const place = start + MB_LINE - lost - atEnd;
			if (!canMeetAt(text, place, width, trims) || !isOwnWithin(start, place)) continue;
			for (let behind = 0; behind <= trims; behind++) {
				const change = changes[wordFrom(place)] as number;
				if (!Number.isNaN(change) && change !== width - atEnd - behind) continue;
				const fits = fitsFrom(place + width, behind);
				isToEnd ||= fits;
				if (fits && width === 1 && isBlankBeside(text, place, width)) fit.hasTwoBlanks = true;
				// If a blank was trimmed and another put in, the memo is as the payer wrote it.
				if (width === 1 ? atEnd + behind > 0 || isBlankBeside(text, place, width) : atEnd + behind === 0) continue;
				fit.places.add(place);
				if (fits) fit.placesToEnd.add(place);
			}
		}
		known.set(key, isToEnd);
		return isToEnd;
	};
	fit.isToEnd = fitsFrom(origin, 0);
	return fit;
}

/** Whether a line can end before this place, and the next begin at or behind it. */
function canMeetAt(text: string, place: number, width: number, trims: number): boolean {
	if (width === 1 && text[place] !== ' ') return false;
	return trims === 0 || !isBlankBeside(text, place, width);
}

function isBlankBeside(text: string, place: number, width: number): boolean {
	return text[place - 1] === ' ' || text[place + width] === ' ';
}
