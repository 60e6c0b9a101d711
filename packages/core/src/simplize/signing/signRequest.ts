/** Signs one request: canonical query, `signature` last, the same body text signed and sent (simplize-api 3). */
import { ParameterError } from '../../errors/ParameterError';
import { canonicalQuery, parseQuery, type QueryPair } from './canonicalQuery';
import { percentEncode } from './percentEncode';
import { checkRecvWindow, type SigningProfile } from './profile';
import { hmacSha256, signedText } from './signature';

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

/** Made anew for every attempt; what stands in a request already is old. */
const REPLACED = new Set(['timestamp', 'signature']);

/**
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
			'The API key holds a space or a character that no key has',
			'Copy it again from Simplize.',
		);
	}
	return key;
}
