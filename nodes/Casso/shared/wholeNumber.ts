/** Reads an optional whole number of VND from a collection: 0 counts, empty does not. "100.000" is refused, not 100. */
import { ParameterError } from '@saoke/core/common';

/**
 * @param parameter name for the error
 * @throws ParameterError when something is given that is no whole number from 0 on
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
