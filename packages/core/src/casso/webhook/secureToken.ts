/** The shared secret of the legacy webhook (casso-api 6.1): random or derived, kept as a hash, compared in constant time. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** @returns a new token of 64 hexadecimal characters, 256 random bits */
export function makeSecureToken(): string {
	return randomBytes(32).toString('hex');
}

/**
 * A token that whoever holds the key can make again, and nobody else.
 *
 * @param key a secret of at least 128 random bits, such as an API key of Casso
 * @param purpose tells tokens of one key apart
 * @returns 64 hexadecimal characters
 */
export function deriveSecureToken(key: string, purpose: readonly string[]): string {
	return createHmac('sha256', key).update(JSON.stringify(['Casso secure-token', ...purpose]), 'utf8').digest('hex');
}

/** @returns SHA-256 of the token in hexadecimal; a token of 256 bits that nobody can guess needs no salt */
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
