/** Ids that stand in a path: whole numbers, 0 included, never anything that could change the path. */
import { ParameterError } from '../errors/ParameterError';

/**
 * @param parameter name for the error
 * @returns the id as digits
 * @throws ParameterError for everything but a whole number from 0 on
 */
export function checkId(id: unknown, parameter: string): string {
	const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
	if (!/^\d{1,18}$/.test(text)) {
		throw new ParameterError(
			parameter,
			'This is not an id of Casso',
			"Use Casso's number for it, digits only, e.g. 123.",
		);
	}
	return text;
}
