/** Polls Casso for new transactions. */
import { getAccounts, requestSync } from '../casso/accounts';
import type { CassoConnection } from '../casso/client';
import type { TransactionFilter } from '../casso/filter';
import type { NormalisedTransaction, NormaliseOptions } from '../casso/normalise';
import { readList } from '../casso/paging';
import { type FetchPage, type OpenPage, type ReadList, totalsOfFirstPage } from '../casso/paging/list';
import {
	accountGroup,
	checkParallel,
	DEFAULT_PAGE_SIZE,
	gated,
	readTransactions,
	transactionPages,
} from '../casso/transactions';
import { ApiError, isOutage, SaokeError } from '../errors';
import { addDays, vietnamDay } from '../time';
import { nextPollState, type AdvanceOptions, type FeedRow, type FeedStep, isUnchanged } from './advance';
import { type PlanOptions, planPoll, type ReadPlan } from './plan';
import { type FeedState, loadPollState, type OpenFeed } from './state';

/** How many days back a sample is looked for. */
export const SAMPLE_DAYS = 30;

/**
 * The newest transaction, as a sample for building a workflow. Touches no state.
 *
 * @returns the newest transaction of the last 30 days that passes the filter; undefined if there is none
 * @throws as readTransactions does
 */
export async function newestTransaction(
	connection: CassoConnection,
	options: NormaliseOptions & { filter?: TransactionFilter },
): Promise<NormalisedTransaction | undefined> {
	const today = vietnamDay(connection.runtime.now());
	const query = { fromDate: addDays(today, -SAMPLE_DAYS), toDate: today, sort: 'DESC' as const };
	const [newest] = await readTransactions(connection, query, { ...options, limit: 1 });
	return newest;
}

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
 * Asks Casso to fetch from the banks before a poll reads, at most once a minute an account (casso-api 4.7).
 *
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
			// The next accounts would probably fail too, and each would cost a wait.
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
		const statuses = error instanceof ApiError ? [error.httpStatus, error.failure.serviceCode] : [];
		if (!statuses.includes(429)) return error;
	}
	return undefined;
}

export interface PollCassoOptions extends NormaliseOptions, PlanOptions, AdvanceOptions {
	/** What to emit; what it refuses counts as seen. */
	filter?: TransactionFilter;
	/** Rows in a page; default 50. */
	pageSize?: number;
	/** Pages in flight, 1 to 10; default 4. */
	parallel?: number;
	/** ms after which reading stops; what was read is emitted, and the next poll goes on. Default no limit. */
	budgetMs?: number;
}

export interface CassoPoll<T> {
	/** New transactions in order of time. */
	emit: T[];
	/** To be stored together with what is emitted; equal to the stored one if nothing changed. */
	nextState: FeedState;
	/** True if nothing had changed, so that nothing needs to be stored. */
	isIdle: boolean;
	/** True if the next poll has more to hand out. */
	hasMore: boolean;
	/** For the log; empty as a rule. */
	notes: string[];
}

/** Part of the budget in which pages may still be asked for; the rest is for the answers and the host. */
const READING_SHARE = 0.75;

/**
 * One poll of Casso, the same for every host: reads what the feed asks for and hands it to the feed. An idle poll costs
 * one request: the newest page of the window with its total (casso-api 4.5, 8).
 *
 * @param stored state of the last poll as the host kept it; undefined or empty before the first one
 * @param present makes what is emitted of a transaction
 * @throws ApiError, NetworkError, RecordError, ParameterError: store nothing in that case
 */
export async function pollCasso<T>(
	connection: CassoConnection,
	stored: unknown,
	options: PollCassoOptions,
	present: (found: NormalisedTransaction) => T,
): Promise<CassoPoll<T>> {
	const parallel = checkParallel(options.parallel);
	const startedAtMs = connection.runtime.now();
	const feed = loadPollState(stored);
	const plan = planPoll(feed, startedAtMs, options);
	const behindGate = gated(connection, parallel);
	const open = makeOpen(feed, options.filter, present);
	const pageSize = options.pageSize ?? DEFAULT_PAGE_SIZE;
	const pages = (sort: 'ASC' | 'DESC'): FetchPage<FeedRow<T>> =>
		transactionPages(behindGate, { fromDate: plan.from, toDate: plan.to, sort }, options, open);
	const newest = await pages('DESC')(1, pageSize);
	const newestRows = readRows(newest.rows);
	if (feed.state && !plan.isWholeDue && isUnchanged(feed, { rows: newestRows, total: newest.totalRecords })) {
		return { emit: [], nextState: feed.state, isIdle: true, hasMore: false, notes: [] };
	}
	const isTimeUp = makeClock(connection, startedAtMs, options.budgetMs);
	const list = await readWindow(pages('ASC'), newest, plan, {
		pageSize,
		parallel,
		isTimeUp,
		acceptPart: true,
		skip: plan.skip,
	});
	return { ...settle(feed, plan, list, newest.rows.length, options), isIdle: false };
}

/** A window that fits into one page has just been read whole. */
async function readWindow<T>(
	fetch: FetchPage<FeedRow<T>>,
	newest: OpenPage<FeedRow<T>>,
	plan: ReadPlan,
	options: Parameters<typeof readList<FeedRow<T>>>[1],
): Promise<ReadList<FeedRow<T>>> {
	const totals = totalsOfFirstPage(newest);
	const isDistinct = new Set(newest.rows.map(({ key }) => key)).size === newest.rows.length;
	if (totals?.pages === 1 && isDistinct) {
		return { rows: [...newest.rows].reverse(), outcome: 'exact', total: totals.records, passed: totals.records };
	}
	return await readList(fetch, options, plan.skip > 0 ? totals : undefined);
}

function settle<T>(
	feed: OpenFeed,
	plan: ReadPlan,
	list: ReadList<FeedRow<T>>,
	newestLength: number,
	options: AdvanceOptions,
): FeedStep<T> {
	const rows = readRows(list.rows);
	if (list.outcome === 'part')
		return nextPollState(feed, plan, { rows, isComplete: false, passed: list.passed }, options);
	const newest = newestLength === 0 ? [] : rows.slice(-newestLength);
	return nextPollState(feed, plan, { rows, isComplete: true, total: list.total, newest }, options);
}

function readRows<T>(rows: ReadonlyArray<{ item: FeedRow<T> | undefined }>): FeedRow<T>[] {
	return rows.flatMap(({ item }) => (item === undefined ? [] : [item]));
}

/** What is known already or refused by the filter needs no item, and so no memory. */
function makeOpen<T>(
	feed: OpenFeed,
	filter: TransactionFilter | undefined,
	present: (found: NormalisedTransaction) => T,
): (found: NormalisedTransaction) => FeedRow<T> {
	return (found) => {
		const { transaction, details } = found;
		const group = accountGroup(transaction.accountNumber, details.accountId);
		const id = String(transaction.id);
		const isWanted = feed.seen.getDay(group, id) === undefined && (!filter || filter(found));
		const time = transaction.transactedAt;
		return {
			group,
			id,
			time,
			day: time === null ? null : time.slice(0, 10),
			item: isWanted ? present(found) : undefined,
		};
	};
}

function makeClock({ runtime }: CassoConnection, startedAtMs: number, budgetMs: number | undefined): () => boolean {
	if (budgetMs === undefined) return () => false;
	return () => {
		const tookMs = runtime.now() - startedAtMs;
		// A clock that was set back says nothing about the time that passed; one page more does no harm.
		return tookMs >= budgetMs * READING_SHARE;
	};
}
