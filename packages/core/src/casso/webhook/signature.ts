/** Signatures and tokens of deliveries (casso-api 6). */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { ParameterError } from '../../errors';
import { MAX_NESTING, readBody } from './parse';

export interface SignatureHeader {
	/** Unix time in ms, exactly as received: it is part of what was signed. */
	t: string;
	/** 128 lower-case hexadecimal digits. */
	v1: string;
}

const HEADER = /^\s*(?:t=(\d{1,15})\s*,\s*v1=([0-9a-f]{128})|v1=([0-9a-f]{128})\s*,\s*t=(\d{1,15}))\s*$/;

/**
 * The header `X-Casso-Signature` (casso-api 6.2), read strictly: exactly one `t` and one `v1`.
 *
 * @returns undefined for anything missing, doubled, unknown or of the wrong form; white space around the comma is allowed
 */
export function parseSignatureHeader(header: string): SignatureHeader | undefined {
	const found = HEADER.exec(header);
	const t = found?.[1] ?? found?.[4];
	const v1 = found?.[2] ?? found?.[3];
	return t === undefined || v1 === undefined ? undefined : { t, v1 };
}

/**
 * Sorted compact JSON, the text that Casso signs (casso-api 6.3, steps 3 and 4).
 *
 * Thrown inside this folder only: the value has no canonical text, and so no signature.
 */
export class NoCanonicalTextError extends Error {
	constructor(readonly reason: 'tooDeep' | 'numberTooLarge') {
		super(reason);
	}
}

/**
 * Writes a parsed JSON value with the keys of every object in code-unit order, without white space, and with strings
 * and numbers as `JSON.stringify` prints them. The text is built directly: objects copied in sorted order would lose
 * `__proto__` and would move keys that look like numbers to the front.
 *
 * @param maxDepth objects and arrays that may lie within one another
 * @throws NoCanonicalTextError beyond it, and for a number too large to be read: its text would be that of null
 */
export function canonicalJson(value: unknown, maxDepth: number): string {
	if (typeof value === 'string') return quote(value);
	if (typeof value === 'number' && !Number.isFinite(value)) throw new NoCanonicalTextError('numberTooLarge');
	if (typeof value !== 'object' || value === null) return JSON.stringify(value);
	if (maxDepth <= 0) throw new NoCanonicalTextError('tooDeep');
	if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member, maxDepth - 1)).join(',')}]`;
	const record = value as Record<string, unknown>;
	let text = '';
	for (const key of Object.keys(record).sort()) {
		text += `${text === '' ? '' : ','}${quote(key)}:${canonicalJson(record[key], maxDepth - 1)}`;
	}
	return `{${text}}`;
}

/** Anything but what JSON.stringify surely leaves as it is: not `"`, `\`, a control character or a part of a surrogate pair. */
const NEEDS_ESCAPE = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

/** As `JSON.stringify`, which takes several times as long for the usual text that needs no escape. */
function quote(text: string): string {
	return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

export type WebhookSigner =
	/** Webhook V2; `signedAtMs` is Unix time in ms. */
	| { securityKey: string; signedAtMs: number }
	/** Legacy webhook. */
	| { secureToken: string };

/**
 * The twin of verifyWebhook: makes the headers with which a delivery of the given body passes. For tests of workflows.
 *
 * Headers of a delivery, by casso-api 6.1 (token) or 6.3 (signature).
 *
 * @param body JSON text of the request; its white space and key order do not matter
 * @throws ParameterError when the body is not JSON, a secret is empty, or the time is no whole number of ms
 */
export function signWebhook(body: string, signer: WebhookSigner): Record<string, string> {
	if ('secureToken' in signer) {
		requireSecret(signer.secureToken, 'secureToken');
		return { 'secure-token': signer.secureToken };
	}
	requireSecret(signer.securityKey, 'securityKey');
	if (!Number.isSafeInteger(signer.signedAtMs) || signer.signedAtMs < 0) {
		throw new ParameterError(
			'signedAtMs',
			'The time of signing is not a whole number of milliseconds',
			'Use Unix time in ms.',
		);
	}
	const message = `${signer.signedAtMs}.${canonicalText(body)}`;
	const v1 = createHmac('sha512', signer.securityKey).update(message, 'utf8').digest('hex');
	return { 'X-Casso-Signature': `t=${signer.signedAtMs},v1=${v1}` };
}

function canonicalText(body: string): string {
	const read = readBody(body);
	if (!read.isReadable)
		throw new ParameterError('body', 'The body is not JSON, or too large', 'Pass the JSON text that is sent.');
	try {
		return canonicalJson(read.value, MAX_NESTING);
	} catch (error) {
		if (!(error instanceof NoCanonicalTextError)) throw error;
		throw new ParameterError(
			'body',
			'The body is nested too deeply, or contains a number that is too large',
			'Pass a body as Casso sends it.',
		);
	}
}

function requireSecret(secret: string, parameter: string): void {
	if (secret === '') throw new ParameterError(parameter, 'The secret is empty', 'Enter the secret of the webhook.');
}

/**
 * The shared secret of the legacy webhook (casso-api 6.1): made at random, kept as a hash, compared in constant time.
 *
 * @returns a new token of 64 hexadecimal characters, 256 random bits
 */
export function makeSecureToken(): string {
	return randomBytes(32).toString('hex');
}

/** @returns SHA-256 of the token in hexadecimal; a token of 256 random bits needs no salt */
export function hashSecureToken(token: string): string {
	return createHash('sha256').update(token, 'utf8').digest('hex');
}

/**
 * @param received value of the `secure-token` header
 * @param expectedHash as hashSecureToken made it
 * @returns false for a missing header, too; takes the same time wherever the first difference lies
 */
export function matchesSecureToken(received: string | undefined, expectedHash: string): boolean {
	if (!received || !/^[0-9a-f]{64}$/.test(expectedHash)) return false;
	return timingSafeEqual(Buffer.from(hashSecureToken(received), 'hex'), Buffer.from(expectedHash, 'hex'));
}
