/** What the pager needs to know of a list: how to get a page, and how to recognise a row. */
import type { Page } from '../page';

export interface ListRow<T> {
	/** Identity of the row within the list. */
	key: string;
	/** Time by which the service sorts; rows of one time may change places from call to call. */
	time: string | null;
	/** What to hand on; undefined where a filter refuses the row. */
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
	/** Most pages in flight, 1 to 10. */
	parallel: number;
	/** Stop after this many rows with an item; undefined reads all. */
	limit?: number;
	/** Rows to pass over, oldest page first: the read is then a part. */
	skip?: number;
	/** True when time is up: what was read so far is returned as a part. */
	isTimeUp?: () => boolean;
	/** A list that did not come to rest is returned as a part, instead of an error. */
	acceptPart?: boolean;
}

export interface ReadList<T> {
	/** Each row once, in the order asked for. */
	rows: ListRow<T>[];
	/** `exact`: the whole list, or its beginning up to the limit. `part`: time was up, or rows were passed over. */
	outcome: 'exact' | 'part';
	/** Rows in the list as the service counts them, where it does and is right. */
	total?: number;
	/** Of a part: rows passed from the beginning of the list, rows skipped included; 0 where its end was reached. */
	passed: number;
}
