/** The query of both list calls, checked before anything is sent (casso-api 4.4). */
import { ParameterError } from '../errors/ParameterError';
import { toVietnamDay } from '../time/toVietnamDay';
import { checkId } from './checkId';

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

/** The same, as a user gave it. */
export interface TransactionQueryInput {
	accountId?: unknown;
	fromDate?: unknown;
	toDate?: unknown;
	sort?: unknown;
	page?: unknown;
	pageSize?: unknown;
}

/**
 * @throws ParameterError naming the parameter: no date, from after to, unknown order, page below 1
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
		page: checkCount(input.page, 'page'),
		pageSize: checkCount(input.pageSize, 'pageSize'),
	};
}

function checkSort(sort: unknown): 'ASC' | 'DESC' | undefined {
	if (isEmpty(sort)) return undefined;
	const upper = typeof sort === 'string' ? sort.trim().toUpperCase() : '';
	if (upper === 'ASC' || upper === 'DESC') return upper;
	throw new ParameterError('sort', 'The order is neither ASC nor DESC', 'Choose one of the two.');
}

/** A whole number from 1 on; undefined where nothing was given. */
export function checkCount(value: unknown, parameter: string): number | undefined {
	if (isEmpty(value)) return undefined;
	const count = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
	if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 1) return count;
	throw new ParameterError(parameter, 'Must be a whole number, 1 or greater', 'Enter a number such as 1 or 50.');
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
