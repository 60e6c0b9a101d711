/** The signature itself: which string, and its HMAC-SHA256 (simplize-api 3.2). */
import { createHmac } from 'node:crypto';
import type { SignatureEncoding, SignaturePayload } from './profile';

/**
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
