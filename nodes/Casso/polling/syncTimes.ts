/** When polls of this process last asked for a sync of an account. Nothing here is needed for the truth of a poll. */

const synced = new Map<string, Map<string, number>>();

/** A sync counts for every workflow of this process, also if the poll that asked for it failed afterwards. */
export function noteSync(baseUrl: string, accountNumber: string, atMs: number): void {
	let times = synced.get(baseUrl);
	if (!times) synced.set(baseUrl, (times = new Map<string, number>()));
	times.set(accountNumber, atMs);
}

/** Account number → Unix time in ms of its last sync. */
export function getSyncTimes(baseUrl: string): Record<string, number> {
	return Object.fromEntries(synced.get(baseUrl) ?? []);
}
