/** What a page says about the whole list, as far as it makes sense (casso-api 4.5 and unknowns 1 and 4). Pure. */
import type { OpenPage } from './listSource';

export interface PageTotals {
	/** Rows in the list. */
	records: number;
	/** Pages in the list. */
	pages: number;
	/** Rows in a full page: what the service gives, not what was asked for. */
	pageLength: number;
}

/**
 * Reads the totals of the first page. They count only where everything the page says fits together: then the other
 * pages can be fetched in parallel, and the end can be told without a further request.
 *
 * @returns undefined where totals are missing or contradict themselves
 */
export function totalsOfFirstPage(page: OpenPage<unknown>): PageTotals | undefined {
	const records = page.totalRecords;
	const length = page.rows.length;
	if (records === undefined || records < length) return undefined;
	if (records === length) return isLast(page) ? { records, pages: 1, pageLength: Math.max(1, length) } : undefined;
	if (length === 0) return undefined;
	const pages = Math.ceil(records / length);
	if (page.totalPages !== undefined && page.totalPages !== pages) return undefined;
	return { records, pages, pageLength: length };
}

/**
 * The total that a later page states. @param offset rows before this page
 * @returns undefined where it is missing, or smaller than what the page itself shows to be there
 */
export function totalOf(page: OpenPage<unknown>, offset: number): number | undefined {
	const { totalRecords } = page;
	return totalRecords === undefined || totalRecords < offset + page.rows.length ? undefined : totalRecords;
}

function isLast(page: OpenPage<unknown>): boolean {
	return page.next !== 'more' && (page.totalPages === undefined || page.totalPages <= page.page);
}
