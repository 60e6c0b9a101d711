/**
 * Text patterns with `*` (anything) and `?` (one character), found anywhere in a text, in any case.
 * No regular expressions: whoever pays writes the text, and a crafted one must not cost time.
 */

/**
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
