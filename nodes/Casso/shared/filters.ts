/** The filters that Casso lacks, as Get Many and both triggers read them. */
import {
	makeTransactionFilter,
	readAccountNumbers,
	readDescriptionFilter,
	type TransactionFilter,
} from '@saoke/core/casso';
import { ParameterError } from '@saoke/core/common';
import { choice } from '@saoke/n8n-kit';
import type { IDataObject } from 'n8n-workflow';

export type Direction = 'any' | 'in' | 'out';

/**
 * @param filters only what is set
 * @throws ParameterError naming the filter that cannot be meant
 */
export function toTransactionFilter(filters: IDataObject, direction: Direction): TransactionFilter {
	return makeTransactionFilter({
		direction,
		minAmount: optionalVnd(filters.minAmount, 'minAmount'),
		// The field begins with 0, which nobody means as a limit.
		maxAmount: optionalVnd(filters.maxAmount, 'maxAmount') || undefined,
		description: readDescriptionFilter(filters.description),
		accountNumbers: readAccountNumbers(filters.accountNumbers),
	});
}

/** @throws ParameterError if it is none of the three; undefined is Any */
export function readDirection(value: unknown): Direction {
	return choice(value, ['any', 'in', 'out'], 'direction', 'any');
}

/**
 * An optional whole number of VND: 0 counts, empty does not. "100.000" is refused, not read as 100.
 *
 * @param parameter name for the error
 * @throws ParameterError if it is no whole number, 0 or greater
 */
export function optionalVnd(value: unknown, parameter: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const amount = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
	if (typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0) return amount;
	throw new ParameterError(
		parameter,
		'This is not a whole number of VND',
		'Enter an amount such as 100000, without separators.',
	);
}
