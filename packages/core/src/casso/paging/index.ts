/**
 * Reads a list so that every row that was there at the first page and still is at the end is there, once.
 *
 * First several pages at a time. Where totals differ between pages, or the different rows do not match the total, the
 * list is read again one page at a time, at most twice; then the reading fails rather than being wrong.
 */
import { IncompleteReadError } from '../../errors';
import { findTiedRows } from './equalTimes';
import { type FetchPage, type PageTotals, type ReadList, type ReadListOptions, totalsOfFirstPage } from './list';
import { parallelPass, type Pass } from './readInParallel';
import { confirms, isKept, walk, type Walk } from './readSequentially';

/**
 * @param known totals of the list where a page of it has been read already
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
	const pass = await parallelPass(fetch, totals, options, start, firstPage);
	if (start > 1 && pass.collector.rows.length > 0) return partOf(pass);
	const list = await settle(fetch, pass, options, totals.pageLength, pass.collector.repeated === 0);
	return list ?? (await readAgain(fetch, options, flawOf(pass)));
}

async function readAgain<T>(fetch: FetchPage<T>, options: ReadListOptions, firstFlaw: string): Promise<ReadList<T>> {
	let previous: ReadonlySet<string> | undefined;
	let flaw = firstFlaw;
	for (let reading = 1; ; reading++) {
		// A limit that could not be kept while the list moved is applied to the whole list afterwards.
		const walked = await walk(fetch, reading === 1 ? options : { ...options, limit: undefined });
		const list = await settle(fetch, walked, options, walked.pageLength, isKept(walked));
		if (list) return list;
		if (previous && confirms(walked, previous)) return wholeOf(walked);
		flaw = flawOf(walked, flaw);
		if (reading === 2) return fail(walked, options, flaw);
		previous = walked.cut ? undefined : walked.collector.keys;
	}
}

/** @returns undefined where the reading may lack a row */
async function settle<T>(
	fetch: FetchPage<T>,
	pass: Pass<T>,
	options: ReadListOptions,
	pageLength: number,
	isLimitKept: boolean,
): Promise<ReadList<T> | undefined> {
	const { collector, expected, total } = pass;
	if (pass.flaw !== undefined) return undefined;
	if (pass.cut === 'time') return partOf(pass);
	if (pass.cut === 'limit') return isLimitKept ? wholeOf(pass) : undefined;
	if (collector.rows.length === expected) return wholeOf(pass);
	if (total === undefined || collector.rows.length > total || collector.repeated === 0) return undefined;
	const isFound = await findTiedRows(fetch, { collector, total, pageLength, isTimeUp: options.isTimeUp });
	return isFound ? wholeOf(pass) : undefined;
}

function wholeOf<T>({ collector, total, passed }: Pass<T>): ReadList<T> {
	return { rows: collector.inOrder(), outcome: 'exact', total, passed };
}

/** What was read of a list; `passed` is 0 where its end was reached, since then there is nothing to go on with. */
function partOf<T>({ collector, passed, cut }: Pass<T>): ReadList<T> {
	return { rows: collector.inOrder(), outcome: 'part', passed: cut === 'time' ? passed : 0 };
}

function flawOf(pass: Pass<unknown>, byDefault = ''): string {
	if (pass.flaw !== undefined) return pass.flaw;
	if (pass.total !== undefined)
		return `it has ${pass.total} rows by its total, and ${pass.collector.rows.length} different ones were found`;
	return byDefault || 'it kept changing while it was read';
}

function fail<T>(walked: Walk<T>, options: ReadListOptions, flaw: string): ReadList<T> {
	if (options.acceptPart) return partOf(walked);
	throw new IncompleteReadError(
		flaw,
		'Read it again in a moment, or choose a shorter range of days: it changes less while it is read.',
	);
}
