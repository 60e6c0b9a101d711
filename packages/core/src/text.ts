/** Text: masking secrets that a service echoes, wildcard patterns, and diacritics. */

const MASK = '********';

/** Shorter values would mask ordinary words and are not worth protecting. */
const MIN_SECRET_LENGTH = 6;

/**
 * Masks secrets in text from outside, such as an error from a service that echoes the rejected key.
 *
 * @param secrets as configured; surrounding white space is ignored, and short values are not masked
 * @returns the text with every occurrence replaced
 */
export function maskSecrets(text: string, secrets: readonly string[]): string {
	return secrets
		.map((secret) => secret.trim())
		.filter((secret) => secret.length >= MIN_SECRET_LENGTH)
		.sort((a, b) => b.length - a.length)
		.reduce((masked, secret) => masked.replaceAll(secret, MASK), text);
}

/**
 * Text patterns with `*` (anything) and `?` (one character), found anywhere in a text, in any case.
 * No regular expressions: the payer controls the text, and crafted input must not make matching slow.
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

/** Without the marks of Vietnamese and other Latin letters, and without invisible characters: `Đơn` is `Don`. */
export function removeDiacritics(text: string): string {
	return text
		.normalize('NFD')
		.replace(/[\p{M}\p{Cf}]/gu, '')
		.replace(/đ/g, 'd')
		.replace(/Đ/g, 'D');
}
