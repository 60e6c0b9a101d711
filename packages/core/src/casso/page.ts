/** One page of a list call, whatever Casso calls its ends (casso-api 4.5, unknowns 1 and 4). */
import { RecordError } from '../errors/RecordError';
import { asNumber, asObject, kindOf } from '../json/reading';

export interface Page {
	records: unknown[];
	/** Number of this page as the service says, else as asked. */
	page: number;
	/** Page size in force at the service; undefined where it does not say. */
	pageSize?: number;
	/** Undefined where the service does not say, as with a bare list. */
	totalPages?: number;
	totalRecords?: number;
	/** False where the service says that this page is the last. Null, 0 and missing all mean "none". */
	hasNext: boolean;
	/** What `nextPage` says alone: a further page, none (null or 0), or nothing (not there, or a bare list). */
	next: 'more' | 'none' | 'unsaid';
}

/**
 * @param data of the envelope: a paging object, a bare list, or null for nothing
 * @param asked number of the page that was asked for
 * @throws RecordError for anything else
 */
export function readPage(data: unknown, asked: number): Page {
	if (data === null) return { records: [], page: asked, hasNext: false, next: 'none' };
	if (Array.isArray(data)) return { records: data, page: asked, hasNext: false, next: 'unsaid' };
	const paging = asObject(data);
	if (!paging || (paging.records !== null && paging.records !== undefined && !Array.isArray(paging.records))) {
		throw new RecordError('page of transactions', paging ? 'records' : 'data', kindOf(paging ? paging.records : data));
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
