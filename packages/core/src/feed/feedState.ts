/** What a poller remembers between two polls: small, JSON, and readable by people. */

/** Version written by this code. A state is read by its form, not by this number, so that older ones keep working. */
export const FEED_STATE_VERSION = 1;

/** The ids of one day in one group: numbers packed by `packNumbers`, other ids as they are. */
export interface SeenBucket {
	ids?: string;
	texts?: string[];
}

/** Vietnam day → group (e.g. an account number) → ids. */
export type SeenRecord = Record<string, Record<string, SeenBucket>>;

export interface FeedState {
	version: number;
	/** First Vietnam day of the window, `YYYY-MM-DD`. It never moves back: what lies before it is settled. */
	floor: string;
	/** Unix time in ms at which the last poll that moved the state began. */
	readAtMs: number;
	/** Unix time in ms at which the last complete read of the window began; missing until there was one. */
	wholeAtMs?: number;
	/** Rows in the window at that read, as the service counts them. With `mark` it tells an idle poll. */
	total?: number;
	/** Fingerprint of the newest page at that read. */
	mark?: string;
	/** Rows, oldest first, that an unfinished read has passed already: the next poll goes on there. */
	resumeAt?: number;
	/** Unix time in ms at which an unfinished baseline began; what is dated before it is not emitted. */
	baselineAtMs?: number;
	/** Rows dated before this day are left alone: set where the window had to be narrowed to keep the state small. */
	ignoreBefore?: string;
	seen: SeenRecord;
}
