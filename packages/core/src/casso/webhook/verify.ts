/** Decides whether a webhook delivery comes from Casso (casso-api 6.1 to 6.3, 11 nos. 12 and 13). Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isWithinNesting, MAX_NESTING, readBody } from './parse';
import type { RefusalReason } from './rejection';
import {
	canonicalJson,
	hashSecureToken,
	matchesSecureToken,
	NoCanonicalTextError,
	parseSignatureHeader,
	type SignatureHeader,
} from './signature';

/** A signed delivery holds one transaction, about a kilobyte: of a larger body, which anybody can send, nothing is parsed. */
export const MAX_SIGNED_BODY_BYTES = 64 * 1024;

/** What a delivery may be checked with. Empty texts count as missing. A key never serves as a token. */
export interface WebhookSecrets {
	/** Webhook V2. */
	securityKey?: string;
	/** Accepted too while the key is being changed. */
	previousSecurityKey?: string;
	/** Legacy webhook, in the clear. */
	secureToken?: string;
	previousSecureToken?: string;
	/** Legacy webhook, as `hashSecureToken` made it. */
	secureTokenHash?: string;
}

export interface VerifyOptions {
	/** Unix time in ms. */
	nowMs: number;
	/**
	 * Whether an unsigned delivery with the right token is taken although a signing key is configured. Without one,
	 * the token is the only secret and is always asked for.
	 */
	allowLegacy?: boolean;
	/** Maximum difference in ms between `t` and now, in the past and in the future; undefined takes any age. */
	replayWindowMs?: number;
}

/** Names in any case. A value that came several times may be an array, or joined with commas as Node does. */
export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type WebhookDialect = 'v2' | 'legacy';

export type Verification =
	| {
			isAuthentic: true;
			dialect: WebhookDialect;
			/** Which of two secrets fitted, while one is being changed. */
			matched: 'current' | 'previous';
			/** The parsed body: what was signed, and nothing else, may be used. */
			body: unknown;
	  }
	| { isAuthentic: false; reason: RefusalReason };

/**
 * Never throws, even for malformed input.
 *
 * @param headers of the request
 * @param body bytes or text exactly as received
 */
export function verifyWebhook(
	headers: WebhookHeaders,
	body: Uint8Array | string,
	secrets: WebhookSecrets,
	options: VerifyOptions,
): Verification {
	const signature = getHeader(headers, 'x-casso-signature');
	const hasKey = Boolean(secrets.securityKey) || Boolean(secrets.previousSecurityKey);
	if (hasKey && (signature !== undefined || !options.allowLegacy)) {
		const encoding = getHeader(headers, 'content-encoding')?.trim().toLowerCase();
		return verifySigned({ signature, encoding }, body, secrets, options);
	}
	return verifyToken(getHeader(headers, 'secure-token'), body, secrets);
}

/** Until the signature is checked everything may come from anybody, so what costs little is looked at first. */
function verifySigned(
	headers: { signature: string | undefined; encoding: string | undefined },
	body: Uint8Array | string,
	secrets: WebhookSecrets,
	options: VerifyOptions,
): Verification {
	if (headers.signature === undefined) return refuse('noSignature');
	const signature = parseSignatureHeader(headers.signature);
	if (!signature) return refuse('malformedSignature');
	if (headers.encoding && headers.encoding !== 'identity') return refuse('compressed');
	const read = readBody(body, MAX_SIGNED_BODY_BYTES);
	if (!read.isReadable) return refuse(read.reason);
	let message: string;
	try {
		message = `${signature.t}.${canonicalJson(read.value, MAX_NESTING)}`;
	} catch (error) {
		if (error instanceof NoCanonicalTextError) return refuse(error.reason);
		throw error;
	}
	const matched = matchingKey(message, signature, secrets);
	if (!matched) return refuse('badSignature');
	// After the signature: only a time that Casso signed can be trusted.
	const lateMs = options.nowMs - Number(signature.t);
	const windowMs = options.replayWindowMs ?? Infinity;
	if (lateMs > windowMs) return refuse('tooOld');
	if (-lateMs > windowMs) return refuse('clock');
	return { isAuthentic: true, dialect: 'v2', matched, body: read.value };
}

function matchingKey(
	message: string,
	{ v1 }: SignatureHeader,
	secrets: WebhookSecrets,
): 'current' | 'previous' | undefined {
	const received = Buffer.from(v1, 'hex');
	const fits = (key: string | undefined): boolean =>
		Boolean(key) &&
		timingSafeEqual(
			createHmac('sha512', key ?? '')
				.update(message, 'utf8')
				.digest(),
			received,
		);
	if (fits(secrets.securityKey)) return 'current';
	return fits(secrets.previousSecurityKey) ? 'previous' : undefined;
}

/** The token is looked at first: nothing of an unauthenticated body is even parsed. */
function verifyToken(received: string | undefined, body: Uint8Array | string, secrets: WebhookSecrets): Verification {
	const current = secrets.secureTokenHash || (secrets.secureToken ? hashSecureToken(secrets.secureToken) : '');
	const previous = secrets.previousSecureToken ? hashSecureToken(secrets.previousSecureToken) : '';
	if (!current && !previous) return refuse('noSecret');
	if (!received) return refuse('noToken');
	const isCurrent = matchesSecureToken(received, current);
	if (!isCurrent && !matchesSecureToken(received, previous)) return refuse('badToken');
	const read = readBody(body);
	if (!read.isReadable) return refuse(read.reason);
	if (!isWithinNesting(read.value)) return refuse('tooDeep');
	return { isAuthentic: true, dialect: 'legacy', matched: isCurrent ? 'current' : 'previous', body: read.value };
}

/** @returns undefined if the header is missing; several ones joined, which no check accepts */
function getHeader(headers: WebhookHeaders, name: string): string | undefined {
	const direct = headers[name];
	if (typeof direct === 'string') return direct;
	const values = Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name ? (value ?? []) : []));
	return values.length > 0 ? values.join(', ') : undefined;
}

function refuse(reason: RefusalReason): Verification {
	return { isAuthentic: false, reason };
}
