/** Sorted compact JSON, the text that Casso signs (casso-api 6.3, steps 3 and 4). */

/** Thrown inside this folder only: the value has no canonical text, and so no signature. */
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
