/** Cash history of a portfolio: query, one shape, pages. */
import { RecordError } from '../errors';
import { asNumber, asObject, asText, describeType } from '../json';
import { callSimplize, readRows, type SimplizeConnection } from './client';
import { type HistoryQuery, simplizeTime } from './historyQuery';
import { exactId } from './ids';
import { DEFAULT_PAGE_SIZE, type PageOfRows, readPages } from './paging';

/** Simplified form, ten fields. Unknown text is the empty string; an unknown time is null. */
export interface CashMovement {
	transactionId: number | string;
	portfolioId: number | string;
	/** Related stock, if any. */
	ticker: string;
	/** Code, an open list: `DEPOSIT`, … */
	transactionType: string;
	/** The service's own name of the type, in Vietnamese. */
	transactionTypeName: string;
	/** VND, negative = out, positive = in. */
	amount: number;
	/** Transaction date, ISO 8601 with +07:00. */
	transactedAt: string | null;
	/** Creation of the record, ISO 8601 with +07:00. */
	createdAt: string | null;
	note: string;
	description: string;
}

/** The times as Simplize sent them. */
export interface CashMovementDetails {
	date: string;
	createdDate: string;
}

export interface NormalisedCashMovement {
	movement: CashMovement;
	details: CashMovementDetails;
	raw: Record<string, unknown>;
}

export const CASH_MOVEMENT_FIELDS = [
	'transactionId',
	'portfolioId',
	'ticker',
	'transactionType',
	'transactionTypeName',
	'amount',
	'transactedAt',
	'createdAt',
	'note',
	'description',
] as const satisfies readonly (keyof CashMovement)[];

export const CASH_MOVEMENT_DETAIL_FIELDS = [
	'date',
	'createdDate',
] as const satisfies readonly (keyof CashMovementDetails)[];

/**
 * A movement of a portfolio's cash in the one shape that Saoke uses (simplize-api 6.3).
 *
 * @param value a record of the cash histories
 * @param portfolioId that was asked for, where the record names none
 * @throws RecordError when it is no object, or has no id or no amount
 */
export function normaliseCashMovement(value: unknown, portfolioId: number): NormalisedCashMovement {
	const raw = asObject(value);
	if (!raw) throw new RecordError('cash movement', 'record', describeType(value));
	const transactionId = exactId(raw.transactionId, 'cash movement', 'transactionId');
	const amount = asNumber(raw.amount);
	if (amount === null) throw new RecordError(`cash movement ${transactionId}`, 'amount', describeType(raw.amount));
	const details = { date: asText(raw.date), createdDate: asText(raw.createdDate) };
	return {
		movement: {
			transactionId,
			portfolioId:
				raw.portfolioId === undefined || raw.portfolioId === null
					? portfolioId
					: exactId(raw.portfolioId, 'cash movement', 'portfolioId'),
			ticker: asText(raw.ticker),
			transactionType: asText(raw.transactionType),
			transactionTypeName: asText(raw.transactionTypeName),
			amount,
			transactedAt: simplizeTime(details.date),
			createdAt: simplizeTime(details.createdDate),
			note: asText(raw.note),
			description: asText(raw.description),
		},
		details,
		raw,
	};
}

/** Tells movements apart: ids are only assumed to be unique within a portfolio. */
export function cashMovementKey({
	portfolioId,
	transactionId,
}: Pick<CashMovement, 'portfolioId' | 'transactionId'>): string {
	return `${portfolioId} ${transactionId}`;
}

const PATH = '/api/personalize/v1/partner/portfolio/cash-histories';

export interface ReadListOptions {
	/** Stop after this many; undefined reads all. */
	limit?: number;
	/** Records in a page; default 100. */
	pageSize?: number;
}

/**
 * `POST …/portfolio/cash-histories` (simplize-api 6.3): one page, or all of them.
 *
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
	return { rows: readRows(data, 'cash movements').map((row) => normaliseCashMovement(row, query.portfolioId)), total };
}

/**
 * @returns each movement once, newest first as the service sends them
 * @throws ApiError, NetworkError, RecordError, IncompleteReadError
 */
export async function readCashHistory(
	connection: SimplizeConnection,
	query: HistoryQuery,
	options: ReadListOptions = {},
): Promise<NormalisedCashMovement[]> {
	return await readPages({
		readPage: async (page, size) => await getCashHistoryPage(connection, query, page, size),
		getKey: ({ movement }) => cashMovementKey(movement),
		size: getPageSize(options),
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
export function getPageSize({ limit, pageSize }: ReadListOptions): number {
	const size = pageSize ?? DEFAULT_PAGE_SIZE;
	return limit === undefined ? size : Math.min(size, limit);
}
