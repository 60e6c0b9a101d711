/** Decides whether a signature fits a request under one rule, or under which other rule it would (spec 3.2 and 10). */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed: how the text is made of query and body (spec 3.2). */
export type SignaturePayload = 'query+body' | 'query' | 'query&body' | 'body';

/** How the server reads a signature: `hex` takes either case, the others exactly one form. */
export type AcceptedEncoding = 'hex' | 'hex-lower' | 'hex-upper' | 'base64';

export interface SignatureRule {
	payload: SignaturePayload;
	encoding: AcceptedEncoding;
}

/** What arrived: the query without its signature pair, and the body, both as bytes on the wire. */
export interface SignedMaterial {
	query: string;
	body: Buffer;
	signature: string;
}

const PAYLOADS: readonly SignaturePayload[] = ['query+body', 'query', 'query&body', 'body'];
const ENCODINGS: readonly AcceptedEncoding[] = ['hex-lower', 'hex-upper', 'base64'];
const DIGEST_BYTES = 32;

export function isSignedBy(material: SignedMaterial, secret: string, rule: SignatureRule): boolean {
	const given = readDigest(material.signature, rule.encoding);
	const wanted = createHmac('sha256', secret).update(signedBytes(material, rule.payload)).digest();
	// The comparison runs even for an unreadable signature, so that time tells nothing.
	const isEqual = timingSafeEqual(wanted, given ?? Buffer.alloc(DIGEST_BYTES));
	return given !== null && isEqual;
}

/** The first rule that the signature would satisfy, for a hint; never the expected signature itself. */
export function findMatchingRule(material: SignedMaterial, secret: string): SignatureRule | null {
	for (const payload of PAYLOADS) {
		for (const encoding of ENCODINGS) {
			if (isSignedBy(material, secret, { payload, encoding })) return { payload, encoding };
		}
	}
	return null;
}

function signedBytes({ query, body }: SignedMaterial, payload: SignaturePayload): Buffer {
	const queryBytes = Buffer.from(query, 'utf8');
	switch (payload) {
		case 'query':
			return queryBytes;
		case 'query+body':
			return Buffer.concat([queryBytes, body]);
		case 'query&body':
			return body.length === 0 ? queryBytes : Buffer.concat([queryBytes, Buffer.from('&'), body]);
		case 'body':
			return body.length === 0 ? queryBytes : body;
	}
}

/** The digest in a text; null if the text is not in the accepted form. */
function readDigest(text: string, encoding: AcceptedEncoding): Buffer | null {
	if (encoding === 'base64') {
		const bytes = Buffer.from(text, 'base64');
		// Base64 has several spellings of the same bytes; only the canonical one counts.
		return bytes.length === DIGEST_BYTES && bytes.toString('base64') === text ? bytes : null;
	}
	const form = { hex: /^[0-9a-fA-F]{64}$/, 'hex-lower': /^[0-9a-f]{64}$/, 'hex-upper': /^[0-9A-F]{64}$/ }[encoding];
	return form.test(text) ? Buffer.from(text, 'hex') : null;
}

export interface RawPair {
	/** The pair's own text, e.g. `page=0`. */
	text: string;
	/** Name and value, decoded. */
	name: string;
	value: string;
}

/** The text after the first `?`, or the empty text. @param url as the request line has it */
export function getRawQuery(url: string): string {
	const mark = url.indexOf('?');
	return mark < 0 ? '' : url.slice(mark + 1);
}

/** The pairs in the order received. @returns null if the percent-encoding is broken */
export function splitQuery(rawQuery: string): RawPair[] | null {
	if (rawQuery === '') return [];
	try {
		return rawQuery.split('&').map((text) => {
			const equals = text.indexOf('=');
			return {
				text,
				name: decode(equals < 0 ? text : text.slice(0, equals)),
				value: equals < 0 ? '' : decode(text.slice(equals + 1)),
			};
		});
	} catch {
		return null;
	}
}

/** What takes part in the signature: the raw pairs as they came, without the one named `signature`. */
export function withoutSignature(pairs: readonly RawPair[]): string {
	return pairs
		.filter((pair) => pair.name !== 'signature')
		.map((pair) => pair.text)
		.join('&');
}

/** As web servers read a query: `+` is a blank. */
function decode(text: string): string {
	return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Unix ms. */
export const TIMESTAMP = /^\d{13}$/;
/** A request may claim to come from the future by less than this. */
const FUTURE_MS = 1000;
export const LONGEST_WINDOW_MS = 60_000;
const DEFAULT_WINDOW_MS = 5000;

/** Milliseconds of a `recvWindow` as received; a missing one counts as 5000. @returns null if it is out of bounds */
export function readWindow(text: string | undefined): number | null {
	if (text === undefined) return DEFAULT_WINDOW_MS;
	const window = /^\d{1,6}$/.test(text) ? Number(text) : 0;
	return window > 0 && window <= LONGEST_WINDOW_MS ? window : null;
}

/** Unix ms of a `timestamp` as received; null if it is not a whole number. */
export function readTimestamp(text: string): number | null {
	return TIMESTAMP.test(text) ? Number(text) : null;
}

/** @param serverNow the server's clock, Unix ms */
export function isInWindow(timestamp: number, serverNow: number, window: number): boolean {
	return timestamp < serverNow + FUTURE_MS && serverNow - timestamp <= window;
}
