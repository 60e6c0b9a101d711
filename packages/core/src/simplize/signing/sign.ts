/** Signs a request. */
import { createHmac } from 'node:crypto';
import { ParameterError } from '../../errors';
import type { Transport } from '../../http/client';
import { canonicalQuery, parseQuery, percentEncode, type QueryPair } from './canonical';
import {
	checkRecvWindow,
	type SignatureEncoding,
	type SignaturePayload,
	type SigningProfile,
	takeProfileHeader,
} from './profile';

/**
 * The signature itself: which string, and its HMAC-SHA256 (simplize-api 3.2).
 *
 * @param payload profile
 * @param query as sent, without `signature`
 * @param body exact text that is sent; empty for none
 * @returns the string that is signed
 */
export function signedText(payload: SignaturePayload, query: string, body: string): string {
	switch (payload) {
		case 'query+body':
			return `${query}${body}`;
		case 'query':
			return query;
		case 'query&body':
			return body === '' ? query : `${query}&${body}`;
		case 'body':
			return body === '' ? query : body;
	}
}

/**
 * @param text the string to sign, as UTF-8
 * @param secret the key: its UTF-8 bytes as they are, white space included
 * @returns the signature, not percent-encoded
 */
export function hmacSha256(text: string, secret: string, encoding: SignatureEncoding): string {
	const digest = createHmac('sha256', secret)
		.update(text, 'utf8')
		.digest(encoding === 'base64' ? 'base64' : 'hex');
	return encoding === 'hex-upper' ? digest.toUpperCase() : digest;
}

/** Who signs, and how. */
export interface SigningKeys {
	/** Sent as `X-Api-Key`; surrounding white space does not count. */
	apiKey: string;
	/** HMAC key, used exactly as it is. */
	apiSecret: string;
	/** Ms, 1 to 60000. */
	recvWindow: number;
	profile: SigningProfile;
}

export interface UnsignedRequest {
	/** Complete URL. A query in it is put in order; `timestamp` and `signature` in it are replaced. */
	url: string;
	/** Exact text to send; empty for none. */
	body: string;
}

export interface SignedRequest {
	/** Complete URL, ready to send: nothing may be added to its query. */
	url: string;
	body: string;
	apiKey: string;
}

/** Made again for every attempt; what is in a request already is old. */
const REPLACED = new Set(['timestamp', 'signature']);

/**
 * Signs one request: canonical query, `signature` last, the same body text signed and sent (simplize-api 3).
 *
 * @param timestampMs Unix time in ms, taken at the last moment
 * @throws ParameterError when key or secret is missing, or the URL cannot be read
 */
export function signRequest(request: UnsignedRequest, keys: SigningKeys, timestampMs: number): SignedRequest {
	const apiKey = checkApiKey(keys.apiKey);
	if (keys.apiSecret === '') {
		throw new ParameterError(
			'apiSecret',
			'The credential has no API secret',
			'Open the credential and enter the secret that Simplize gave you beside the API key.',
		);
	}
	const { base, pairs } = cutUrl(request.url);
	const own = pairs.filter(([name]) => !REPLACED.has(name));
	const hasWindow = own.some(([name]) => name === 'recvWindow');
	const query = canonicalQuery([
		...own.map(([name, value]) =>
			name === 'recvWindow' ? ([name, String(checkRecvWindow(value))] as const) : ([name, value] as const),
		),
		...(hasWindow ? [] : [['recvWindow', String(keys.recvWindow)] as const]),
		['timestamp', String(timestampMs)],
	]);
	const signature = hmacSha256(
		signedText(keys.profile.payload, query, request.body),
		keys.apiSecret,
		keys.profile.encoding,
	);
	return { url: `${base}?${query}&signature=${percentEncode(signature)}`, body: request.body, apiKey };
}

function cutUrl(url: string): { base: string; pairs: QueryPair[] } {
	const withoutFragment = url.split('#', 1)[0] ?? '';
	const mark = withoutFragment.indexOf('?');
	if (mark < 0) return { base: withoutFragment, pairs: [] };
	return { base: withoutFragment.slice(0, mark), pairs: parseQuery(withoutFragment.slice(mark + 1)) };
}

function checkApiKey(apiKey: string): string {
	const key = apiKey.trim();
	if (key === '')
		throw new ParameterError(
			'apiKey',
			'The credential has no API key',
			'Open the credential and enter the API key from Simplize.',
		);
	if (!/^[\x21-\x7e]+$/.test(key)) {
		throw new ParameterError(
			'apiKey',
			'The API key contains a space or an invalid character',
			'Copy it again from Simplize.',
		);
	}
	return key;
}

/**
 * Puts a signer before a transport, for hosts that have no place of their own for it. Each attempt is signed again.
 *
 * @param now Unix time in ms
 * @returns a transport for `SimplizeConnection`
 */
export function makeSigningTransport(transport: Transport, keys: SigningKeys, now: () => number): Transport {
	return async (request) => {
		const { headers, profile } = takeProfileHeader(request.headers);
		const signed = signRequest(
			{ url: request.url, body: request.body ?? '' },
			{ ...keys, profile: profile ?? keys.profile },
			now(),
		);
		return await transport({ ...request, url: signed.url, headers: { ...headers, 'x-api-key': signed.apiKey } });
	};
}
