/** Filters that Casso does not have, applied after reading: direction, amount, text, account. */
import { ParameterError } from '../errors';
import { readNumberOption } from '../options';
import { readTextList } from '../json';
import { toWildcardMatcher } from '../text';
import type { BankTransaction, NormalisedTransaction } from './normalise';

export interface TransactionFilterInput {
	direction?: 'any' | 'in' | 'out';
	/** Minimum amount in VND, compared with the absolute amount. */
	minAmount?: unknown;
	/** Maximum amount in VND, compared with the absolute amount. */
	maxAmount?: unknown;
	/** Text in the description, any case, `*` and `?` as wildcards. */
	description?: string;
	/** Own account numbers; empty means all. */
	accountNumbers?: readonly string[];
}

export type TransactionFilter = (found: NormalisedTransaction) => boolean;

/**
 * Creates a filter for direction, amount, text and account.
 *
 * @throws ParameterError for an amount that is not a whole number of VND, or a minimum above the maximum
 */
export function makeTransactionFilter(input: TransactionFilterInput): TransactionFilter {
	const min = readNumberOption('minAmount', input.minAmount);
	const max = readNumberOption('maxAmount', input.maxAmount);
	if (min !== undefined && max !== undefined && min > max) {
		throw new ParameterError('minAmount', 'The minimum amount is above the maximum', 'Swap the two amounts.');
	}
	const matchesText = input.description ? toWildcardMatcher(input.description) : undefined;
	const accounts = new Set(input.accountNumbers ?? []);
	return ({ transaction }) =>
		isDirection(transaction, input.direction) &&
		(min === undefined || Math.abs(transaction.amount) >= min) &&
		(max === undefined || Math.abs(transaction.amount) <= max) &&
		(matchesText === undefined || matchesText(transaction.description)) &&
		(accounts.size === 0 || accounts.has(transaction.accountNumber));
}

function isDirection(transaction: BankTransaction, direction: TransactionFilterInput['direction']): boolean {
	if (direction === 'in') return transaction.amount > 0;
	return direction === 'out' ? transaction.amount < 0 : true;
}

/**
 * Checks the text filter as a user or an expression gave it. An invalid value is never ignored.
 *
 * @param value a text with `*` and `?`, or a number such as an order number; empty for no filter
 * @throws ParameterError for anything else, including white space only
 */
export function readDescriptionFilter(value: unknown): string {
	if (isEmpty(value)) return '';
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new ParameterError(
		'description',
		'There is no text to look for',
		'Enter a text such as DH*, or remove this filter.',
	);
}

/**
 * Reads linked account numbers as strings, so that leading zeros are kept.
 *
 * @param value a list, JSON text of a list, comma-separated numbers, or one number; empty for all accounts
 * @throws ParameterError if it contains no account: that must not mean "all accounts"
 */
export function readAccountNumbers(value: unknown): string[] {
	if (isEmpty(value)) return [];
	const numbers = readTextList(value);
	if (numbers && numbers.length > 0 && numbers.every((number) => /^[0-9A-Za-z]+$/.test(number))) return numbers;
	throw new ParameterError(
		'accountNumbers',
		'This is not a list of account numbers',
		'Enter numbers such as 0071000888888, separated by commas, or remove this filter.',
	);
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
