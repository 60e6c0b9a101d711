/** How long to wait before the next attempt: capped exponential growth, with jitter so that clients do not march in step. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * @param attempt number of the attempt that just failed, from 1
 * @param random uniform in [0, 1)
 * @param retryAfterMs what the service asked for, in ms; obeyed in full, plus a little jitter
 * @returns ms to wait
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs?: number): number {
	if (retryAfterMs !== undefined) return retryAfterMs + Math.round(random() * 250);
	const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
	return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
