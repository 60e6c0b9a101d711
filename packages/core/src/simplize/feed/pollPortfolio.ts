/** One poll of one portfolio's cash history: what is new since the last one (simplize-api 9, unknowns 13 and 14). */
import { advanceFeed, type FeedRow, type FeedStep } from '../../feed/advanceFeed';
import { isUnchanged } from '../../feed/newestPage';
import { openFeed } from '../../feed/openFeed';
import { planRead, type ReadPlan } from '../../feed/planRead';
import { addDays } from '../../time/vietnamTime';
import type { SimplizeConnection } from '../call';
import { cashMovementKey, type NormalisedCashMovement } from '../cashMovement';
import { DEFAULT_PAGE_SIZE } from '../checkPage';
import type { HistoryQuery } from '../historyQuery';
import { getCashHistoryPage, readCashHistory } from '../operations/cashHistory';
import type { PageOfRows } from '../readPages';
import { slashed } from '../slashDay';

export interface WatchedPortfolio {
	externalUserId: string;
	portfolioId: number;
}

/** Which movements start a workflow; the others pass silently. */
export type MovementFilter = (found: NormalisedCashMovement) => boolean;

export interface PollOptions {
	/** Days before today that are read again at every poll; late and back-dated entries turn up there. Default 7. */
	overlapDays?: number;
	/** On the very first poll, emit what is dated within so many days; default 0: emit nothing. */
	backlogDays?: number;
	filter?: MovementFilter;
}

export const DEFAULT_OVERLAP_DAYS = 7;

/**
 * The window reaches `overlapDays` back and as many days ahead, so that a movement is found whether the service's day
 * filter means the transaction date or the day of entry, which may lie apart. Nothing is decided by date: ids decide.
 *
 * @param stored what the host kept of the last poll, whatever it is
 * @returns new movements in order of entry, and the state to keep together with them
 * @throws ApiError, NetworkError, RecordError, PagingError: then nothing may be stored
 */
export async function pollPortfolio(
	connection: SimplizeConnection,
	portfolio: WatchedPortfolio,
	stored: unknown,
	options: PollOptions = {},
): Promise<FeedStep<NormalisedCashMovement>> {
	const overlapDays = options.overlapDays ?? DEFAULT_OVERLAP_DAYS;
	const { backlogDays } = options;
	const feed = openFeed(stored);
	const plan = planRead(feed, connection.runtime.now(), { overlapDays, backlogDays });
	const query = windowQuery(portfolio, plan, overlapDays);
	const toRow = (found: NormalisedCashMovement): FeedRow<NormalisedCashMovement> => feedRow(found, options.filter);
	const first = await getCashHistoryPage(connection, query, 0, DEFAULT_PAGE_SIZE);
	const newest = first.rows.map(toRow);
	if (feed.state && !plan.isWholeDue && isUnchanged(feed, { rows: newest, total: first.total })) {
		return { emit: [], nextState: feed.state, hasMore: false, notes: [...feed.notes] };
	}
	const all = isWhole(first) ? distinct(first.rows) : await readCashHistory(connection, query);
	const rows = all.map(toRow).sort(byTime);
	return advanceFeed(feed, plan, { rows, isComplete: true, total: first.total, newest }, { backlogDays });
}

/** True where the first page is the whole window beyond doubt. */
function isWhole({ rows, total }: PageOfRows<NormalisedCashMovement>): boolean {
	return rows.length === 0 || (rows.length < DEFAULT_PAGE_SIZE && (total === undefined || total <= rows.length));
}

function windowQuery(portfolio: WatchedPortfolio, plan: ReadPlan, overlapDays: number): HistoryQuery {
	return {
		...portfolio,
		ticker: null,
		transactionTypes: null,
		fromDate: slashed(plan.from),
		toDate: slashed(addDays(plan.to, overlapDays)),
	};
}

/** Filed under the later of its two days, so that its id is kept as long as the service may send it again. */
function feedRow(found: NormalisedCashMovement, filter: MovementFilter | undefined): FeedRow<NormalisedCashMovement> {
	const { portfolioId, transactionId, transactedAt, createdAt } = found.movement;
	const latest =
		[transactedAt, createdAt]
			.filter((time) => time !== null)
			.sort()
			.at(-1) ?? null;
	const row = {
		group: String(portfolioId),
		id: String(transactionId),
		day: latest?.slice(0, 10) ?? null,
		time: createdAt ?? transactedAt,
	};
	return !filter || filter(found) ? { ...row, item: found } : row;
}

function distinct(rows: readonly NormalisedCashMovement[]): NormalisedCashMovement[] {
	return [...new Map(rows.map((row) => [cashMovementKey(row.movement), row])).values()];
}

function byTime(a: { time: string | null }, b: { time: string | null }): number {
	if (a.time === b.time) return 0;
	return (a.time ?? '') < (b.time ?? '') ? -1 : 1;
}
