/** One poll of several portfolios. Each has a feed of its own, so that one that cannot be read does not stop the others. */
import { SaokeError } from '../../errors/SaokeError';
import { beginFeed } from '../../feed/advanceFeed';
import { asObject } from '../../json/reading';
import type { SimplizeConnection } from '../call';
import type { NormalisedCashMovement } from '../cashMovement';
import { DEFAULT_OVERLAP_DAYS, pollPortfolio, type PollOptions, type WatchedPortfolio } from './pollPortfolio';

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
	const { overlapDays = DEFAULT_OVERLAP_DAYS, backlogDays } = options;
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
