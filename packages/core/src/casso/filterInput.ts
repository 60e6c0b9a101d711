/** What people and expressions give for the filters by text and by account, checked: none of it is silently left out. */
import { ParameterError } from '../errors/ParameterError';
import { readTextList } from '../json/readTextList';

/**
 * @param value a text with `*` and `?`, or a number such as that of an order; nothing or an empty text for no filter
 * @throws ParameterError for anything else, and for blanks alone
 */
export function readDescriptionFilter(value: unknown): string {
	if (isNothing(value)) return '';
	if (typeof value === 'number') return String(value);
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw new ParameterError(
		'description',
		'There is no text to look for',
		'Enter a text such as DH*, or remove this filter.',
	);
}

/**
 * Own account numbers; strings, so that leading zeros stay.
 *
 * @param value a list, JSON text of a list, numbers separated by commas, or one number; nothing or an empty text for all accounts
 * @throws ParameterError if it names no account: that must not be read as "all accounts"
 */
export function readAccountNumbers(value: unknown): string[] {
	if (isNothing(value)) return [];
	const numbers = readTextList(value);
	if (numbers && numbers.length > 0 && numbers.every((number) => /^[0-9A-Za-z]+$/.test(number))) return numbers;
	throw new ParameterError(
		'accountNumbers',
		'This is not a list of account numbers',
		'Enter numbers such as 0071000888888, separated by commas, or remove this filter.',
	);
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
