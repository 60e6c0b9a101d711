/** The feed: a state and what was read become new rows and the next state. Pure, and harmless to repeat. */
import { createHash } from 'node:crypto';
import { addDays, vietnamDay, vietnamIso } from '../time';
import { type PlanOptions, planPoll, type ReadPlan } from './plan';
import { SeenIds } from './seenIds';
import { FEED_STATE_VERSION, type FeedState, loadPollState, type OpenFeed } from './state';

/** More ids than this are not kept: the window is narrowed to the newest days that fit. */
export const DEFAULT_MAX_SEEN = 50_000;

export interface FeedRow<T> extends FeedKey {
	/** Vietnam day, `YYYY-MM-DD`; null if the service gave no time. */
	day: string | null;
	/** What to emit; undefined for a row that passes silently, because a filter refuses it or the feed knows it. */
	item?: T;
}

export interface FeedRead<T> {
	/** Oldest first as far as the service sorts them; each row once. */
	rows: readonly FeedRow<T>[];
	/** True if the rows are the whole window, exactly. A part may be handed in too: nothing is then forgotten. */
	isComplete: boolean;
	/** Rows in the window as the service counts them; undefined if it does not return one. */
	total?: number;
	/** The newest rows, as many as the newest page has that the next poll asks for first. */
	newest?: readonly FeedKey[];
	/** For a part: how many rows, oldest first, were passed; the next poll goes on there. */
	passed?: number;
}

export interface AdvanceOptions {
	/** On the very first poll, emit what is dated within this many days, today included; default 0: emit nothing. */
	backlogDays?: number;
	/** Maximum number of rows to emit in one poll, oldest first; the rest follow later. Default no limit. */
	maxEmit?: number;
	/** Maximum number of IDs to keep; default 50,000. The newest day is kept whole in any case. */
	maxSeen?: number;
}

export interface FeedStep<T> {
	/** New rows in order of time; rows of one time in the order in which they were read. */
	emit: T[];
	/** To be stored together with what is emitted, never before. Plain JSON. */
	nextState: FeedState;
	/** True if rows are left that the next poll will emit. */
	hasMore: boolean;
	/** For the log; empty as a rule. */
	notes: string[];
}

/**
 * An id enters the state only in the poll that emits its row, that passes it silently, or in the baseline. A row moves
 * to another day with its date, and is forgotten only when a complete read no longer holds it and its day left the window.
 *
 * @param plan of `planPoll` for the same feed
 */
export function nextPollState<T>(
	feed: OpenFeed,
	plan: ReadPlan,
	read: FeedRead<T>,
	options: AdvanceOptions = {},
): FeedStep<T> {
	const judge = makeJudge(feed, plan, options);
	const fresh = inOrder(read.rows.filter((row) => judge(row) === 'emit'));
	const kept = fresh.slice(0, options.maxEmit ?? fresh.length);
	const hasMore = kept.length < fresh.length;
	const isComplete = read.isComplete && !hasMore;
	const waiting = new Set(fresh.slice(kept.length));
	const seen = nextSeen(feed, plan, read, isComplete, (row) => judge(row) === 'ignore' || waiting.has(row));
	const nextState = stateAfter(feed, plan, read, isComplete);
	if (hasMore) delete nextState.resumeAt;
	const notes = [...feed.notes, ...narrow(nextState, seen, options.maxSeen ?? DEFAULT_MAX_SEEN)];
	nextState.seen = seen.toRecord();
	return {
		emit: kept.flatMap(({ item }) => (item === undefined ? [] : [item])),
		nextState,
		hasMore: hasMore || !read.isComplete,
		notes,
	};
}

/**
 * The state of a feed whose first read failed. What is dated after this moment counts as new when a later poll reads it.
 *
 * @param nowMs Unix time in ms
 */
export function beginFeed(nowMs: number, options: PlanOptions): FeedState {
	const feed = loadPollState(undefined);
	return nextPollState(feed, planPoll(feed, nowMs, options), { rows: [], isComplete: false }, options).nextState;
}

/** `emit` a new row, `settle` one that is known or passes silently, `ignore` one that is outside for good. */
type Verdict = 'emit' | 'settle' | 'ignore';

function makeJudge(feed: OpenFeed, plan: ReadPlan, options: AdvanceOptions): (row: FeedRow<unknown>) => Verdict {
	const { state, seen, damaged } = feed;
	const baselineAt = state ? state.baselineAtMs : plan.nowMs;
	const baselineIso = baselineAt === undefined ? undefined : vietnamIso(baselineAt);
	const backlogDays = options.backlogDays ?? 0;
	const backlogFrom = baselineAt === undefined ? '' : addDays(vietnamDay(baselineAt), 1 - backlogDays);
	const readIso = state ? vietnamIso(state.readAtMs) : '';
	return ({ group, id, day, time, item }) => {
		if (state?.ignoreBefore !== undefined && day !== null && day < state.ignoreBefore) return 'ignore';
		if (item === undefined || seen.getDay(group, id) !== undefined) return 'settle';
		if (baselineIso !== undefined) {
			const isBacklog = backlogDays > 0 && day !== null && day >= backlogFrom;
			return isBacklog || (state !== undefined && time !== null && time > baselineIso) ? 'emit' : 'settle';
		}
		const isDoubtful =
			damaged.has('* *') || damaged.has(`${day ?? plan.to} *`) || damaged.has(`${day ?? plan.to} ${group}`);
		return isDoubtful && (time === null || time <= readIso) ? 'settle' : 'emit';
	};
}

function inOrder<T>(rows: FeedRow<T>[]): FeedRow<T>[] {
	return rows.sort((a, b) => {
		if (a.time === b.time) return 0;
		if (a.time === null) return 1;
		return b.time === null || a.time < b.time ? -1 : 1;
	});
}

function nextSeen<T>(
	feed: OpenFeed,
	plan: ReadPlan,
	read: FeedRead<T>,
	isComplete: boolean,
	isLeft: (row: FeedRow<T>) => boolean,
): SeenIds {
	const next = new SeenIds();
	for (const { group, id, day } of feed.seen.entries()) if (!isComplete || day >= plan.from) next.add(group, id, day);
	for (const row of read.rows) if (!isLeft(row)) next.add(row.group, row.id, row.day ?? plan.to);
	return next;
}

function stateAfter<T>(feed: OpenFeed, plan: ReadPlan, read: FeedRead<T>, isComplete: boolean): FeedState {
	const { state } = feed;
	const next: FeedState = {
		version: FEED_STATE_VERSION,
		floor: state?.floor ?? plan.from,
		readAtMs: plan.nowMs,
		seen: {},
	};
	if (state?.ignoreBefore !== undefined) next.ignoreBefore = state.ignoreBefore;
	if (!isComplete) {
		if (state?.wholeAtMs !== undefined) next.wholeAtMs = state.wholeAtMs;
		if (read.passed !== undefined && read.passed > 0) next.resumeAt = read.passed;
		// Without its ids a damaged state can only be judged by time, and so can a baseline that is not finished.
		const judgedFrom = state
			? (state.baselineAtMs ?? (feed.damaged.size > 0 ? state.readAtMs : undefined))
			: plan.nowMs;
		if (judgedFrom !== undefined) next.baselineAtMs = judgedFrom;
		return next;
	}
	next.floor = plan.from;
	next.wholeAtMs = plan.nowMs;
	if (read.total !== undefined && read.newest !== undefined) {
		next.total = read.total;
		next.mark = getFingerprint({ rows: read.newest, total: read.total });
	}
	return next;
}

/** Keeps the state small if the window has too many rows: drops whole days, the oldest first. */
function narrow(state: FeedState, seen: SeenIds, maxSeen: number): string[] {
	if (seen.size <= maxSeen) return [];
	const days = [...seen.countByDay()].sort(([a], [b]) => (a < b ? 1 : -1));
	let kept = 0;
	let first = days[0]?.[0] ?? state.floor;
	for (const [day, count] of days) {
		kept += count;
		if (kept > maxSeen) break;
		first = day;
	}
	seen.dropBefore(first);
	state.floor = first;
	state.ignoreBefore = first;
	delete state.mark;
	return [`The window holds more than ${maxSeen} rows: from now on, what is dated before ${first} is not looked for.`];
}

/** What the feed needs to know of a row to recognise it. */
export interface FeedKey {
	/** What ids are unique within: an account number, a portfolio. */
	group: string;
	/** The service's id as text; `0` is an id like any other. */
	id: string;
	/** ISO 8601 with +07:00; null if the service gave none. */
	time: string | null;
}

export interface NewestPage {
	/** Newest first, or oldest first: the order does not matter. */
	rows: readonly FeedKey[];
	/** Rows in the whole window as the service counts them; undefined if it does not return one. */
	total?: number;
}

/**
 * Tells from the newest page of the window whether anything changed since it was last read whole. Pure.
 *
 * A fingerprint of the newest page. Rows that share the oldest time of a page may change places with rows of the next
 * page from call to call, so they are left out, unless the page holds the whole window.
 */
export function getFingerprint({ rows, total }: NewestPage): string {
	const isWhole = total !== undefined && total <= rows.length;
	let oldest: string | null = null;
	for (const { time } of rows) if (time !== null && (oldest === null || time < oldest)) oldest = time;
	const keys = rows
		.filter(({ time }) => isWhole || (time !== null && time !== oldest))
		.map(({ group, id }) => JSON.stringify([group, id]));
	return createHash('sha256').update(keys.sort().join('\n')).digest('base64url').slice(0, 22);
}

/** True if total, fingerprint and every single row of the newest page are what the feed knows. */
export function isUnchanged(feed: OpenFeed, newest: NewestPage): boolean {
	const { state } = feed;
	if (state?.mark === undefined || state.total === undefined || newest.total !== state.total) return false;
	return (
		getFingerprint(newest) === state.mark &&
		newest.rows.every(({ group, id }) => feed.seen.getDay(group, id) !== undefined)
	);
}
