/** Percent-encoding of RFC 3986: everything but `A-Z a-z 0-9 - . _ ~` is escaped, a blank is `%20`, hex is upper-case. */

/**
 * Also escapes `! ' ( ) *`, which `encodeURIComponent` leaves alone and some HTTP libraries then escape after signing.
 *
 * @throws URIError for half a surrogate pair, which no UTF-8 text has
 */
export function percentEncode(text: string): string {
	return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** True where the text goes into a query as it is, so that every reading of the signing rule gives the same string. */
export function needsNoEscaping(text: string): boolean {
	return /^[A-Za-z0-9\-._~]*$/.test(text);
}
