/**
 * One poll of Casso, the same for every host: reads what the feed asks for and hands it to the feed. An idle poll costs
 * one request: the newest page of the window with its total (casso-api 4.5, 8).
 */
import { advanceFeed, type AdvanceOptions, type FeedRow, type FeedStep } from '../../feed/advanceFeed';
import type { FeedState } from '../../feed/feedState';
import { isUnchanged } from '../../feed/newestPage';
import { openFeed, type OpenFeed } from '../../feed/openFeed';
import { planRead, type PlanOptions, type ReadPlan } from '../../feed/planRead';
import type { NormalisedTransaction } from '../bankTransaction';
import type { CassoConnection } from '../call';
import type { NormaliseOptions } from '../normaliseTransaction';
import type { FetchPage, OpenPage, ReadList } from '../paging/listSource';
import { totalsOfFirstPage } from '../paging/pageTotals';
import { readList } from '../paging/readList';
import { checkParallel } from '../parallelPages';
import type { TransactionFilter } from '../transactionFilter';
import { accountGroup, DEFAULT_PAGE_SIZE, gated, transactionPages } from '../transactionList';

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
	/** To be stored together with what is emitted; equal to the stored one where nothing changed. */
	nextState: FeedState;
	/** True where nothing had changed, so that nothing needs to be stored. */
	isIdle: boolean;
	/** True where the next poll has more to hand out. */
	hasMore: boolean;
	/** For the log; empty as a rule. */
	notes: string[];
}

/** Part of the budget in which pages may still be asked for; the rest is for the answers and the host. */
const READING_SHARE = 0.75;

/**
 * @param stored state of the last poll as the host kept it; undefined or empty before the first one
 * @param present makes what is emitted of a transaction
 * @throws ApiError, NetworkError, RecordError, ParameterError: nothing is then to be stored
 */
export async function pollCasso<T>(
	connection: CassoConnection,
	stored: unknown,
	options: PollCassoOptions,
	present: (found: NormalisedTransaction) => T,
): Promise<CassoPoll<T>> {
	const parallel = checkParallel(options.parallel);
	const startedAtMs = connection.runtime.now();
	const feed = openFeed(stored);
	const plan = planRead(feed, startedAtMs, options);
	const behindGate = gated(connection, parallel);
	const open = makeOpen(feed, options.filter, present);
	const pageSize = options.pageSize ?? DEFAULT_PAGE_SIZE;
	const pages = (sort: 'ASC' | 'DESC'): FetchPage<FeedRow<T>> =>
		transactionPages(behindGate, { fromDate: plan.from, toDate: plan.to, sort }, options, open);
	const newest = await pages('DESC')(1, pageSize);
	const newestRows = rowsOf(newest.rows);
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
	const rows = rowsOf(list.rows);
	if (list.outcome === 'part')
		return advanceFeed(feed, plan, { rows, isComplete: false, passed: list.passed }, options);
	const newest = newestLength === 0 ? [] : rows.slice(-newestLength);
	return advanceFeed(feed, plan, { rows, isComplete: true, total: list.total, newest }, options);
}

function rowsOf<T>(rows: ReadonlyArray<{ item: FeedRow<T> | undefined }>): FeedRow<T>[] {
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
		const isWanted = feed.seen.dayOf(group, id) === undefined && (!filter || filter(found));
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
