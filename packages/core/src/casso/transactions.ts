/** Reading transactions: one, one page, or a whole list, exactly (casso-api 4.4 to 4.6). */
import { isRefusedQuery, ParameterError } from '../errors';
import { RequestGate } from '../http/gate';
import { toVietnamDay } from '../time';
import { NUMBER_OPTIONS, readNumberOption } from '../options';
import { callCasso, type CassoCall, type CassoConnection, checkId, unwrapSingleRecord } from './client';
import type { TransactionFilter } from './filter';
import { type NormalisedTransaction, type NormaliseOptions, normaliseTransaction } from './normalise';
import { readList } from './paging';
import { type FetchPage, type Page, readPage } from './paging/list';

export interface TransactionQuery {
	/** Casso's id of one account; undefined reads all accounts. */
	accountId?: string;
	/** `YYYY-MM-DD`, Vietnam day, inclusive; Casso's default is 7 days back. */
	fromDate?: string;
	/** `YYYY-MM-DD`, Vietnam day, inclusive; Casso's default is today. */
	toDate?: string;
	/** Order by transaction time; Casso's default is ASC. */
	sort?: 'ASC' | 'DESC';
	/** 1-based; Casso's default is 1. */
	page?: number;
	/** Casso's default is 10; its maximum is not documented. */
	pageSize?: number;
}

/** The same, as user input. */
export interface TransactionQueryInput {
	accountId?: unknown;
	fromDate?: unknown;
	toDate?: unknown;
	sort?: unknown;
	page?: unknown;
	pageSize?: unknown;
}

/**
 * The query of both list calls, checked before anything is sent (casso-api 4.4).
 *
 * @throws ParameterError naming the parameter: invalid date, from after to, unknown order, page below 1
 */
export function checkTransactionQuery(input: TransactionQueryInput): TransactionQuery {
	const fromDate = toVietnamDay(input.fromDate, 'fromDate');
	const toDate = toVietnamDay(input.toDate, 'toDate');
	if (fromDate !== undefined && toDate !== undefined && fromDate > toDate) {
		throw new ParameterError(
			'fromDate',
			'The first day is after the last day',
			'Swap the two dates, or leave one of them empty.',
		);
	}
	return {
		accountId: isEmpty(input.accountId) ? undefined : checkId(input.accountId, 'accountId'),
		fromDate,
		toDate,
		sort: checkSort(input.sort),
		page: readNumberOption('page', input.page),
		pageSize: readNumberOption('pageSize', input.pageSize),
	};
}

function checkSort(sort: unknown): 'ASC' | 'DESC' | undefined {
	if (isEmpty(sort)) return undefined;
	const upper = typeof sort === 'string' ? sort.trim().toUpperCase() : '';
	if (upper === 'ASC' || upper === 'DESC') return upper;
	throw new ParameterError('sort', 'The order is neither ASC nor DESC', 'Choose one of the two.');
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/**
 * `GET /v2/transactions/:id` (casso-api 4.6): one transaction.
 *
 * @param transactionId Casso's id, may be 0
 * @throws ParameterError for an id that is no whole number; ApiError, also when Casso has no such transaction
 */
export async function getTransaction(
	connection: CassoConnection,
	transactionId: unknown,
	options?: NormaliseOptions,
): Promise<NormalisedTransaction> {
	const path = `/transactions/${checkId(transactionId, 'transactionId')}`;
	const data = await callCasso(connection, { method: 'GET', path });
	return normaliseTransaction(unwrapSingleRecord(data, path), options);
}

/**
 * One page of `GET /v2/transactions` or `GET /v2/accounts/:accountId/transactions` (casso-api 4.4 and 4.5).
 *
 * @param query checked query; Casso's defaults apply to omitted fields
 * @throws ApiError, NetworkError, RecordError
 */
export async function getTransactionPage(connection: CassoConnection, query: TransactionQuery): Promise<Page> {
	return readPage(await callCasso(connection, listCall(query)), query.page ?? 1);
}

/** The call for one page: of all accounts, or of one. */
export function listCall({ accountId, ...query }: TransactionQuery): CassoCall {
	const path = accountId === undefined ? '/transactions' : `/accounts/${checkId(accountId, 'accountId')}/transactions`;
	return { method: 'GET', path, query };
}

/** Largest page size seen in public code; the maximum is not documented. */
export const DEFAULT_PAGE_SIZE = 50;

/**
 * Identity of a transaction: the account is part of it, because IDs in two accounts may be equal.
 */
export function transactionKey({ transaction, details }: NormalisedTransaction): string {
	return JSON.stringify([accountGroup(transaction.accountNumber, details.accountId), String(transaction.id)]);
}

/** The scope in which IDs are unique: the account number, or Casso's account ID if there is no number. */
export function accountGroup(accountNumber: string, accountId: number | null): string {
	return accountNumber === '' && accountId !== null ? `#${accountId}` : accountNumber;
}

const gates = new WeakMap<CassoConnection, Map<number, RequestGate>>();

/**
 * A connection whose requests share one gate: at most `parallel` in flight, one after a 429. Lists read one after the other
 * through the same connection share it, so that the rate that Casso accepted is kept.
 */
export function gated(connection: CassoConnection, parallel: number): CassoConnection {
	const own = gates.get(connection) ?? new Map<number, RequestGate>();
	gates.set(connection, own);
	const gate = own.get(parallel) ?? new RequestGate(connection.runtime, parallel);
	own.set(parallel, gate);
	return { ...connection, gate };
}

/** Casso's own default, which it cannot refuse (casso-api 4.4). */
const SAFE_PAGE_SIZE = 10;

/**
 * A larger page than Casso allows may be cut or refused. The first is seen in what comes; after the second, all pages of
 * the list are asked for in the default size.
 *
 * @param open creates the item of a row; undefined if the row is filtered out
 */
export function transactionPages<T>(
	connection: CassoConnection,
	query: TransactionQuery,
	normalising: NormaliseOptions,
	open: (found: NormalisedTransaction) => T | undefined,
): FetchPage<T> {
	let maxSize = Infinity;
	let isAccepted = false;
	const ask = async (page: number, pageSize: number): Promise<unknown> => {
		try {
			const data = await callCasso(connection, listCall({ ...query, page, pageSize }));
			isAccepted = true;
			return data;
		} catch (error) {
			if (isAccepted || pageSize <= SAFE_PAGE_SIZE || !isRefusedQuery(error)) throw error;
			maxSize = SAFE_PAGE_SIZE;
			return await ask(page, SAFE_PAGE_SIZE);
		}
	};
	return async (page, pageSize) => {
		const data = await ask(page, Math.min(pageSize, maxSize));
		const { records, ...rest } = readPage(data, page);
		const rows = records.map((record) => {
			const found = normaliseTransaction(record, normalising);
			return { key: transactionKey(found), time: found.transaction.transactedAt, item: open(found), rank: 0 };
		});
		return { ...rest, rows };
	};
}

/**
 * Maximum number of pages to request in parallel.
 *
 * @throws ParameterError unless it is a whole number from 1 to 10
 */
export function checkParallel(parallel?: unknown): number {
	return readNumberOption('parallel', parallel) ?? NUMBER_OPTIONS.parallel.default;
}

export interface ReadTransactionsOptions extends NormaliseOptions {
	/** Stop after this many matches; undefined reads all. */
	limit?: number;
	filter?: TransactionFilter;
	/** Pages in flight, 1 to 10; default 4. After a 429 it is one, and grows again slowly. */
	parallel?: number;
}

/**
 * Reads a whole list of transactions, exactly, over as many pages as it takes (casso-api 4.5, unknowns 1, 4 and 5).
 *
 * Every transaction that is there at the first page and still at the end, once, in the order asked for; one that
 * arrives meanwhile may come or not.
 *
 * A day that is left out stays Casso's own default: a day by the clock of this machine could hide today's rows where that
 * clock is wrong, and a list that grows at midnight is noticed by its total.
 *
 * @param query `page` is not used; `pageSize` defaults to 50
 * @throws ParameterError, ApiError, NetworkError, RecordError; IncompleteReadError if the list keeps changing
 */
export async function readTransactions(
	connection: CassoConnection,
	query: TransactionQuery,
	options: ReadTransactionsOptions = {},
): Promise<NormalisedTransaction[]> {
	return await readTransactionsAs(connection, query, options, (found) => found);
}

/**
 * The same, but converts each transaction at once, so that memory holds only the result.
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
