/** Checks the base URL of a service, so that a key never travels in the clear. */
import { ParameterError } from '../errors';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Checks and normalises a base URL: https, or http on this machine only, so that a key never travels in the clear.
 *
 * @param baseUrl as typed by the user
 * @param fallback used when it is empty; none means that an empty one is refused
 * @param example an address of the service, for the error
 * @returns the URL without trailing slashes
 * @throws ParameterError when it is no URL, carries a query or credentials, ends with a version, or is plain http to another
 *         machine
 */
export function checkBaseUrl(
	baseUrl: string | undefined,
	fallback?: string,
	example = 'https://oauth.casso.vn',
): string {
	const text = (baseUrl ?? '').trim() || (fallback ?? '');
	const hint = `Enter an address such as ${example} in the credential, without a query.`;
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw new ParameterError('baseUrl', 'The base URL is not a valid address', hint);
	}
	if (url.username || url.password || url.search || url.hash) {
		throw new ParameterError('baseUrl', 'The base URL must not hold a user, a query or a fragment', hint);
	}
	const isPlainLoopback = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
	if (url.protocol !== 'https:' && !isPlainLoopback) {
		throw new ParameterError('baseUrl', 'The base URL must begin with https:// (http:// only for this machine)', hint);
	}
	if (/\/v\d+\/*$/.test(url.pathname)) {
		throw new ParameterError(
			'baseUrl',
			'The base URL must not end with a version such as /v2: every call adds it',
			hint,
		);
	}
	// Not the text as typed: a bare "?" or "#" at its end would swallow the path of every call.
	return url.origin + url.pathname.replace(/\/+$/, '');
}
