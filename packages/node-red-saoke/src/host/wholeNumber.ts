/** Settings that are whole numbers, typed as text. */
import { ParameterError } from '@saoke/core/common';

/**
 * @returns undefined if it is empty
 * @throws ParameterError for anything but a whole number from 0 on
 */
export function wholeNumber(value: unknown, parameter: string): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const number = Number(value);
	if (Number.isSafeInteger(number) && number >= 0) return number;
	throw new ParameterError(
		parameter,
		'This is not a whole number from 0 on',
		'Enter such a number, or leave it empty.',
	);
}
