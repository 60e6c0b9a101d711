/** Recognises a ParameterError that another bundle threw: each published file has its own copy of the class. */
import { asObject } from '../json/reading';
import { ParameterError } from './ParameterError';

const MOST_LINKS = 5;

/**
 * @param error anything thrown, perhaps wrapped by the host
 * @returns our own ParameterError with the same words; undefined where there is none
 */
export function findParameterError(error: unknown): ParameterError | undefined {
	let link: unknown = error;
	for (let depth = 0; depth < MOST_LINKS; depth++) {
		if (link instanceof ParameterError) return link;
		const fields = asObject(link);
		if (!fields) return undefined;
		const { code, parameter, message, hint, cause } = fields;
		if (code === 'INVALID_PARAMETER' && typeof parameter === 'string' && typeof message === 'string') {
			return new ParameterError(parameter, message, typeof hint === 'string' ? hint : '');
		}
		link = cause;
	}
	return undefined;
}
