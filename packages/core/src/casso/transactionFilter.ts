/** Filters that Casso lacks, applied to what was read: direction, amount, text, account. */
import { ParameterError } from '../errors/ParameterError';
import { toWildcardMatcher } from '../text/wildcard';
import type { BankTransaction, NormalisedTransaction } from './bankTransaction';

export interface TransactionFilterInput {
	direction?: 'any' | 'in' | 'out';
	/** Least amount in VND, compared with the size of the amount, whatever its sign. */
	minAmount?: number;
	/** Greatest amount in VND, compared likewise. */
	maxAmount?: number;
	/** Text in the description, any case, `*` and `?` as wildcards. */
	description?: string;
	/** Own account numbers; empty means all. */
	accountNumbers?: readonly string[];
}

export type TransactionFilter = (found: NormalisedTransaction) => boolean;

/**
 * @throws ParameterError for an amount that is no whole number of VND, or a least amount above the greatest
 */
export function makeTransactionFilter(input: TransactionFilterInput): TransactionFilter {
	const min = checkAmount(input.minAmount, 'minAmount');
	const max = checkAmount(input.maxAmount, 'maxAmount');
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

function checkAmount(amount: number | undefined, parameter: string): number | undefined {
	if (amount === undefined) return undefined;
	if (Number.isSafeInteger(amount) && amount >= 0) return amount;
	throw new ParameterError(
		parameter,
		'This is not a whole number of VND',
		'Enter an amount such as 100000, without separators.',
	);
}
