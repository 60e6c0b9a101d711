/** When polls of this process last requested a sync of an account. Polls are correct without it. */

const synced = new Map<string, Map<string, number>>();

/** A sync counts for every workflow of this process, even if the poll that requested it failed afterwards. */
export function noteSync(baseUrl: string, accountNumber: string, atMs: number): void {
	let times = synced.get(baseUrl);
	if (!times) synced.set(baseUrl, (times = new Map<string, number>()));
	times.set(accountNumber, atMs);
}

/** Account number → Unix time in ms of its last sync. */
export function getSyncTimes(baseUrl: string): Record<string, number> {
	return Object.fromEntries(synced.get(baseUrl) ?? []);
}
