/** Text: masking secrets that a service echoes, and wildcard patterns. */

const MASK = '********';

/** Anything shorter would blacken ordinary words, and guards nothing. */
const SHORTEST_SECRET = 6;

/**
 * Takes secrets out of a text that somebody else wrote, such as a service that echoes the key it refuses.
 *
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

/**
 * Text patterns with `*` (anything) and `?` (one character), found anywhere in a text, in any case.
 * No regular expressions: whoever pays writes the text, and a crafted one must not cost time.
 *
 * @param pattern as typed; without wildcards it is plain text to find
 * @returns a matcher that takes at most |text| x |pattern| steps
 */
export function toWildcardMatcher(pattern: string): (text: string) => boolean {
	const parts = [...`*${fold(pattern)}*`];
	return (text) => matches([...fold(text)], parts);
}

function fold(text: string): string {
	return text.normalize('NFC').toLowerCase();
}

/** Greedy match with one step back to the last star: linear in practice, never exponential. */
function matches(text: readonly string[], pattern: readonly string[]): boolean {
	let at = 0;
	let next = 0;
	let star = -1;
	let starAt = 0;
	while (at < text.length) {
		if (pattern[next] === '*') {
			star = next++;
			starAt = at;
		} else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
			next++;
			at++;
		} else if (star >= 0) {
			next = star + 1;
			at = ++starAt;
		} else {
			return false;
		}
	}
	while (pattern[next] === '*') next++;
	return next === pattern.length;
}
