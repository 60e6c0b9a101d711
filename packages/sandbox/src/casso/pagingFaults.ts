/** The faults of list calls: what each one is, and what it does to a page. */
import type { CassoBank } from './bank';
import type { ApiFault } from './faults';
import { transactionSchema, type SandboxTransaction } from './model';
import type { TransactionRange } from './transactions';
import type { SeededRandom } from '../engine/random';
import { flag, oneOf, wholeFrom0, wholeFrom1 } from '../engine/schema';

export const PAGING_FAULTS = {
	/** Page `page + 1` holds the records of `page` (default 1) again; `forever`: every later page does. */
	repeatPage: { fields: { page: wholeFrom1, forever: flag } },
	/** There is always a next page: with the last records again, with new ones, or with none. */
	endlessPages: { fields: { records: oneOf('last', 'fresh', 'empty') }, form: { records: 'last' } },
	/** After a list call is answered, transactions appear. */
	insertWhilePaging: {
		fields: { transactions: { type: 'array', minItems: 1, items: transactionSchema } },
		required: ['transactions'],
		preset: { transactions: [{ amount: 10_000, memo: 'appeared while paging' }] },
	},
	/** After a list call is answered, a transaction disappears: this one, or the first on the page. */
	deleteWhilePaging: { fields: { transactionId: wholeFrom0 } },
	/** Rows with equal times change places from call to call. */
	shuffleTies: { fields: {} },
} as const;

/** The page to show instead of the one asked for. */
export function getRepeatedPage({ page = 1, forever }: { page?: number; forever?: boolean }, asked: number): number {
	return asked === page + 1 || (forever === true && asked > page) ? page : asked;
}

/** A client that asks for a million rows must not take the memory of this machine. */
const MAX_FRESH_ROWS = 10_000;

/** The rows of a page past the real end. @param firstId id of the first row, if they are new ones */
export function makeEndlessRows(
	records: 'last' | 'fresh' | 'empty' | undefined,
	lastRows: SandboxTransaction[],
	pageSize: number,
	firstId: number,
): SandboxTransaction[] {
	if (records === 'empty') return [];
	if (records !== 'fresh') return lastRows;
	const sample = lastRows.at(-1);
	if (sample === undefined) return [];
	return Array.from({ length: Math.min(pageSize, MAX_FRESH_ROWS) }, (_, place) => ({
		...sample,
		id: firstId + place,
		sequence: firstId + place,
	}));
}

/** A slice in which rows of equal time are in another order at every call, also across the slice's ends. */
export function sliceWithShuffledTies(
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

/** Transactions that appear or disappear between this page and the next. */
export function changeAfterPage(
	bank: CassoBank,
	faults: readonly ApiFault[],
	shown: readonly SandboxTransaction[],
): void {
	for (const fault of faults) {
		if (fault.kind === 'insertWhilePaging') bank.addTransactions(fault.transactions);
		if (fault.kind === 'deleteWhilePaging') {
			const id = fault.transactionId ?? shown[0]?.id;
			if (id !== undefined) bank.deleteTransaction(id);
		}
	}
}
