/** The shared secret of the legacy webhook (casso-api 6.1): made at random, kept as a hash, compared in constant time. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** @returns a new token of 64 hexadecimal characters, 256 random bits */
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
