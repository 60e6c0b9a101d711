/**
 * Reads a list so that every row that existed at the first page and still exists at the end is returned, once.
 *
 * 1. The first page gives the total; the other pages are then read several at a time.
 * 2. The list is complete if every page states that total and the number of different rows equals it.
 * 3. If rows with equal times changed places between calls, those pages are read again in another size until none is missing.
 * 4. Otherwise the list is read again one page at a time, at most twice; the second read counts if it contains the first.
 * 5. Otherwise reading fails: a list that cannot be verified is not returned.
 */
import { IncompleteReadError } from '../../errors';
import { recoverRowsWithEqualTimes } from './equalTimes';
import { type FetchPage, type PageTotals, type ReadList, type ReadListOptions, totalsOfFirstPage } from './list';
import { readInParallel, type ParallelRead } from './readInParallel';
import { confirmsPreviousRead, isPrefixComplete, readSequentially, type SequentialRead } from './readSequentially';

/**
 * @param known totals of the list if a page of it has already been read
 * @throws IncompleteReadError; and what `fetch` throws, at once
 */
export async function readList<T>(
	fetch: FetchPage<T>,
	options: ReadListOptions,
	known?: PageTotals,
): Promise<ReadList<T>> {
	const firstPage = known ? undefined : await fetch(1, options.pageSize);
	const totals = known ?? (firstPage && totalsOfFirstPage(firstPage));
	if (!totals) return await readAgain(fetch, options, 'its pages do not say how long it is');
	const start = options.skip ? Math.floor(options.skip / totals.pageLength) + 1 : 1;
	const result = await readInParallel(fetch, totals, options, start, firstPage);
	if (start > 1 && result.collector.rows.length > 0) return toPart(result);
	const list = await settle(fetch, result, options, totals.pageLength, result.collector.repeated === 0);
	return list ?? (await readAgain(fetch, options, findInconsistency(result)));
}

async function readAgain<T>(
	fetch: FetchPage<T>,
	options: ReadListOptions,
	firstInconsistency: string,
): Promise<ReadList<T>> {
	let previous: ReadonlySet<string> | undefined;
	let inconsistency = firstInconsistency;
	for (let reading = 1; ; reading++) {
		// A limit that could not be kept while the list moved is applied to the whole list afterwards.
		const result = await readSequentially(fetch, reading === 1 ? options : { ...options, limit: undefined });
		const list = await settle(fetch, result, options, result.pageLength, isPrefixComplete(result));
		if (list) return list;
		if (previous && confirmsPreviousRead(result, previous)) return toComplete(result);
		inconsistency = findInconsistency(result, inconsistency);
		if (reading === 2) return fail(result, options, inconsistency);
		previous = result.stoppedBy ? undefined : result.collector.keys;
	}
}

/** @returns undefined if the reading may lack a row */
async function settle<T>(
	fetch: FetchPage<T>,
	result: ParallelRead<T>,
	options: ReadListOptions,
	pageLength: number,
	isLimitKept: boolean,
): Promise<ReadList<T> | undefined> {
	const { collector, expected, total } = result;
	if (result.inconsistency !== undefined) return undefined;
	if (result.stoppedBy === 'time') return toPart(result);
	if (result.stoppedBy === 'limit') return isLimitKept ? toComplete(result) : undefined;
	if (collector.rows.length === expected) return toComplete(result);
	if (total === undefined || collector.rows.length > total || collector.repeated === 0) return undefined;
	const isFound = await recoverRowsWithEqualTimes(fetch, { collector, total, pageLength, isTimeUp: options.isTimeUp });
	return isFound ? toComplete(result) : undefined;
}

function toComplete<T>({ collector, total, passed }: ParallelRead<T>): ReadList<T> {
	return { rows: collector.inOrder(), outcome: 'exact', total, passed };
}

/** What was read of a list; `passed` is 0 if its end was reached, since then there is nothing to go on with. */
function toPart<T>({ collector, passed, stoppedBy }: ParallelRead<T>): ReadList<T> {
	return { rows: collector.inOrder(), outcome: 'part', passed: stoppedBy === 'time' ? passed : 0 };
}

function findInconsistency(result: ParallelRead<unknown>, byDefault = ''): string {
	if (result.inconsistency !== undefined) return result.inconsistency;
	if (result.total !== undefined)
		return `it has ${result.total} rows by its total, and ${result.collector.rows.length} different ones were found`;
	return byDefault || 'it kept changing while it was read';
}

function fail<T>(result: SequentialRead<T>, options: ReadListOptions, inconsistency: string): ReadList<T> {
	if (options.acceptPart) return toPart(result);
	throw new IncompleteReadError(
		'transactions',
		inconsistency,
		'Read it again in a moment, or choose a shorter range of days: it changes less while it is read.',
	);
}
