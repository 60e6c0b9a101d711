/** What both history calls ask for (simplize-api 6.3 and 6.4), checked before anything is sent. */
import { ParameterError } from '../errors';
import { readTextList } from '../json';
import { toIsoText, toVietnamDay, toVietnamTime, vietnamDay } from '../time';
import { checkExternalUserId, checkPortfolioId } from './ids';

/** On the wire, the types are a list or one text: two pages of the vendor show the two forms. */
export type TransactionTypesForm = 'list' | 'text';

export interface HistoryQuery {
	externalUserId: string;
	portfolioId: number;
	/** Null: all. */
	ticker: string | null;
	/** Null: all. */
	transactionTypes: string[] | string | null;
	/** `dd/MM/yyyy`, Vietnam day, taken as inclusive. */
	fromDate: string;
	/** `dd/MM/yyyy`, Vietnam day, taken as inclusive. */
	toDate: string;
}

/** The same, as a user gave it. Empty means all, from the first day to today. */
export interface HistoryQueryInput {
	externalUserId: unknown;
	portfolioId: unknown;
	ticker?: unknown;
	/** List, or codes separated by commas. */
	transactionTypes?: unknown;
	fromDate?: unknown;
	toDate?: unknown;
}

/** Sent if the user gives no first day: the service is always sent both days (unknown 13). */
const FIRST_DAY = '01/01/2000';

/**
 * @param typesForm form of the types on the wire
 * @param nowMs Unix time in ms; its Vietnam day is the default last day
 * @throws ParameterError naming the parameter
 */
export function checkHistoryQuery(
	input: HistoryQueryInput,
	typesForm: TransactionTypesForm,
	nowMs: number,
): HistoryQuery {
	const fromDate = toDdMmYyyy(input.fromDate, 'fromDate') ?? FIRST_DAY;
	const toDate = toDdMmYyyy(input.toDate, 'toDate') ?? slashed(vietnamDay(nowMs));
	checkDayOrder(fromDate, toDate);
	const types = readTransactionTypes(input.transactionTypes);
	return {
		externalUserId: checkExternalUserId(input.externalUserId),
		portfolioId: checkPortfolioId(input.portfolioId),
		ticker: readTicker(input.ticker),
		transactionTypes: types === null || typesForm === 'list' ? types : types.join(','),
		fromDate,
		toDate,
	};
}

function readTicker(value: unknown): string | null {
	if (value === undefined || value === null) return null;
	if (typeof value !== 'string')
		throw new ParameterError(
			'ticker',
			'This is not a stock code',
			'Enter a code such as HPG, or leave it empty for all.',
		);
	return value.trim() === '' ? null : value.trim();
}

/**
 * @param value a list, JSON text of a list, or codes separated by commas; nothing or an empty text for all
 * @returns null for all
 * @throws ParameterError if it names none
 */
export function readTransactionTypes(value: unknown): string[] | null {
	if (value === undefined || value === null || value === '') return null;
	const types = readTextList(value);
	if (!types || types.length === 0) {
		throw new ParameterError(
			'transactionTypes',
			'This is not a list of transaction types',
			'Enter codes separated by commas, e.g. DEPOSIT, or leave it empty for all.',
		);
	}
	return types;
}

/**
 * The Vietnam day that a user means, in the form of Simplize's filters (simplize-api 4).
 *
 * @param value anything that `toVietnamDay` reads
 * @param parameter name for the error
 * @returns `dd/MM/yyyy`; undefined for an empty value
 * @throws ParameterError when it is no date
 */
export function toDdMmYyyy(value: unknown, parameter: string): string | undefined {
	const day = toVietnamDay(value, parameter);
	return day === undefined ? undefined : slashed(day);
}

/**
 * @param text `dd/MM/yyyy HH:mm` without a zone, or ISO 8601; Vietnam time if it has no zone
 * @returns ISO 8601 with +07:00; null if it is not a time
 */
export function simplizeTime(text: string): string | null {
	return toVietnamTime(toIsoText(text), 'utc');
}

/** @param day `YYYY-MM-DD` @returns `dd/MM/yyyy` */
export function slashed(day: string): string {
	const [year, month, date] = day.split('-') as [string, string, string];
	return `${date}/${month}/${year}`;
}

/** @throws ParameterError when the first day is after the last; both as `dd/MM/yyyy` */
export function checkDayOrder(fromDate: string, toDate: string): void {
	const key = (day: string): string => day.split('/').reverse().join('-');
	if (key(fromDate) > key(toDate)) {
		throw new ParameterError(
			'fromDate',
			'The first day is after the last day',
			'Swap the two dates, or leave one of them empty.',
		);
	}
}
