/** Reads a whole list of transactions, exactly, over as many pages as it takes (casso-api 4.5, unknowns 1, 4 and 5). */
import type { NormalisedTransaction } from './bankTransaction';
import type { CassoConnection } from './call';
import type { NormaliseOptions } from './normaliseTransaction';
import { readList } from './paging/readList';
import { checkParallel } from './parallelPages';
import type { TransactionFilter } from './transactionFilter';
import { DEFAULT_PAGE_SIZE, gated, transactionPages } from './transactionList';
import type { TransactionQuery } from './transactionQuery';

export interface ReadTransactionsOptions extends NormaliseOptions {
	/** Stop after this many matches; undefined reads all. */
	limit?: number;
	filter?: TransactionFilter;
	/** Pages in flight, 1 to 10; default 4. After a 429 it is one, and grows again slowly. */
	parallel?: number;
}

/**
 * Every transaction that is there at the first page and still at the end, once, in the order asked for; one that
 * arrives meanwhile may come or not.
 *
 * A day that is left out stays Casso's own default: a day by the clock of this machine could hide today's rows where that
 * clock is wrong, and a list that grows at midnight is noticed by its total.
 *
 * @param query `page` is not used; `pageSize` defaults to 50
 * @throws ParameterError, ApiError, NetworkError, RecordError; IncompleteReadError where the list did not come to rest
 */
export async function readTransactions(
	connection: CassoConnection,
	query: TransactionQuery,
	options: ReadTransactionsOptions = {},
): Promise<NormalisedTransaction[]> {
	return await readTransactionsAs(connection, query, options, (found) => found);
}

/**
 * The same, each transaction turned into what the host wants at once, so that memory holds nothing else.
 *
 * @param present called once or more for a transaction that passes the filter
 */
export async function readTransactionsAs<T>(
	connection: CassoConnection,
	query: TransactionQuery,
	options: ReadTransactionsOptions,
	present: (found: NormalisedTransaction) => T,
): Promise<T[]> {
	const parallel = checkParallel(options.parallel);
	const { limit, filter } = options;
	const open = (found: NormalisedTransaction): T | undefined => (filter && !filter(found) ? undefined : present(found));
	const fetch = transactionPages(gated(connection, parallel), query, options, open);
	const pageSize =
		query.pageSize ?? (limit !== undefined && !filter ? Math.min(DEFAULT_PAGE_SIZE, limit) : DEFAULT_PAGE_SIZE);
	const { rows } = await readList(fetch, { pageSize, parallel, limit });
	const items: T[] = [];
	for (const { item } of rows) {
		if (limit !== undefined && items.length >= limit) break;
		if (item !== undefined) items.push(item);
	}
	return items;
}
