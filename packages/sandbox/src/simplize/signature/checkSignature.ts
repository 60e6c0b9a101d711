/** Decides whether a signature fits a request under one rule, or under which other rule it would (spec 3.2 and 10). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignaturePayload } from '@saoke/core';

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

/** The digest that a text stands for; null where the text is not in the accepted form. */
function readDigest(text: string, encoding: AcceptedEncoding): Buffer | null {
	if (encoding === 'base64') {
		const bytes = Buffer.from(text, 'base64');
		// Base64 has several spellings of the same bytes; only the canonical one counts.
		return bytes.length === DIGEST_BYTES && bytes.toString('base64') === text ? bytes : null;
	}
	const form = { hex: /^[0-9a-fA-F]{64}$/, 'hex-lower': /^[0-9a-f]{64}$/, 'hex-upper': /^[0-9A-F]{64}$/ }[encoding];
	return form.test(text) ? Buffer.from(text, 'hex') : null;
}
