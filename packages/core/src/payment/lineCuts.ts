/**
 * Where the bank may have cut the memo into lines. MB cuts memos into lines of 35 characters and joins them: with a
 * blank (2022), with nothing (2024), or with one or two blanks (2025). The first two trim each line; in 2025 lines may
 * keep their own blanks. What the lines lost is not known, so each way to fit the whole memo into such lines is tried,
 * and every place that differs in any of them is a cut.
 */
import {
	countOwnBlanks,
	isCutByMb,
	MB_BEHIND_LINES,
	MB_LAST_TRACE,
	MB_LINE,
	MB_ORIGIN,
	MB_TRACE_WORDS,
} from './mbLines';

/** What a cut may have done there, if anything: dropped a blank before this character, or put this blank in. */
export const Cut = { none: 0, blankLost: 1, blankAdded: 2 } as const;

/** One way to join lines. A side of a line that is trimmed may have lost one blank, and has none; else all are kept. */
interface Joining {
	/** How many blanks are put between two lines. */
	width: 0 | 1 | 2;
	trimsEnd: boolean;
	trimsStart: boolean;
}

const WITH_NOTHING: Joining = { width: 0, trimsEnd: true, trimsStart: true };
const WITH_BLANK: Joining = { width: 1, trimsEnd: true, trimsStart: true };
/** As of 2025, each line that has its own blanks has them still. */
const WITH_OWN_BLANKS: readonly Joining[] = [
	{ width: 1, trimsEnd: false, trimsStart: false },
	{ width: 2, trimsEnd: false, trimsStart: false },
	{ width: 2, trimsEnd: true, trimsStart: false },
];

/** Memos of banks are shorter; a longer text has no lines of a bank. */
const LONGEST_IN_LINES = 300;

export interface Lines {
	/** Without the blanks that were put in for certain. */
	text: string;
	/** A Cut for each character. */
	cuts: ArrayLike<number>;
}

/** @param text folded */
export function findLines(text: string): Lines {
	const end = MB_BEHIND_LINES.exec(text)?.index ?? text.length;
	const body = text.slice(0, end);
	const origin = MB_ORIGIN.exec(body)?.[0].length ?? 0;
	// Techcombank puts a line feed between lines.
	const cuts = Uint8Array.from(text, (char) => (char === '\n' ? Cut.blankAdded : Cut.none));
	if (text.length > LONGEST_IN_LINES || !isCutByMb(text, origin)) return { text, cuts };
	const isCustomer = text.startsWith('CUSTOMER ');
	const origins = isCustomer ? [origin] : [...new Set([origin, 0, ...nameEnds(body)])];
	const joined = compareBlanks(body, countOwnBlanks(body));
	const withBlank = fitAll(joined, origins, [WITH_BLANK, ...WITH_OWN_BLANKS]);
	const toEnd = withBlank.filter(({ isToEnd }) => isToEnd);
	// In 2022 all lines were joined with a blank.
	const isOf2022 = isCustomer && !MB_TRACE_WORDS.test(body) && toEnd.length > 0;
	// The bank's own words tell, if a line ends in them, and so does a blank that was kept beside one put in.
	const isAdded = joined.changes.some((change) => change > 0) || withBlank.some(({ hasTwoBlanks }) => hasTwoBlanks);
	const isLost = joined.changes.some((change, at) => change < 0 && text[at - 1] !== ' ');
	if (isAdded || !isLost) mark(cuts, Cut.blankAdded, withBlank);
	if ((isLost || !isAdded) && !isOf2022) mark(cuts, Cut.blankLost, fitAll(joined, [0, origin], [WITH_NOTHING]));
	const isCertain = isAdded && !isLost && toEnd.length === 1 && toEnd[0]?.isOnlyWay === true;
	// Blanks that the bank put in are taken out: all of them if it is certain, or else all but one.
	const isOut = (at: number): boolean => cuts[at] === Cut.blankAdded && (isCertain || cuts[at - 1] === Cut.blankAdded);
	const kept = Array.from(text, (_, at) => at).filter((at) => !isOut(at));
	return { text: kept.map((at) => text.charAt(at)).join(''), cuts: kept.map((at) => cuts[at] as number) };
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

/** All ways that leave the bank's own words as it writes them; if there is none, all ways, and no end is believed. */
function fitAll(joined: Joined, origins: readonly number[], joinings: readonly Joining[]): Fit[] {
	const fitTo = (lines: Joined): Fit[] =>
		joinings.flatMap((joining) => origins.map((origin) => fitLines(lines, origin, joining)));
	const fits = fitTo(joined);
	const isAnyKnown = joined.changes.some((change) => !Number.isNaN(change));
	if (!isAnyKnown || fits.some(({ isToEnd }) => isToEnd)) return fits;
	return fitTo(compareBlanks(joined.text, [])).map((fit) => ({ ...fit, isToEnd: false }));
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
	/** Whether there is more than one blank where lines meet. */
	hasTwoBlanks: boolean;
	/** Whether this way to join lines allows no other cuts. */
	isOnlyWay: boolean;
}

function fitLines({ text, changes, nextChange }: Joined, origin: number, joining: Joining): Fit {
	const { trimsEnd, trimsStart } = joining;
	const end = MB_LAST_TRACE.exec(text)?.index ?? text.length;
	const isOnlyWay = !trimsEnd || !trimsStart;
	const fit: Fit = { places: new Set(), placesToEnd: new Set(), isToEnd: false, hasTwoBlanks: false, isOnlyWay };
	const known = new Map<number, boolean>();
	const isBlank = (at: number): boolean => text[at] === ' ';
	const wordFrom = (at: number): number => (isBlank(at) ? wordFrom(at + 1) : at);
	/** Whether the bank's own words are as it writes them behind the first character of a line. */
	const isOwnWithin = (start: number, end: number): boolean =>
		(nextChange[Math.min(wordFrom(start) + 1, text.length)] as number) >= end;
	/** Whether the rest fits, if a line that has lost its first blanks begins there. */
	const fitsFrom = (start: number, lost: number, line: number): boolean => {
		let isToEnd = end - start <= MB_LINE - lost && isOwnWithin(start, text.length);
		if (text.length - start <= MB_LINE - lost) return isToEnd;
		const key = 2 * start + lost;
		const before = known.get(key);
		if (before !== undefined) return before;
		// Two blanks are put between four lines only.
		const width = line < 4 ? joining.width : Math.min(joining.width, 1);
		for (let atEnd = 0; atEnd <= Number(trimsEnd); atEnd++) {
			const place = start + MB_LINE - lost - atEnd;
			const [isBlankBefore, isBlankBehind] = [isBlank(place - 1), isBlank(place + width)];
			if ((trimsEnd && isBlankBefore) || (trimsStart && isBlankBehind)) continue;
			if (text.slice(place, place + width).trim() !== '' || !isOwnWithin(start, place)) continue;
			for (let behind = 0; behind <= Number(trimsStart); behind++) {
				const change = changes[wordFrom(place)] as number;
				if (!Number.isNaN(change) && change !== width - atEnd - behind) continue;
				const fits = fitsFrom(place + width, behind, line + 1);
				isToEnd ||= fits;
				if (fits && (width === 2 || isBlankBefore || isBlankBehind) && change !== 0) fit.hasTwoBlanks = true;
				// The payer wrote a blank there, and there is one.
				const isOwnBlank = atEnd + behind > 0 || isBlankBefore || isBlankBehind;
				if (isOwnBlank === width > 0) continue;
				for (let at = place; at < place + (width || 1); at++) {
					fit.places.add(at);
					if (fits) fit.placesToEnd.add(at);
				}
			}
		}
		known.set(key, isToEnd);
		return isToEnd;
	};
	fit.isToEnd = fitsFrom(origin, 0, 1);
	return fit;
}
