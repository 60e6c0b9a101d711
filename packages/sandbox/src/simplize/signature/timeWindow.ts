/** The Binance rule for the age of a signed request (spec 8, rule 4). */

/** Unix ms. */
export const TIMESTAMP = /^\d{13}$/;
/** A request may claim to come from the future by less than this. */
const FUTURE_MS = 1000;
export const LONGEST_WINDOW_MS = 60_000;
const DEFAULT_WINDOW_MS = 5000;

/** Milliseconds of a `recvWindow` as received; a missing one counts as 5000. @returns null where it is out of bounds */
export function readWindow(text: string | undefined): number | null {
	if (text === undefined) return DEFAULT_WINDOW_MS;
	const window = /^\d{1,6}$/.test(text) ? Number(text) : 0;
	return window > 0 && window <= LONGEST_WINDOW_MS ? window : null;
}

/** Unix ms of a `timestamp` as received; null where it is no whole number of them. */
export function readTimestamp(text: string): number | null {
	return TIMESTAMP.test(text) ? Number(text) : null;
}

/** @param serverNow the server's clock, Unix ms */
export function isInWindow(timestamp: number, serverNow: number, window: number): boolean {
	return timestamp < serverNow + FUTURE_MS && serverNow - timestamp <= window;
}
