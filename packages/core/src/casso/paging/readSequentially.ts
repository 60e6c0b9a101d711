/**
 * Reads a list one page at a time until nothing more comes. Rows that arrive meanwhile only push others back, so that
 * they come again: going forward, nothing is missed but where rows disappear.
 */
import { IncompleteReadError } from '../../errors';
import { type FetchPage, type OpenPage, type ReadListOptions, RowCollector, totalOf } from './list';
import type { Pass } from './readInParallel';

/** Pages in a row that bring nothing new: so many end a list past its total, and so many one that should have more. */
const STALE_PAGES_PAST_TOTAL = 2;
const STALE_PAGES_WITHIN_TOTAL = 10;

/** A list that goes on so far beyond its first total, or beyond anything, is taken for one that never ends. */
const PAGES_BEYOND_TOTAL = 200;
const MOST_PAGES = 20_000;

export interface Walk<T> extends Pass<T> {
	/** First and last total that made sense; undefined where none did. */
	firstTotal?: number;
	lastTotal?: number;
	/** A total fell: rows disappeared, and others may have slipped to a page that was read already. */
	hasFallen: boolean;
	/** Rows that came again before others that were new. */
	pushedBack: number;
	/** The end was seen: an empty page, or nothing new any more. */
	isExhausted: boolean;
	/** Rows in the longest page. */
	pageLength: number;
}

/** @throws IncompleteReadError for a list that never ends */
export async function walk<T>(fetch: FetchPage<T>, options: ReadListOptions): Promise<Walk<T>> {
	const walked: Walk<T> = {
		collector: new RowCollector<T>(),
		passed: 0,
		hasFallen: false,
		pushedBack: 0,
		isExhausted: false,
		pageLength: 0,
	};
	const trail: Trail = { staleRows: 0, stalePages: 0, canTrust: true, isSteady: true };
	for (let number = 1; ; number++) {
		const page = await fetch(number, options.pageSize);
		noteTotal(walked, trail, page);
		const fresh = walked.collector.addPage(page.rows);
		walked.passed += page.rows.length;
		noteRepeats(walked, trail, page.rows.length, fresh);
		if (options.limit !== undefined && walked.collector.items >= options.limit) walked.cut = 'limit';
		walked.isExhausted = page.rows.length === 0 || trail.stalePages === staleLimit(walked);
		if (walked.cut !== undefined || walked.isExhausted || isEnd(walked, trail, page, number)) break;
		if (options.isTimeUp?.()) {
			walked.cut = 'time';
			break;
		}
		guardAgainstEndless(walked, number, page.rows.length);
	}
	conclude(walked, trail);
	return walked;
}

/** What the list must have, after its end was seen. */
function conclude(walked: Walk<unknown>, trail: Trail): void {
	if (trail.canTrust) {
		if (trail.isSteady) walked.total = walked.expected = walked.lastTotal;
		return;
	}
	delete walked.lastTotal;
	// Pages that came again until it was enough are not part of the list; one that came again as the last may be.
	const isStuck = trail.stalePages === staleLimit(walked);
	if (walked.cut === undefined) walked.expected = walked.collector.times.length - (isStuck ? trail.staleRows : 0);
}

interface Trail {
	/** Rows and pages at the end that brought nothing new. */
	staleRows: number;
	stalePages: number;
	/** Every page stated a total that makes sense. */
	canTrust: boolean;
	isSteady: boolean;
}

function noteTotal(walked: Walk<unknown>, trail: Trail, page: OpenPage<unknown>): void {
	const total = totalOf(page, walked.passed);
	const isPastEnd = page.rows.length === 0 && walked.passed > 0;
	if (total === undefined) {
		// A page past the end may well count nothing.
		if (!isPastEnd) trail.canTrust = false;
		return;
	}
	walked.firstTotal ??= total;
	if (walked.lastTotal !== undefined && total !== walked.lastTotal) trail.isSteady = false;
	if (walked.lastTotal !== undefined && total < walked.lastTotal) walked.hasFallen = true;
	walked.lastTotal = total;
}

function noteRepeats(walked: Walk<unknown>, trail: Trail, length: number, fresh: number): void {
	walked.pageLength = Math.max(walked.pageLength, length);
	if (fresh === 0) {
		trail.staleRows += length;
		trail.stalePages++;
		return;
	}
	walked.pushedBack += trail.staleRows + length - fresh;
	trail.staleRows = 0;
	trail.stalePages = 0;
}

function staleLimit({ passed, firstTotal }: Walk<unknown>): number {
	return passed < (firstTotal ?? 0) ? STALE_PAGES_WITHIN_TOTAL : STALE_PAGES_PAST_TOTAL;
}

/** Whether this page is the last, by everything that it says. */
function isEnd(walked: Walk<unknown>, trail: Trail, page: OpenPage<unknown>, number: number): boolean {
	if (page.next === 'more' || (page.totalPages ?? 0) > number) return false;
	if (trail.canTrust) return walked.collector.rows.length >= (walked.lastTotal ?? 0);
	if (page.next === 'none') return true;
	// Nothing is said: a page shorter than another is the last, and one that stands alone may be a capped one.
	return page.pageSize === undefined ? page.rows.length < walked.pageLength : page.rows.length < page.pageSize;
}

function guardAgainstEndless(walked: Walk<unknown>, number: number, length: number): void {
	const expected = walked.firstTotal === undefined ? undefined : Math.ceil(walked.firstTotal / Math.max(1, length));
	if (number < MOST_PAGES && (expected === undefined || number < 2 * expected + PAGES_BEYOND_TOTAL)) return;
	throw new IncompleteReadError(
		`after ${number} pages there are always more`,
		'Choose a shorter range of days. If the list is short, the service repeats itself: try again later.',
	);
}

/**
 * Whether a reading page by page can be relied on although the list moved. Pure.
 *
 * True where the beginning that was read lacks nothing: rows were pushed back by new ones, and none disappeared.
 */
export function isKept(walked: Walk<unknown>): boolean {
	return !walked.hasFallen && walked.pushedBack <= growthOf(walked);
}

/**
 * True where a second reading makes the first certain. A row can slip past a reader who goes forward only when another
 * one disappears behind the reader's back; that other one would be in the first reading and not in the second.
 *
 * @param previous keys of the reading before, which also went from the first page to the end
 */
export function confirms(walked: Walk<unknown>, previous: ReadonlySet<string>): boolean {
	const { collector, firstTotal, lastTotal, total } = walked;
	// A total that never changed and never matched means that rows are kept from us: no reading can make up for that.
	if (total !== undefined || walked.cut !== undefined || walked.hasFallen) return false;
	// Without totals, a row that came again may have been pushed back, or may stand in the place of another.
	if (lastTotal === undefined) return false;
	for (const key of previous) if (!collector.keys.has(key)) return false;
	if (walked.pushedBack > growthOf(walked)) return false;
	const isSameToTheEnd = walked.isExhausted && previous.size === collector.keys.size;
	return isSameToTheEnd || collector.keys.size >= (firstTotal ?? 0);
}

function growthOf({ firstTotal, lastTotal }: Walk<unknown>): number {
	return lastTotal === undefined || firstTotal === undefined ? 0 : lastTotal - firstTotal;
}
