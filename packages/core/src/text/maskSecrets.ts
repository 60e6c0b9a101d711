/** Takes secrets out of a text that somebody else wrote, such as a service that echoes the key it refuses. */

const MASK = '********';

/** Anything shorter would blacken ordinary words, and guards nothing. */
const SHORTEST_SECRET = 6;

/**
 * @param secrets as configured; surrounding white space does not matter, short ones are left alone
 * @returns the text with every occurrence replaced
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.sort((a, b) => b.length - a.length)
		.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}
