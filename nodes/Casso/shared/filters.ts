/** The filters that Casso lacks, as Get Many and both triggers read them. */
import {
	makeTransactionFilter,
	readAccountNumbers,
	readDescriptionFilter,
	type TransactionFilter,
} from '@saoke/core/casso';
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
		minAmount: filters.minAmount,
		maxAmount: filters.maxAmount,
		description: readDescriptionFilter(filters.description),
		accountNumbers: readAccountNumbers(filters.accountNumbers),
	});
}

/**
 * @param parameter name for the error: the triggers show this field as Trigger On
 * @throws ParameterError if it is none of the three; undefined is Any
 */
export function readDirection(value: unknown, parameter: 'direction' | 'triggerOn' = 'direction'): Direction {
	return choice(value, ['any', 'in', 'out'], parameter, 'any');
}
