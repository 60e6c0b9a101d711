/**
 * What a credential refuses to send, on its way through n8n to the node. n8n wraps what a credential throws; its releases
 * up to 2.8 at least forget the cause, and keep message, description and httpCode only.
 */
import { findParameterError, ParameterError } from '@saoke/core/common';

const HTTP_CODE = /^INVALID_PARAMETER (\w+)$/;

/**
 * For the end of a credential's `authenticate`.
 *
 * @param error what was thrown there
 * @returns the same error; one that names a parameter carries its name and its hint in what n8n keeps
 */
export function toRefusal(error: unknown): unknown {
	if (!(error instanceof ParameterError)) return error;
	return Object.assign(error, { description: error.hint, httpCode: `${error.code} ${error.parameter}` });
}

/**
 * @param error what n8n threw for a request
 * @returns what the credential refused; undefined if it was something else
 */
export function findRefusal(error: unknown): ParameterError | undefined {
	const found = findParameterError(error);
	if (found || typeof error !== 'object' || error === null) return found;
	const { httpCode, message, description } = error as Record<string, unknown>;
	const parameter = typeof httpCode === 'string' ? HTTP_CODE.exec(httpCode)?.[1] : undefined;
	if (parameter === undefined || typeof message !== 'string') return undefined;
	return new ParameterError(parameter, message, typeof description === 'string' ? description : '');
}
