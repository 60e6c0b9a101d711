/**
 * Finds rows that hid because rows of one time change places from call to call: where such rows lie across the edge
 * of two pages, one may show on both and another on neither. The list itself is unchanged: its total stayed the same.
 */
import type { FetchPage, RowCollector } from './list';

/** Places of the list, the end excluded, whose rows have one time. */
interface TiedRange {
	start: number;
	end: number;
	time: string | null;
}

/** Consecutive reads of a range without new rows that end the search. */
const IDLE_READINGS = 12;

export interface Search<T> {
	/** Of a reading to the end of the list; what is found is added to it. */
	collector: RowCollector<T>;
	/** Total that every page stated. */
	total: number;
	/** Rows in a full page. */
	pageLength: number;
	isTimeUp?: () => boolean;
}

/** @returns whether the list is complete now */
export async function recoverRowsWithEqualTimes<T>(fetch: FetchPage<T>, search: Search<T>): Promise<boolean> {
	const { collector, pageLength } = search;
	const known = knownPerRange(collector);
	for (const range of tiedRanges(collector.times)) {
		const missing = range.end - range.start - (known.get(range.start) ?? 0);
		if (!isAcrossPages(range, pageLength) || missing <= 0) continue;
		if (!(await readRange(fetch, search, range, missing))) return false;
	}
	return collector.rows.length === search.total;
}

async function readRange<T>(
	fetch: FetchPage<T>,
	search: Search<T>,
	range: TiedRange,
	missing: number,
): Promise<boolean> {
	const { collector, total, isTimeUp } = search;
	const size = findPageSize(range, search.pageLength) ?? search.pageLength;
	let left = missing;
	for (let idle = 0; idle < IDLE_READINGS && left > 0; idle++) {
		for (
			let number = getPageNumber(range.start, size);
			number <= getPageNumber(range.end - 1, size) && left > 0;
			number++
		) {
			if (isTimeUp?.()) return false;
			const page = await fetch(number, size);
			if (page.totalRecords !== total) return false;
			const found = page.rows.filter((row) => row.time === range.time && collector.addRow(row, range.start)).length;
			left -= found;
			if (found > 0) idle = -1;
		}
	}
	return left === 0;
}

/** A page size, not above what the service gives, with which one page holds the whole range. */
function findPageSize(range: TiedRange, pageLength: number): number | undefined {
	for (let size = pageLength; size >= range.end - range.start; size--) {
		if (getPageNumber(range.start, size) === getPageNumber(range.end - 1, size)) return size;
	}
	return undefined;
}

function getPageNumber(place: number, size: number): number {
	return Math.floor(place / size) + 1;
}

function isAcrossPages({ start, end }: TiedRange, pageLength: number): boolean {
	return getPageNumber(start, pageLength) !== getPageNumber(end - 1, pageLength);
}

function tiedRanges(times: ReadonlyArray<string | null>): TiedRange[] {
	const ranges: TiedRange[] = [];
	let start = 0;
	for (let place = 1; place <= times.length; place++) {
		const time = times[start] ?? null;
		if (place < times.length && times[place] === time) continue;
		if (place - start > 1) ranges.push({ start, end: place, time });
		start = place;
	}
	return ranges;
}

/** How many different rows were found in each run of one time, by the run's first place. */
function knownPerRange(collector: RowCollector<unknown>): Map<number, number> {
	const startAt: number[] = [];
	collector.times.forEach((time, place) => {
		startAt[place] = place > 0 && collector.times[place - 1] === time ? (startAt[place - 1] ?? place) : place;
	});
	const counts = new Map<number, number>();
	for (const { rank = 0 } of collector.rows) {
		const start = startAt[rank] ?? rank;
		counts.set(start, (counts.get(start) ?? 0) + 1);
	}
	return counts;
}
