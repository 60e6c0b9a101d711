/** What the reader needs to know of a list: its pages, its rows, its totals. */
import { RecordError } from '../../errors';
import { asNumber, asObject, describeType } from '../../json';

export interface Page {
	records: unknown[];
	/** Page number from the service, otherwise as requested. */
	page: number;
	/** Page size that the service applied; undefined if it does not return one. */
	pageSize?: number;
	/** Undefined if the service does not return it, as for a bare list. */
	totalPages?: number;
	totalRecords?: number;
	/** False if this is the last page according to the service. Null, 0 and missing all mean "none". */
	hasNext: boolean;
	/** What `nextPage` says alone: a further page, none (null or 0), or nothing (not there, or a bare list). */
	next: 'more' | 'none' | 'unsaid';
}

/**
 * One page of a list call, in all the forms that Casso may return (casso-api 4.5, unknowns 1 and 4).
 *
 * @param data of the envelope: a paging object, a bare list, or null for nothing
 * @param asked number of the requested page
 * @throws RecordError for anything else
 */
export function readPage(data: unknown, asked: number): Page {
	if (data === null) return { records: [], page: asked, hasNext: false, next: 'none' };
	if (Array.isArray(data)) return { records: data, page: asked, hasNext: false, next: 'unsaid' };
	const paging = asObject(data);
	if (!paging || (paging.records !== null && paging.records !== undefined && !Array.isArray(paging.records))) {
		throw new RecordError(
			'page of transactions',
			paging ? 'records' : 'data',
			describeType(paging ? paging.records : data),
		);
	}
	const records: unknown[] = Array.isArray(paging.records) ? paging.records : [];
	const page = asNumber(paging.page) ?? asked;
	const totalPages = asNumber(paging.totalPages) ?? undefined;
	const next = asNumber(paging.nextPage) ?? 0;
	return {
		records,
		page,
		pageSize: asNumber(paging.pageSize) ?? undefined,
		totalPages,
		totalRecords: asNumber(paging.totalRecords) ?? undefined,
		hasNext: records.length > 0 && (next > page || (totalPages !== undefined && page < totalPages)),
		next: paging.nextPage === undefined ? 'unsaid' : next > page ? 'more' : 'none',
	};
}

/** What the pager needs to know of a list: how to get a page, and how to recognise a row. */
export interface ListRow<T> {
	/** Identity of the row within the list. */
	key: string;
	/** Time by which the service sorts; rows of one time may change places from call to call. */
	time: string | null;
	/** What to return; undefined if a filter rejects the row. */
	item: T | undefined;
	/** Place in the list at which the row was read, from 0; noted when it is gathered. */
	rank?: number;
}

/** A page whose records have been opened; the records themselves are not kept. */
export interface OpenPage<T> extends Omit<Page, 'records'> {
	rows: ListRow<T>[];
}

/** Gets one page. @param pageSize as asked; the service may give fewer rows */
export type FetchPage<T> = (page: number, pageSize: number) => Promise<OpenPage<T>>;

export interface ReadListOptions {
	/** Rows asked for in one page. */
	pageSize: number;
	/** Maximum number of pages in flight, 1 to 10. */
	parallel: number;
	/** Stop after this many rows with an item; undefined reads all. */
	limit?: number;
	/** Rows to pass over, oldest page first: the read is then a part. */
	skip?: number;
	/** True when time is up: what was read so far is returned as a part. */
	isTimeUp?: () => boolean;
	/** Return part of a list that keeps changing, instead of an error. */
	acceptPart?: boolean;
}

export interface ReadList<T> {
	/** Each row once, in the order asked for. */
	rows: ListRow<T>[];
	/** `exact`: the whole list, or its beginning up to the limit. `part`: time was up, or rows were passed over. */
	outcome: 'exact' | 'part';
	/** Rows in the list as the service counts them, where it does and is right. */
	total?: number;
	/** Of a part: rows passed from the beginning of the list, rows skipped included; 0 if its end was reached. */
	passed: number;
}

export interface PageTotals {
	/** Rows in the list. */
	records: number;
	/** Pages in the list. */
	pages: number;
	/** Rows in a full page: what the service gives, not what was asked for. */
	pageLength: number;
}

/**
 * What a page says about the whole list, as far as it makes sense (casso-api 4.5 and unknowns 1 and 4). Pure.
 *
 * Reads the totals of the first page. They count only if everything the page says fits together: then the other
 * pages can be fetched in parallel, and the end can be told without a further request.
 *
 * @returns undefined if totals are missing or inconsistent
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
 * @returns undefined if it is missing, or smaller than what the page itself shows to be there
 */
export function getTotal(page: OpenPage<unknown>, offset: number): number | undefined {
	const { totalRecords } = page;
	return totalRecords === undefined || totalRecords < offset + page.rows.length ? undefined : totalRecords;
}

function isLast(page: OpenPage<unknown>): boolean {
	return page.next !== 'more' && (page.totalPages === undefined || page.totalPages <= page.page);
}

/** Gathers the rows of one reading of a list: each once, in order, and what is needed to tell whether any is missing. */
export class RowCollector<T> {
	readonly keys = new Set<string>();
	readonly rows: Array<ListRow<T>> = [];
	/** Time at each place of the list, rows that were there before included. */
	readonly times: Array<string | null> = [];
	/** Rows with an item. */
	items = 0;
	/** No row came again, so that each was found where it belongs. */
	private isInPlace = true;

	/** @returns how many of the rows were not there before */
	addPage(rows: readonly ListRow<T>[]): number {
		const before = this.rows.length;
		for (const row of rows) {
			this.addRow(row, this.times.length);
			this.times.push(row.time);
		}
		return this.rows.length - before;
	}

	/** @returns whether the row was not there before */
	addRow(row: ListRow<T>, rank: number): boolean {
		const known = this.keys.size;
		if (this.keys.add(row.key).size === known) {
			this.isInPlace = false;
			return false;
		}
		row.rank = rank;
		this.rows.push(row);
		if (row.item !== undefined) this.items++;
		return true;
	}

	/** How many rows came again. */
	get repeated(): number {
		return this.times.length - this.rows.length;
	}

	/**
	 * Rows by place. If some came again, others may have been found late and far from their place: they go to the first
	 * place of their time. Rows of one place stay in the order in which they were found.
	 */
	inOrder(): Array<ListRow<T>> {
		if (this.isInPlace) return this.rows;
		const first = new Map<string, number>();
		this.times.forEach((time, place) => {
			if (time !== null && !first.has(time)) first.set(time, place);
		});
		const placeOf = ({ time, rank = 0 }: ListRow<T>): number => (time === null ? rank : (first.get(time) ?? rank));
		return this.rows.sort((a, b) => placeOf(a) - placeOf(b));
	}
}
