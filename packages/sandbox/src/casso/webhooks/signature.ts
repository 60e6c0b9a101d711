/**
 * Signs a Webhook V2 body as Casso does (spec 6.3). Written from the spec, apart from the verifier in core: a mistake
 * in one must show as a failing test, not as agreement.
 */
import { createHmac } from 'node:crypto';

/** A JSON value as text: keys in code-unit order at every level, no white space, otherwise as `JSON.stringify`. */
export function sortedCompactJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(sortedCompactJson).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sortedCompactJson(member)}`).join(',')}}`;
}

/**
 * The value of `X-Casso-Signature`.
 * @param bodyText the JSON text that is sent; its white space and key order do not matter
 * @param t Unix time in ms
 */
export function signatureHeader(bodyText: string, key: string, t: number): string {
	const message = `${String(t)}.${sortedCompactJson(JSON.parse(bodyText))}`;
	const v1 = createHmac('sha512', Buffer.from(key, 'utf8')).update(message, 'utf8').digest('hex');
	return `t=${String(t)},v1=${v1}`;
}
