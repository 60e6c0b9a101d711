/** One page of a sorted range, with Casso's paging object and every way in which faults and switches alter it (spec 4.4, 4.5, 11). */
import type { ApiFault } from './faults';
import type { SandboxTransaction } from './model';
import { getRepeatedPage, makeEndlessRows, sliceWithShuffledTies } from './pagingFaults';
import type { CassoQuirks } from './quirks';
import type { ListQuery } from './readRequest';
import type { TransactionRange } from './transactions';
import { findFault } from '../engine/faults';
import type { SeededRandom } from '../engine/random';

export interface PageOfTransactions {
	transactions: SandboxTransaction[];
	/** The page that was asked for. */
	page: number;
	/** Whether another page follows. */
	hasNext: boolean;
	totalRecords: number;
	totalPages: number;
}

/** Cuts the asked page out of the range, under the faults that act on this call. */
export function cutPage(
	range: TransactionRange,
	query: ListQuery,
	faults: readonly ApiFault[],
	quirks: CassoQuirks,
	random: SeededRandom,
): PageOfTransactions {
	const totalRecords = range.end - range.start;
	const totalPages = Math.ceil(totalRecords / query.pageSize);
	const shuffle = findFault(faults, 'shuffleTies') !== undefined;
	const read = (page: number): SandboxTransaction[] => readRows(range, query, page, shuffle ? random : null);
	const endless = findFault(faults, 'endlessPages');
	let transactions = read(getPageToRead(query.page, totalPages, faults, quirks));
	if (endless !== undefined && query.page > totalPages) {
		const firstId = 9_000_000_000 + query.page * query.pageSize;
		transactions = makeEndlessRows(endless.records, read(Math.max(1, totalPages)), query.pageSize, firstId);
	}
	const hasNext = endless !== undefined || query.page < totalPages;
	if (endless === undefined) return { transactions, page: query.page, hasNext, totalRecords, totalPages };
	const promisedPages = Math.max(totalPages, query.page + 1);
	return {
		transactions,
		page: query.page,
		hasNext,
		totalRecords: promisedPages * query.pageSize,
		totalPages: promisedPages,
	};
}

function getPageToRead(asked: number, totalPages: number, faults: readonly ApiFault[], quirks: CassoQuirks): number {
	const repeat = findFault(faults, 'repeatPage');
	const page = repeat === undefined ? asked : getRepeatedPage(repeat, asked);
	if (page !== asked) return page;
	return quirks.pastEnd === 'lastPage' ? Math.max(1, Math.min(asked, totalPages)) : asked;
}

function readRows(
	range: TransactionRange,
	query: ListQuery,
	page: number,
	random: SeededRandom | null,
): SandboxTransaction[] {
	const count = range.end - range.start;
	const first = Math.min((page - 1) * query.pageSize, count);
	const last = Math.min(first + query.pageSize, count);
	const [from, to] = query.descending
		? [range.end - last, range.end - first]
		: [range.start + first, range.start + last];
	const rows = random === null ? range.list.slice(from, to) : sliceWithShuffledTies(range, from, to, random);
	return query.descending ? rows.reverse() : rows;
}

/** Casso's paging object. Totals and ends may be missing, numbers may be text: see the switches. */
interface PageData<T> {
	page: number | string;
	pageSize: number | string;
	nextPage?: number | null;
	prevPage?: number | null;
	totalPages?: number;
	totalRecords?: number;
	records: T[];
}

/** `data` of the list call: Casso's paging object, or the bare array of v1. */
export function toPageData<T>(
	page: PageOfTransactions,
	records: T[],
	pageSize: number,
	quirks: CassoQuirks,
): PageData<T> | T[] {
	if (quirks.listForm === 'array') return records;
	const number = (value: number): number | string => (quirks.pageNumbers === 'number' ? value : String(value));
	return {
		page: number(page.page),
		pageSize: number(pageSize),
		...end('nextPage', page.hasNext ? page.page + 1 : null, quirks),
		...end('prevPage', page.page > 1 ? page.page - 1 : null, quirks),
		...totals(page, records.length, quirks),
		records,
	};
}

function end(
	name: 'nextPage' | 'prevPage',
	value: number | null,
	quirks: CassoQuirks,
): { nextPage?: number | null; prevPage?: number | null } {
	if (value !== null) return { [name]: value };
	if (quirks.pageEnd === 'missing') return {};
	return { [name]: quirks.pageEnd === 'zero' ? 0 : null };
}

function totals(
	page: PageOfTransactions,
	onPage: number,
	quirks: CassoQuirks,
): { totalPages?: number; totalRecords?: number } {
	switch (quirks.totals) {
		case 'exact':
			return { totalPages: page.totalPages, totalRecords: page.totalRecords };
		case 'tooHigh':
			return { totalPages: page.totalPages + 3, totalRecords: page.totalRecords * 2 + 7 };
		case 'tooLow':
			return { totalPages: 1, totalRecords: onPage };
		case 'zero':
			return { totalPages: 0, totalRecords: 0 };
		case 'missing':
			return {};
	}
}
