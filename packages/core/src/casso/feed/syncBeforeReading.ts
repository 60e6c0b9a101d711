/** Asks Casso to fetch from the banks before a poll reads, at most once a minute an account (casso-api 4.7). */
import { ApiError } from '../../errors/ApiError';
import type { CassoConnection } from '../call';
import { getAccounts } from '../operations/getAccounts';
import { requestSync } from '../operations/requestSync';

const SYNC_EVERY_MS = 60_000;

/** Account number → Unix time in ms of its last sync. Holds the last minute only. */
export type SyncTimes = Record<string, number>;

/**
 * Casso answers a sync at once and finds transactions later: they come with this poll or a following one.
 *
 * @param accountNumbers empty for all accounts that are connected
 * @param times of earlier syncs, of this process and of earlier ones
 * @param note called for each account as soon as its sync is under way
 * @returns the times to keep
 * @throws ApiError, NetworkError; not for 429, which says that the account was synced a moment ago
 */
export async function syncBeforeReading(
	connection: CassoConnection,
	accountNumbers: readonly string[],
	times: Readonly<SyncTimes>,
	note: (accountNumber: string, atMs: number) => void,
): Promise<SyncTimes> {
	const nowMs = connection.runtime.now();
	const kept = Object.fromEntries(Object.entries(times).filter(([, atMs]) => isRecent(atMs, nowMs)));
	const numbers = accountNumbers.length > 0 ? accountNumbers : await connectedAccounts(connection);
	for (const number of new Set(numbers)) {
		if (Object.hasOwn(kept, number)) continue;
		kept[number] = nowMs;
		note(number, nowMs);
		await syncOne(connection, number);
	}
	return kept;
}

/** A time in the future stems from a clock that was wrong. */
function isRecent(atMs: unknown, nowMs: number): atMs is number {
	return typeof atMs === 'number' && atMs <= nowMs && nowMs - atMs < SYNC_EVERY_MS;
}

async function connectedAccounts(connection: CassoConnection): Promise<string[]> {
	const accounts = await getAccounts(connection);
	return accounts
		.filter(({ account }) => account.connectStatus !== 0 && account.accountNumber !== '')
		.map(({ account }) => account.accountNumber);
}

async function syncOne(connection: CassoConnection, accountNumber: string): Promise<void> {
	try {
		await requestSync(connection, accountNumber);
	} catch (error) {
		if (!(error instanceof ApiError) || error.httpStatus !== 429) throw error;
	}
}
