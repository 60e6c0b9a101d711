/**
 * Carries a credential's own error through n8n to the node and to the credential's test. n8n wraps what a credential
 * throws; releases up to at least 2.8 drop the cause and keep only message, description and httpCode.
 */
import { findParameterError, ParameterError } from '@saoke/core/common';

const HTTP_CODE = /^INVALID_PARAMETER (\w+)$/;

/**
 * For the end of a credential's `authenticate`.
 *
 * @param error the thrown error
 * @returns the same error; for a ParameterError, one with parameter and hint in the properties that n8n keeps, and without
 * a `code`, which the credential's test would show instead of the message
 */
export function toRefusal(error: unknown): unknown {
	if (!(error instanceof ParameterError)) return error;
	const { message, hint, code, parameter } = error;
	return Object.assign(new Error(message), { description: hint, httpCode: `${code} ${parameter}` });
}

/**
 * @param error what n8n threw for a request
 * @returns the credential's ParameterError; undefined for any other error
 */
export function findRefusal(error: unknown): ParameterError | undefined {
	const found = findParameterError(error);
	if (found || typeof error !== 'object' || error === null) return found;
	const { httpCode, message, description } = error as Record<string, unknown>;
	const parameter = typeof httpCode === 'string' ? HTTP_CODE.exec(httpCode)?.[1] : undefined;
	if (parameter === undefined || typeof message !== 'string') return undefined;
	return new ParameterError(parameter, message, typeof description === 'string' ? description : '');
}
