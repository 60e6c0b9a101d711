/** Tells from the newest page of the window whether anything changed since it was last read whole. Pure. */
import { createHash } from 'node:crypto';
import type { OpenFeed } from './openFeed';

/** What the feed needs to know of a row to recognise it. */
export interface FeedKey {
	/** What ids are unique within: an account number, a portfolio. */
	group: string;
	/** The service's id as text; `0` is an id like any other. */
	id: string;
	/** ISO 8601 with +07:00; null where the service gave none. */
	time: string | null;
}

export interface NewestPage {
	/** Newest first, or oldest first: the order does not matter. */
	rows: readonly FeedKey[];
	/** Rows in the whole window as the service counts them; undefined where it does not say. */
	total?: number;
}

/**
 * A fingerprint of the newest page. Rows that share the oldest time of a page may change places with rows of the next
 * page from call to call, so they are left out, unless the page holds the whole window.
 */
export function markOf({ rows, total }: NewestPage): string {
	const isWhole = total !== undefined && total <= rows.length;
	let oldest: string | null = null;
	for (const { time } of rows) if (time !== null && (oldest === null || time < oldest)) oldest = time;
	const keys = rows
		.filter(({ time }) => isWhole || (time !== null && time !== oldest))
		.map(({ group, id }) => JSON.stringify([group, id]));
	return createHash('sha256').update(keys.sort().join('\n')).digest('base64url').slice(0, 22);
}

/** True where total, fingerprint and every single row of the newest page are what the feed knows. */
export function isUnchanged(feed: OpenFeed, newest: NewestPage): boolean {
	const { state } = feed;
	if (state?.mark === undefined || state.total === undefined || newest.total !== state.total) return false;
	return (
		markOf(newest) === state.mark && newest.rows.every(({ group, id }) => feed.seen.dayOf(group, id) !== undefined)
	);
}
