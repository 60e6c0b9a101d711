/** Stock transactions of a portfolio. */
import { RecordError } from '../errors';
import { asNumber, asObject, asText, describeType } from '../json';
import { historyBody, getPageSize, type ReadListOptions } from './cashHistory';
import { callSimplize, readRows, type SimplizeConnection } from './client';
import { type HistoryQuery, simplizeTime } from './historyQuery';
import { exactId } from './ids';
import { type PageOfRows, readPages } from './paging';

/** Simplified form, ten fields. */
export interface StockTransaction {
	id: number | string;
	portfolioId: number | string;
	ticker: string;
	transactionType: string;
	transactionTypeName: string;
	/** Shares. */
	volume: number | null;
	/** VND a share. */
	price: number | null;
	/** VND. */
	totalValue: number | null;
	/** ISO 8601 with +07:00. */
	transactedAt: string | null;
	note: string;
}

/** What else the record tells. */
export interface StockTransactionDetails {
	/** ISO 8601 with +07:00. */
	createdAt: string | null;
	value: number | null;
	transactionFee: number | null;
	transactionFeeValue: number | null;
	dividendCash: number | null;
	dividendStock: number | null;
	/** As Simplize sent it. */
	date: string;
	/** As Simplize sent it. */
	createdDate: string;
}

export interface NormalisedStockTransaction {
	transaction: StockTransaction;
	details: StockTransactionDetails;
	raw: Record<string, unknown>;
}

export const STOCK_TRANSACTION_FIELDS = [
	'id',
	'portfolioId',
	'ticker',
	'transactionType',
	'transactionTypeName',
	'volume',
	'price',
	'totalValue',
	'transactedAt',
	'note',
] as const satisfies readonly (keyof StockTransaction)[];

export const STOCK_TRANSACTION_DETAIL_FIELDS = [
	'createdAt',
	'value',
	'transactionFee',
	'transactionFeeValue',
	'dividendCash',
	'dividendStock',
	'date',
	'createdDate',
] as const satisfies readonly (keyof StockTransactionDetails)[];

/**
 * A trade or dividend of a stock in the shape that Saoke uses (simplize-api 6.4).
 *
 * @throws RecordError when it is no object or has no id
 */
export function normaliseStockTransaction(value: unknown, portfolioId: number): NormalisedStockTransaction {
	const raw = asObject(value);
	if (!raw) throw new RecordError('stock transaction', 'record', describeType(value));
	const date = asText(raw.date);
	const createdDate = asText(raw.createdDate);
	return {
		transaction: {
			id: exactId(raw.id, 'stock transaction', 'id'),
			portfolioId:
				raw.portfolioId === undefined || raw.portfolioId === null
					? portfolioId
					: exactId(raw.portfolioId, 'stock transaction', 'portfolioId'),
			ticker: asText(raw.ticker),
			transactionType: asText(raw.transactionType),
			transactionTypeName: asText(raw.transactionTypeName),
			volume: asNumber(raw.volume),
			price: asNumber(raw.price),
			totalValue: asNumber(raw.totalValue),
			transactedAt: simplizeTime(date),
			note: asText(raw.note),
		},
		details: {
			createdAt: simplizeTime(createdDate),
			value: asNumber(raw.value),
			transactionFee: asNumber(raw.transactionFee),
			transactionFeeValue: asNumber(raw.transactionFeeValue),
			dividendCash: asNumber(raw.dividendCash),
			dividendStock: asNumber(raw.dividendStock),
			date,
			createdDate,
		},
		raw,
	};
}

const PATH = '/api/personalize/v1/partner/portfolio/stock-transactions';

/**
 * `POST …/portfolio/stock-transactions` (simplize-api 6.4): one page, or all of them.
 *
 * @param page zero-based @throws ApiError, NetworkError, RecordError
 */
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
		rows: readRows(data, 'stock transactions').map((row) => normaliseStockTransaction(row, query.portfolioId)),
		total,
	};
}

/** @returns each transaction once, newest first @throws ApiError, NetworkError, RecordError, IncompleteReadError */
export async function readStockTransactions(
	connection: SimplizeConnection,
	query: HistoryQuery,
	options: ReadListOptions = {},
): Promise<NormalisedStockTransaction[]> {
	return await readPages({
		readPage: async (page, size) => await getStockTransactionPage(connection, query, page, size),
		getKey: ({ transaction }) => `${transaction.portfolioId} ${transaction.id}`,
		size: getPageSize(options),
		limit: options.limit,
	});
}
