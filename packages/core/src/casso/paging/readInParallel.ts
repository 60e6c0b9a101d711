/** Reads a list of known length, several pages at a time, and checks that it does not change. */
import { type FetchPage, type OpenPage, type PageTotals, type ReadListOptions, RowCollector } from './list';

/** Pages that may wait for an earlier one, for each that may be in flight. */
const BUFFERED_PAGES = 4;

export interface ParallelRead<T> {
	collector: RowCollector<T>;
	/** Why the read is not reliable; undefined if it is. */
	inconsistency?: string;
	/** The reading ended early: the limit was reached, or time was up. */
	stoppedBy?: 'limit' | 'time';
	/** Rows of the list passed from its beginning. */
	passed: number;
	/** Total that every page stated; undefined if they differ or say nothing. */
	total?: number;
	/** Rows that the list must have: its total, or where there is none, all that came up to its end, repeated ones included. */
	expected?: number;
}

/**
 * Reads a list of known length, several pages at a time, and watches that it stays as it was.
 *
 * Pages are fetched out of order and taken in order. Once one fails or the reading is over, none is started, and those in
 * flight are waited for.
 *
 * @param totals of the first page
 * @param firstPage the first page if it has already been fetched
 * @param start number of the page to begin with, from 1
 * @throws what the first failing fetch threw
 */
export async function readInParallel<T>(
	fetch: FetchPage<T>,
	totals: PageTotals,
	options: ReadListOptions,
	start: number,
	firstPage?: OpenPage<T>,
): Promise<ParallelRead<T>> {
	const result: ParallelRead<T> = {
		collector: new RowCollector<T>(),
		passed: (start - 1) * totals.pageLength,
		total: totals.records,
		expected: totals.records,
	};
	const { collector } = result;
	const take = (number: number, page: OpenPage<T>): boolean => {
		result.inconsistency = findInconsistency(page, number, totals);
		if (result.inconsistency !== undefined) return false;
		collector.addPage(page.rows);
		result.passed += page.rows.length;
		if (options.limit !== undefined && collector.items >= options.limit) result.stoppedBy = 'limit';
		else if (number < totals.pages && options.isTimeUp?.()) result.stoppedBy = 'time';
		return result.stoppedBy === undefined;
	};
	if (firstPage && !take(start, firstPage)) return result;
	const ready = new Map<number, OpenPage<T>>();
	const running = new Set<Promise<void>>();
	const failures: unknown[] = [];
	let due = firstPage ? start + 1 : start;
	let next = due;
	let isOver = false;
	for (;;) {
		const ahead = pagesAhead(collector, totals, options);
		while (!isOver && next <= totals.pages && running.size < options.parallel && next - due < ahead) {
			const number = next++;
			const run = fetch(number, options.pageSize)
				.then((page) => void ready.set(number, page))
				.catch((error: unknown) => void failures.push(error))
				.finally(() => running.delete(run));
			running.add(run);
		}
		if (running.size === 0) break;
		await Promise.race(running);
		for (let page = ready.get(due); page !== undefined && !isOver; page = ready.get(due)) {
			ready.delete(due);
			if (!take(due++, page)) isOver = true;
		}
		if (failures.length > 0) isOver = true;
	}
	if (failures.length > 0) throw failures[0];
	return result;
}

function findInconsistency(page: OpenPage<unknown>, number: number, totals: PageTotals): string | undefined {
	if (page.totalRecords !== totals.records) {
		return `the total changed from ${totals.records} to ${page.totalRecords ?? 'unknown'} while it was read`;
	}
	const expected = number < totals.pages ? totals.pageLength : totals.records - (totals.pages - 1) * totals.pageLength;
	if (page.rows.length === expected) return undefined;
	return `page ${number} has ${page.rows.length} rows, but its totals imply ${expected}`;
}

/** With a limit, no more pages than are likely needed, judged by the rows that passed the filter so far. */
function pagesAhead(
	collector: RowCollector<unknown>,
	totals: PageTotals,
	{ limit, parallel }: ReadListOptions,
): number {
	if (limit === undefined) return parallel * BUFFERED_PAGES;
	const read = collector.times.length;
	const perPage = read === 0 ? totals.pageLength : (collector.items / read) * totals.pageLength;
	const needed = perPage === 0 ? parallel : Math.ceil((limit - collector.items) / perPage);
	return Math.min(parallel, Math.max(1, needed));
}
