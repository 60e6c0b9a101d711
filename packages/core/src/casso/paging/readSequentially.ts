/**
 * Reads a list one page at a time until nothing more comes. Rows that arrive meanwhile only push others back, so that
 * they come again: going forward, nothing is missed unless rows disappear.
 */
import { IncompleteReadError } from '../../errors';
import { type FetchPage, type OpenPage, type ReadListOptions, RowCollector, getTotal } from './list';
import type { ParallelRead } from './readInParallel';

/** How many pages in a row without a new row end a list: past its total, and before its total. */
const STALE_PAGES_PAST_TOTAL = 2;
const STALE_PAGES_WITHIN_TOTAL = 10;

/** A list that goes on so far beyond its first total, or beyond anything, is taken for one that never ends. */
const PAGES_BEYOND_TOTAL = 200;
const MAX_PAGES = 20_000;

export interface SequentialRead<T> extends ParallelRead<T> {
	/** First and last total that made sense; undefined if none did. */
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
export async function readSequentially<T>(fetch: FetchPage<T>, options: ReadListOptions): Promise<SequentialRead<T>> {
	const result: SequentialRead<T> = {
		collector: new RowCollector<T>(),
		passed: 0,
		hasFallen: false,
		pushedBack: 0,
		isExhausted: false,
		pageLength: 0,
	};
	const progress: Progress = { staleRows: 0, stalePages: 0, canTrust: true, isSteady: true };
	for (let number = 1; ; number++) {
		const page = await fetch(number, options.pageSize);
		noteTotal(result, progress, page);
		const fresh = result.collector.addPage(page.rows);
		result.passed += page.rows.length;
		noteRepeats(result, progress, page.rows.length, fresh);
		if (options.limit !== undefined && result.collector.items >= options.limit) result.stoppedBy = 'limit';
		result.isExhausted = page.rows.length === 0 || progress.stalePages === staleLimit(result);
		if (result.stoppedBy !== undefined || result.isExhausted || isEnd(result, progress, page, number)) break;
		if (options.isTimeUp?.()) {
			result.stoppedBy = 'time';
			break;
		}
		guardAgainstEndless(result, number, page.rows.length);
	}
	conclude(result, progress);
	return result;
}

/** What the list must have, after its end was seen. */
function conclude(result: SequentialRead<unknown>, progress: Progress): void {
	if (progress.canTrust) {
		if (progress.isSteady) result.total = result.expected = result.lastTotal;
		return;
	}
	delete result.lastTotal;
	// Pages that came again until it was enough are not part of the list; one that came again as the last may be.
	const isStuck = progress.stalePages === staleLimit(result);
	if (result.stoppedBy === undefined)
		result.expected = result.collector.times.length - (isStuck ? progress.staleRows : 0);
}

interface Progress {
	/** Rows and pages at the end that brought nothing new. */
	staleRows: number;
	stalePages: number;
	/** Every page stated a total that makes sense. */
	canTrust: boolean;
	isSteady: boolean;
}

function noteTotal(result: SequentialRead<unknown>, progress: Progress, page: OpenPage<unknown>): void {
	const total = getTotal(page, result.passed);
	const isPastEnd = page.rows.length === 0 && result.passed > 0;
	if (total === undefined) {
		// A page past the end may well count nothing.
		if (!isPastEnd) progress.canTrust = false;
		return;
	}
	result.firstTotal ??= total;
	if (result.lastTotal !== undefined && total !== result.lastTotal) progress.isSteady = false;
	if (result.lastTotal !== undefined && total < result.lastTotal) result.hasFallen = true;
	result.lastTotal = total;
}

function noteRepeats(result: SequentialRead<unknown>, progress: Progress, length: number, fresh: number): void {
	result.pageLength = Math.max(result.pageLength, length);
	if (fresh === 0) {
		progress.staleRows += length;
		progress.stalePages++;
		return;
	}
	result.pushedBack += progress.staleRows + length - fresh;
	progress.staleRows = 0;
	progress.stalePages = 0;
}

function staleLimit({ passed, firstTotal }: SequentialRead<unknown>): number {
	return passed < (firstTotal ?? 0) ? STALE_PAGES_WITHIN_TOTAL : STALE_PAGES_PAST_TOTAL;
}

/** Whether this page is the last, by everything that it says. */
function isEnd(result: SequentialRead<unknown>, progress: Progress, page: OpenPage<unknown>, number: number): boolean {
	if (page.next === 'more' || (page.totalPages ?? 0) > number) return false;
	if (progress.canTrust) return result.collector.rows.length >= (result.lastTotal ?? 0);
	if (page.next === 'none') return true;
	// Nothing is said: a page shorter than another is the last, and one that is alone may be a capped one.
	return page.pageSize === undefined ? page.rows.length < result.pageLength : page.rows.length < page.pageSize;
}

function guardAgainstEndless(result: SequentialRead<unknown>, number: number, length: number): void {
	const expected = result.firstTotal === undefined ? undefined : Math.ceil(result.firstTotal / Math.max(1, length));
	if (number < MAX_PAGES && (expected === undefined || number < 2 * expected + PAGES_BEYOND_TOTAL)) return;
	throw new IncompleteReadError(
		'transactions',
		`there were still more pages after ${number} requests`,
		'Choose a shorter range of days. If the list is short, the service repeats itself: try again later.',
	);
}

/**
 * Whether a reading page by page can be relied on although the list moved. Pure.
 *
 * True if the beginning that was read lacks nothing: rows were pushed back by new ones, and none disappeared.
 */
export function isPrefixComplete(result: SequentialRead<unknown>): boolean {
	return !result.hasFallen && result.pushedBack <= getGrowth(result);
}

/**
 * True if a second reading makes the first certain. A row can slip past a reader who goes forward only when another
 * one disappears behind the reader's back; that other one would be in the first reading and not in the second.
 *
 * @param previous keys of the reading before, which also went from the first page to the end
 */
export function confirmsPreviousRead(result: SequentialRead<unknown>, previous: ReadonlySet<string>): boolean {
	const { collector, firstTotal, lastTotal, total } = result;
	// A total that never changed and never matched means that the service does not return some rows: reading again does not help.
	if (total !== undefined || result.stoppedBy !== undefined || result.hasFallen) return false;
	// Without totals, a row that came again may have been pushed back, or may have replaced another.
	if (lastTotal === undefined) return false;
	for (const key of previous) if (!collector.keys.has(key)) return false;
	if (result.pushedBack > getGrowth(result)) return false;
	const isSameToTheEnd = result.isExhausted && previous.size === collector.keys.size;
	return isSameToTheEnd || collector.keys.size >= (firstTotal ?? 0);
}

function getGrowth({ firstTotal, lastTotal }: SequentialRead<unknown>): number {
	return lastTotal === undefined || firstTotal === undefined ? 0 : lastTotal - firstTotal;
}
