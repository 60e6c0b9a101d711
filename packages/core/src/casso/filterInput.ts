/** What people and expressions give for the filters by text and by account, checked: none of it is silently left out. */
import { ParameterError } from '../errors/ParameterError';

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
 * @param value separated by commas, or a list, or one number; nothing or an empty text for all accounts
 * @throws ParameterError where it names no account: that must not be read as "all accounts"
 */
export function readAccountNumbers(value: unknown): string[] {
	if (isNothing(value)) return [];
	const list: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
	const numbers = list
		.map((number) => (typeof number === 'string' || typeof number === 'number' ? String(number).trim() : '?'))
		.filter((number) => number !== '');
	if (numbers.length > 0 && numbers.every((number) => /^[0-9A-Za-z]+$/.test(number))) return numbers;
	throw new ParameterError(
		'accountNumbers',
		'This is not a list of account numbers',
		'Enter numbers such as 0071000888888, separated by commas, or remove this filter.',
	);
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
