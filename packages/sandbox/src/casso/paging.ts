/** One page of a sorted range, with Casso's paging object and every way in which it may be bent (spec 4.4, 4.5, 11). */
import type { ApiFault, ApiFaultName, ApiFaultOf } from './faults';
import type { SandboxTransaction } from './model';
import type { CassoQuirks } from './quirks';
import type { ListQuery } from './readRequest';
import type { TransactionRange } from './transactions';
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
	let transactions = read(pageToRead(query.page, totalPages, faults, quirks));
	if (endless !== undefined && query.page > totalPages) {
		transactions = endlessRows(endless, read(Math.max(1, totalPages)), query);
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

/** The rule of one kind among those that act on a call. */
export function findFault<Name extends ApiFaultName>(
	faults: readonly ApiFault[],
	kind: Name,
): ApiFaultOf<Name> | undefined {
	return faults.find((fault): fault is ApiFaultOf<Name> => fault.kind === kind);
}

function pageToRead(asked: number, totalPages: number, faults: readonly ApiFault[], quirks: CassoQuirks): number {
	const repeat = findFault(faults, 'repeatPage');
	if (repeat !== undefined) {
		const stuck = repeat.page ?? 1;
		if (asked === stuck + 1 || (repeat.forever === true && asked > stuck)) return stuck;
	}
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

/** A slice in which rows of equal time stand in another order at every call, also across the slice's ends. */
function sliceWithShuffledTies(
	range: TransactionRange,
	from: number,
	to: number,
	random: SeededRandom,
): SandboxTransaction[] {
	const { list } = range;
	const timeAt = (index: number): number | undefined => list[index]?.time;
	let start = from;
	let end = to;
	while (start > range.start && timeAt(start - 1) === timeAt(from)) start -= 1;
	while (end < range.end && timeAt(end) === timeAt(to - 1)) end += 1;
	const rows: SandboxTransaction[] = [];
	for (let index = start; index < end; ) {
		let next = index + 1;
		while (next < end && timeAt(next) === timeAt(index)) next += 1;
		rows.push(...random.shuffled(list.slice(index, next)));
		index = next;
	}
	return rows.slice(from - start, to - start);
}

/** A client that asks for a million rows shall not take the memory of this machine. */
const MOST_FRESH = 10_000;

/** What a page past the real end holds when pages never end. */
function endlessRows(
	fault: ApiFaultOf<'endlessPages'>,
	lastRows: SandboxTransaction[],
	query: ListQuery,
): SandboxTransaction[] {
	if (fault.records === 'empty') return [];
	if (fault.records !== 'fresh') return lastRows;
	const sample = lastRows.at(-1);
	if (sample === undefined) return [];
	const firstId = 9_000_000_000 + query.page * query.pageSize;
	return Array.from({ length: Math.min(query.pageSize, MOST_FRESH) }, (_, place) => ({
		...sample,
		id: firstId + place,
		sequence: firstId + place,
	}));
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
