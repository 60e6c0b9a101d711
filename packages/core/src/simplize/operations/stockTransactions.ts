/** `POST …/portfolio/stock-transactions` (simplize-api 6.4): one page, or all of them. */
import { callSimplize, type SimplizeConnection } from '../call';
import type { HistoryQuery } from '../historyQuery';
import { readPages, type PageOfRows } from '../readPages';
import { rowsOf } from '../rowsOf';
import { normaliseStockTransaction, type NormalisedStockTransaction } from '../stockTransaction';
import { historyBody, pageSizeOf, type ReadListOptions } from './cashHistory';

const PATH = '/api/personalize/v1/partner/portfolio/stock-transactions';

/** @param page zero-based @throws ApiError, NetworkError, RecordError */
export async function getStockTransactionPage(
	connection: SimplizeConnection,
	query: HistoryQuery,
	page: number,
	size: number,
): Promise<PageOfRows<NormalisedStockTransaction>> {
	const { data, total } = await callSimplize(connection, {
		method: 'POST',
		path: PATH,
		query: { externalUserId: query.externalUserId },
		body: historyBody(query, page, size),
	});
	return {
		rows: rowsOf(data, 'stock transactions').map((row) => normaliseStockTransaction(row, query.portfolioId)),
		total,
	};
}

/** @returns each transaction once, newest first @throws ApiError, NetworkError, RecordError, PagingError */
export async function readStockTransactions(
	connection: SimplizeConnection,
	query: HistoryQuery,
	options: ReadListOptions = {},
): Promise<NormalisedStockTransaction[]> {
	return await readPages({
		readPage: async (page, size) => await getStockTransactionPage(connection, query, page, size),
		keyOf: ({ transaction }) => `${transaction.portfolioId} ${transaction.id}`,
		size: pageSizeOf(options),
		limit: options.limit,
	});
}
