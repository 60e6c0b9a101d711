/** The query as it is signed. */
import { ParameterError } from '../../errors';

/**
 * Percent-encoding of RFC 3986: everything but `A-Z a-z 0-9 - . _ ~` is escaped, a blank is `%20`, hex is upper-case.
 *
 * Also escapes `! ' ( ) *`, which `encodeURIComponent` leaves alone and some HTTP libraries then escape after signing.
 *
 * @throws URIError for half a surrogate pair, which no UTF-8 text has
 */
export function percentEncode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** True if the text goes into a query as it is, so that every reading of the signing rule gives the same string. */
export function needsNoEscaping(text: string): boolean {
	return /^[A-Za-z0-9\-._~]*$/.test(text);
}

/** Name and value, not encoded. A name may come more than once; its values then keep their order. */
export type QueryPair = readonly [name: string, value: string];

/**
 * The query in the one form in which it is signed and sent (simplize-api 3.1): ASCII order of names, RFC 3986 encoding.
 *
 * @throws ParameterError for text that has no UTF-8 form
 */
export function canonicalQuery(pairs: readonly QueryPair[]): string {
	try {
		return pairs
			.map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
			.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
			.map(([name, value]) => `${name}=${value}`)
			.join('&');
	} catch {
		throw new ParameterError(
			'query',
			'A query parameter contains text that cannot be encoded',
			'Remove the broken character from it.',
		);
	}
}

/**
 * Reads a query as URLs have it: `%XX` is decoded as UTF-8, and `+` is a blank.
 *
 * @param query text after the `?`
 * @throws ParameterError for broken percent-encoding
 */
export function parseQuery(query: string): QueryPair[] {
	return query
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair) => {
			const equals = pair.indexOf('=');
			const name = equals < 0 ? pair : pair.slice(0, equals);
			return [decode(name), equals < 0 ? '' : decode(pair.slice(equals + 1))] as const;
		});
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', ' '));
	} catch {
		throw new ParameterError(
			'url',
			'The query in the URL is not valid percent-encoding',
			'Write a percent sign as %25, or enter the parameters as query parameters.',
		);
	}
}
