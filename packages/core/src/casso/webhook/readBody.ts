/** Reads the raw body of a delivery within bounds, before anything is computed over it. */
import type { RefusalReason } from './refusal';

/** A legacy delivery may hold several transactions of half a kilobyte each; 4 MiB are thousands of them. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** A delivery of Casso is three levels deep. */
export const MAX_NESTING = 32;

export type ReadBody = { isReadable: true; value: unknown } | { isReadable: false; reason: RefusalReason };

/**
 * @param body bytes or text as received; bytes are UTF-8, one byte-order mark in front is ignored
 * @param maxLength bytes, or characters of a text; nothing longer is parsed
 * @returns the value as `JSON.parse` gives it: the last of repeated keys counts, `__proto__` is a key like any other
 */
export function readBody(body: Uint8Array | string, maxLength = MAX_BODY_BYTES): ReadBody {
	if (body.length > maxLength) return { isReadable: false, reason: 'tooLarge' };
	const text = typeof body === 'string' ? body : decode(body);
	if (text === undefined) return { isReadable: false, reason: 'notJson' };
	try {
		return { isReadable: true, value: JSON.parse(text) as unknown };
	} catch {
		return { isReadable: false, reason: 'notJson' };
	}
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(bytes: Uint8Array): string | undefined {
	try {
		return utf8.decode(bytes);
	} catch {
		return undefined;
	}
}

/** True where objects and arrays lie within one another no deeper than the limit. Stops at the limit. */
export function isWithinNesting(value: unknown, maxDepth = MAX_NESTING): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return maxDepth > 0 && Object.values(value).every((member) => isWithinNesting(member, maxDepth - 1));
}
