/** How many pages may be asked for at once. */
import { ParameterError } from '../errors/ParameterError';

export const DEFAULT_PARALLEL_PAGES = 4;
export const MOST_PARALLEL_PAGES = 10;

/** @throws ParameterError for anything but a whole number from 1 to 10 */
export function checkParallel(parallel = DEFAULT_PARALLEL_PAGES): number {
	if (Number.isInteger(parallel) && parallel >= 1 && parallel <= MOST_PARALLEL_PAGES) return parallel;
	throw new ParameterError(
		'parallel',
		`This is not a whole number from 1 to ${MOST_PARALLEL_PAGES}`,
		`Enter a number such as ${DEFAULT_PARALLEL_PAGES}.`,
	);
}
