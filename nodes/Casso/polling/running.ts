/**
 * What polls of this process must know of each other: which of them run, and when an account was last synced. Nothing
 * here is needed for the truth of a poll, which stands in the node's static data.
 */

const running = new Set<string>();

/** @returns false where this node's poll is still running */
export function beginPoll(key: string): boolean {
	if (running.has(key)) return false;
	running.add(key);
	return true;
}

export function endPoll(key: string): void {
	running.delete(key);
}

const synced = new Map<string, Map<string, number>>();

/** A sync counts for every workflow of this process, also where the poll that asked for it failed afterwards. */
export function noteSync(baseUrl: string, accountNumber: string, atMs: number): void {
	let times = synced.get(baseUrl);
	if (!times) synced.set(baseUrl, (times = new Map<string, number>()));
	times.set(accountNumber, atMs);
}

/** Account number → Unix time in ms of its last sync. */
export function syncTimesOf(baseUrl: string): Record<string, number> {
	return Object.fromEntries(synced.get(baseUrl) ?? []);
}
