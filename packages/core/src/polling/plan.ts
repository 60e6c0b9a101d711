/** Decides which days the next poll reads, and whether it must read all of them. Pure. */
import { addDays, vietnamDay } from '../time';
import type { OpenFeed } from './state';

/** How many days back late and back-dated rows are looked for. */
export const DEFAULT_OVERLAP_DAYS = 3;

/** One deletion and one late insertion can cancel out in the total: once an hour the window is read whole regardless. */
const WHOLE_READ_EVERY_MS = 3_600_000;

export interface PlanOptions {
	/** Whole days, 0 or more; default 3. */
	overlapDays?: number;
	/** On the very first poll, emit what is dated within this many days, today included; default 0: emit nothing. */
	backlogDays?: number;
}

export interface ReadPlan {
	/** Unix time in ms at which the poll began. */
	nowMs: number;
	/** First and last Vietnam day, `YYYY-MM-DD`, both included. */
	from: string;
	to: string;
	/** True if the window must be read whole whatever its newest page says. */
	isWholeDue: boolean;
	/** Rows, oldest first, that may be passed over, because an unfinished read had them; 0 as a rule. */
	skip: number;
}

/**
 * The window begins `overlapDays` before the earliest of: today, the newest day known to have rows, and the day of the last
 * whole read. So a pause of the host widens it, although a row may be dated ahead, and a clock that jumps ahead does not
 * make it leave rows behind. It never moves back.
 *
 * @param nowMs Unix time in ms
 */
export function planPoll(feed: OpenFeed, nowMs: number, options: PlanOptions = {}): ReadPlan {
	const overlapDays = options.overlapDays ?? DEFAULT_OVERLAP_DAYS;
	const today = vietnamDay(nowMs);
	const { state } = feed;
	if (!state) {
		return {
			nowMs,
			from: addDays(today, -Math.max(overlapDays, options.backlogDays ?? 0)),
			to: today,
			isWholeDue: true,
			skip: 0,
		};
	}
	const newest = feed.seen.newestDay();
	const isWholeDue = isDue(feed, nowMs, today);
	const skip = state.resumeAt ?? 0;
	let from = state.floor;
	// The window moves only when it is read whole: the total of an idle poll must be that of the same days.
	if (isWholeDue && skip === 0 && newest !== undefined) {
		const lastRead = vietnamDay(state.wholeAtMs ?? state.readAtMs);
		from = later(from, addDays(earlier(earlier(today, newest), lastRead), -overlapDays));
	}
	return { nowMs, from, to: later(today, later(newest ?? from, from)), isWholeDue, skip };
}

function isDue({ state }: OpenFeed, nowMs: number, today: string): boolean {
	if (state?.mark === undefined || state.total === undefined || state.wholeAtMs === undefined) return true;
	const age = nowMs - state.wholeAtMs;
	return age < 0 || age >= WHOLE_READ_EVERY_MS || vietnamDay(state.wholeAtMs) !== today;
}

function earlier(a: string, b: string): string {
	return a < b ? a : b;
}

function later(a: string, b: string): string {
	return a > b ? a : b;
}
