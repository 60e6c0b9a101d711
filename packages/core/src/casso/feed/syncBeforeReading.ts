/** Asks Casso to fetch from the banks before a poll reads, at most once a minute an account (casso-api 4.7). */
import { ApiError, isOutage } from '../../errors/ApiError';
import { SaokeError } from '../../errors/SaokeError';
import type { CassoConnection } from '../call';
import { getAccounts } from '../operations/getAccounts';
import { requestSync } from '../operations/requestSync';

const SYNC_EVERY_MS = 60_000;

/** Account number → Unix time in ms of its last sync. Holds the last minute only. */
export type SyncTimes = Record<string, number>;

export interface Synced {
	/** The times to keep. */
	times: SyncTimes;
	/** For the log: one line for each account that could not be synced. */
	notes: string[];
	/** The first failure: to be thrown after the poll if the poll found nothing. Reading goes on regardless. */
	failure: SaokeError | undefined;
}

/**
 * Casso answers a sync at once and finds transactions later: they come with this poll or a following one. An account that
 * cannot be synced stops neither the others nor the reading.
 *
 * @param accountNumbers empty for all accounts that are connected
 * @param times of earlier syncs, of this process and of earlier ones
 * @param note called for each account as soon as its sync is under way
 */
export async function syncBeforeReading(
	connection: CassoConnection,
	accountNumbers: readonly string[],
	times: Readonly<SyncTimes>,
	note: (accountNumber: string, atMs: number) => void,
): Promise<Synced> {
	const nowMs = connection.runtime.now();
	const kept = Object.fromEntries(Object.entries(times).filter(([, atMs]) => isRecent(atMs, nowMs)));
	const synced: Synced = { times: kept, notes: [], failure: undefined };
	const fail = (error: unknown, which: string): void => {
		if (!(error instanceof SaokeError)) throw error;
		synced.failure ??= error;
		synced.notes.push(`${which} could not be synced: ${error.message}`);
	};
	try {
		const numbers = accountNumbers.length > 0 ? accountNumbers : await connectedAccounts(connection);
		for (const number of new Set(numbers)) {
			if (Object.hasOwn(kept, number)) continue;
			const failure = await syncOne(connection, number);
			if (failure) fail(failure, `The account that ends in ${number.slice(-4)}`);
			// Nothing is to be expected of the next account, and each would cost a wait.
			if (isOutage(failure)) break;
			// An account that fails is asked for again with the next poll, so that it is named each time.
			if (failure) continue;
			kept[number] = nowMs;
			note(number, nowMs);
		}
	} catch (error) {
		fail(error, 'The accounts');
	}
	return synced;
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

/** @returns what went wrong; 429 only says that the account was synced a moment ago */
async function syncOne(connection: CassoConnection, accountNumber: string): Promise<SaokeError | undefined> {
	try {
		await requestSync(connection, accountNumber);
	} catch (error) {
		if (!(error instanceof SaokeError)) throw error;
		if (!(error instanceof ApiError) || error.httpStatus !== 429) return error;
	}
	return undefined;
}
