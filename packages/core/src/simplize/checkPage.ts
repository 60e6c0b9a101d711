/** Zero-based page and page size, as a user gave them. */
import { ParameterError } from '../errors/ParameterError';

/** Largest size that is sent unless a user asks for another; the maximum is not published (simplize-api 9, unknown 12). */
export const DEFAULT_PAGE_SIZE = 100;

/** @returns undefined where nothing was given @throws ParameterError for anything but a whole number from `least` on */
export function checkPageNumber(value: unknown, parameter: 'page' | 'pageSize', least: 0 | 1): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const count = typeof value === 'string' && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
	if (typeof count === 'number' && Number.isSafeInteger(count) && count >= least) return count;
	throw new ParameterError(
		parameter,
		`This is not a whole number from ${least} on`,
		'Enter such a number, or leave it empty.',
	);
}
