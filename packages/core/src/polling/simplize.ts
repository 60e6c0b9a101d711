/** Polls portfolios for new cash movements. */
import { SaokeError } from '../errors';
import { asObject } from '../json';
import {
	cashMovementKey,
	getCashHistoryPage,
	type NormalisedCashMovement,
	readCashHistory,
} from '../simplize/cashHistory';
import type { SimplizeConnection } from '../simplize/client';
import { type HistoryQuery, slashed } from '../simplize/historyQuery';
import { DEFAULT_PAGE_SIZE, type PageOfRows } from '../simplize/paging';
import { addDays } from '../time';
import { nextPollState, beginFeed, type FeedRow, type FeedStep, isUnchanged } from './advance';
import { planPoll, type ReadPlan } from './plan';
import { loadPollState } from './state';

export interface WatchedPortfolio {
	externalUserId: string;
	portfolioId: number;
}

/** Which movements start a workflow; the others pass silently. */
export type MovementFilter = (found: NormalisedCashMovement) => boolean;

export interface PollOptions {
	/** Days before today that are read again at every poll; late and back-dated entries turn up there. Default 7. */
	overlapDays?: number;
	/** On the very first poll, emit what is dated within this many days; default 0: emit nothing. */
	backlogDays?: number;
	filter?: MovementFilter;
}

export const DEFAULT_PORTFOLIO_OVERLAP_DAYS = 7;

/**
 * One poll of one portfolio's cash history: what is new since the last one (simplize-api 9, unknowns 13 and 14).
 *
 * The window reaches `overlapDays` back and as many days ahead, so that a movement is found whether the service's day
 * filter means the transaction date or the day of entry, which may lie apart. Nothing is decided by date: ids decide.
 *
 * @param stored the state of the last poll as the host kept it
 * @returns new movements in order of entry, and the state to keep together with them
 * @throws ApiError, NetworkError, RecordError, IncompleteReadError: store nothing in that case
 */
export async function pollPortfolio(
	connection: SimplizeConnection,
	portfolio: WatchedPortfolio,
	stored: unknown,
	options: PollOptions = {},
): Promise<FeedStep<NormalisedCashMovement>> {
	const overlapDays = options.overlapDays ?? DEFAULT_PORTFOLIO_OVERLAP_DAYS;
	const { backlogDays } = options;
	const feed = loadPollState(stored);
	const plan = planPoll(feed, connection.runtime.now(), { overlapDays, backlogDays });
	const query = windowQuery(portfolio, plan, overlapDays);
	const toRow = (found: NormalisedCashMovement): FeedRow<NormalisedCashMovement> => feedRow(found, options.filter);
	const first = await getCashHistoryPage(connection, query, 0, DEFAULT_PAGE_SIZE);
	const newest = first.rows.map(toRow);
	if (feed.state && !plan.isWholeDue && isUnchanged(feed, { rows: newest, total: first.total })) {
		return { emit: [], nextState: feed.state, hasMore: false, notes: [...feed.notes] };
	}
	const all = isWhole(first) ? distinct(first.rows) : await readCashHistory(connection, query);
	const rows = all.map(toRow).sort(byTime);
	return nextPollState(feed, plan, { rows, isComplete: true, total: first.total, newest }, { backlogDays });
}

/** True if the first page is the whole window beyond doubt. */
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

/** Portfolio key → state of its feed. Portfolios that are no longer watched are dropped. */
export type PortfolioStates = Record<string, unknown>;

export interface PollPortfoliosOptions extends PollOptions {
	/** Unix time in ms after which no further portfolio is begun; the next poll begins with those left over. */
	deadlineMs?: number;
}

export interface PolledPortfolios {
	/** New movements, portfolio by portfolio, in order of entry. */
	emit: NormalisedCashMovement[];
	/** To be stored together with what is emitted. */
	nextStates: PortfolioStates;
	/** For the log; empty as a rule. */
	notes: string[];
	/** Of the first portfolio that could not be read, if none brought anything new: to be thrown once the states are stored. */
	failure: SaokeError | undefined;
	/** True if at least one portfolio could be read. */
	isAnyRead: boolean;
}

/**
 * One poll of several portfolios. Each has a feed of its own, so that one that cannot be read does not stop the others.
 *
 * @param stored what the host kept of the last poll
 * @throws what is no error of ours; ours are told in `notes` and `failure`
 */
export async function pollPortfolios(
	connection: SimplizeConnection,
	portfolios: readonly WatchedPortfolio[],
	stored: unknown,
	options: PollPortfoliosOptions = {},
): Promise<PolledPortfolios> {
	const states = asObject(stored) ?? {};
	const result: PolledPortfolios = { emit: [], nextStates: {}, notes: [], failure: undefined, isAnyRead: false };
	const { overlapDays = DEFAULT_PORTFOLIO_OVERLAP_DAYS, backlogDays } = options;
	for (const portfolio of longestWaitingFirst(portfolios, states)) {
		const key = portfolioKey(portfolio);
		const state = states[key];
		// A portfolio that cannot be read yet begins now all the same: what arrives until it can be must not count as old.
		result.nextStates[key] = state ?? beginFeed(connection.runtime.now(), { overlapDays, backlogDays });
		if (options.deadlineMs !== undefined && connection.runtime.now() >= options.deadlineMs) continue;
		try {
			const step = await pollPortfolio(connection, portfolio, state, options);
			result.isAnyRead = true;
			result.emit.push(...step.emit);
			result.nextStates[key] = step.nextState;
			result.notes.push(...step.notes.map((note) => `Portfolio ${portfolio.portfolioId}: ${note}`));
		} catch (error) {
			if (!(error instanceof SaokeError)) throw error;
			result.failure ??= error;
			result.notes.push(`Portfolio ${portfolio.portfolioId} could not be read: ${error.message}`);
		}
	}
	return result.emit.length === 0 ? result : { ...result, failure: undefined };
}

/** User and portfolio, since nothing says that a portfolio's number is unique over users. */
export function portfolioKey({ externalUserId, portfolioId }: WatchedPortfolio): string {
	return `${portfolioId} ${externalUserId}`;
}

function longestWaitingFirst(
	portfolios: readonly WatchedPortfolio[],
	states: Record<string, unknown>,
): WatchedPortfolio[] {
	const readAt = (portfolio: WatchedPortfolio): number => {
		const at = asObject(states[portfolioKey(portfolio)])?.readAtMs;
		return typeof at === 'number' ? at : 0;
	};
	const distinct = new Map(portfolios.map((portfolio) => [portfolioKey(portfolio), portfolio]));
	return [...distinct.values()].sort((a, b) => readAt(a) - readAt(b));
}
