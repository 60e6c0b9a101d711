/** Reads the Retry-After header of RFC 9110: seconds or an HTTP date. */

/** The three forms of an HTTP date; nothing else, since Date.parse takes almost any words with a number for a date. */
const HTTP_DATE =
	/^(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2}) \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * @param header value of `Retry-After`, if any
 * @param nowMs Unix time in ms, to which a date is compared
 * @returns ms to wait, never negative; undefined where the header says nothing usable
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	const atMs = parseHttpDate(text);
	return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

function parseHttpDate(text: string): number | undefined {
	if (!HTTP_DATE.test(text) && !ASCTIME.test(text)) return undefined;
	// The asctime form names no zone and means GMT.
	const atMs = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
	return Number.isNaN(atMs) ? undefined : atMs;
}
