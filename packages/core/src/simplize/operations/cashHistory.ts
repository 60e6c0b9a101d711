/** `POST …/portfolio/cash-histories` (simplize-api 6.3): one page, or all of them. */
import { callSimplize, type SimplizeConnection } from '../call';
import { cashMovementKey, normaliseCashMovement, type NormalisedCashMovement } from '../cashMovement';
import { DEFAULT_PAGE_SIZE } from '../checkPage';
import type { HistoryQuery } from '../historyQuery';
import { readPages, type PageOfRows } from '../readPages';
import { rowsOf } from '../rowsOf';

const PATH = '/api/personalize/v1/partner/portfolio/cash-histories';

export interface ReadListOptions {
	/** Stop after this many; undefined reads all. */
	limit?: number;
	/** Records in a page; default 100. */
	pageSize?: number;
}

/**
 * @param page zero-based
 * @param size records in a page
 * @throws ApiError, NetworkError, RecordError
 */
export async function getCashHistoryPage(
	connection: SimplizeConnection,
	query: HistoryQuery,
	page: number,
	size: number,
): Promise<PageOfRows<NormalisedCashMovement>> {
	const { data, total } = await callSimplize(connection, {
		method: 'POST',
		path: PATH,
		query: { externalUserId: query.externalUserId },
		body: historyBody(query, page, size),
	});
	return { rows: rowsOf(data, 'cash movements').map((row) => normaliseCashMovement(row, query.portfolioId)), total };
}

/**
 * @returns each movement once, newest first as the service sends them
 * @throws ApiError, NetworkError, RecordError, PagingError
 */
export async function readCashHistory(
	connection: SimplizeConnection,
	query: HistoryQuery,
	options: ReadListOptions = {},
): Promise<NormalisedCashMovement[]> {
	return await readPages({
		readPage: async (page, size) => await getCashHistoryPage(connection, query, page, size),
		keyOf: ({ movement }) => cashMovementKey(movement),
		size: pageSizeOf(options),
		limit: options.limit,
	});
}

/** All seven fields, nulls included: which of them are required is not published (unknown 16). */
export function historyBody(query: HistoryQuery, page: number, size: number): Record<string, unknown> {
	return {
		ticker: query.ticker,
		transactionTypes: query.transactionTypes,
		fromDate: query.fromDate,
		toDate: query.toDate,
		page,
		size,
		portfolioId: query.portfolioId,
	};
}

/** No larger than what is wanted, so that a small limit is one small request. */
export function pageSizeOf({ limit, pageSize }: ReadListOptions): number {
	const size = pageSize ?? DEFAULT_PAGE_SIZE;
	return limit === undefined ? size : Math.min(size, limit);
}
