/** A trade or dividend of a stock in the shape that Saoke uses (simplize-api 6.4). */
import { RecordError } from '../errors/RecordError';
import { asNumber, asObject, asText, kindOf } from '../json/reading';
import { exactId } from './exactId';
import { simplizeTime } from './slashDay';

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

/** @throws RecordError when it is no object or has no id */
export function normaliseStockTransaction(value: unknown, portfolioId: number): NormalisedStockTransaction {
	const raw = asObject(value);
	if (!raw) throw new RecordError('stock transaction', 'record', kindOf(value));
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
