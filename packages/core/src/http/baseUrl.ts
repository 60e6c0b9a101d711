/** Checks the base URL of a service, so that a key is never sent unencrypted. */
import { ParameterError } from '../errors';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Checks and normalises a base URL: https, or http on this machine only.
 *
 * @param baseUrl as typed by the user
 * @param fallback used if it is empty; without a fallback, an empty URL is an error
 * @param example a service address for the error message
 * @returns the URL without trailing slashes
 * @throws ParameterError if it is empty or not a URL, contains a query or credentials, ends with a version, or uses http for another
 *         machine
 */
export function checkBaseUrl(
	baseUrl: string | undefined,
	fallback?: string,
	example = 'https://oauth.casso.vn',
): string {
	const text = (baseUrl ?? '').trim() || (fallback ?? '');
	const hint = `Enter an address such as ${example} in the credential, without a query.`;
	if (text === '') throw new ParameterError('baseUrl', 'The credential has no base URL', hint);
	// The address as typed is not repeated: it may be a key in the wrong field.
	const noScheme = `The base URL must begin with https:// (http:// only for this machine), such as ${example}`;
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		const message = text.includes('://') ? 'The base URL is not a valid address' : noScheme;
		throw new ParameterError('baseUrl', message, hint);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new ParameterError('baseUrl', 'The base URL must not contain a user, a query or a fragment', hint);
	}
	const isPlainLoopback = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
	if (url.protocol !== 'https:' && !isPlainLoopback) {
		throw new ParameterError('baseUrl', noScheme, hint);
	}
	if (/\/v\d+\/*$/.test(url.pathname)) {
		throw new ParameterError(
			'baseUrl',
			'The base URL must not end with a version such as /v2: the version is added automatically',
			hint,
		);
	}
	// Rebuilt from the parsed URL: a trailing "?" or "#" would otherwise swallow the path of every call.
	return url.origin + url.pathname.replace(/\/+$/, '');
}
