/** Opens a stored state: what is sound is used, what is damaged is replaced with the least loss, and that is said. */
import { asObject } from '../json/reading';
import { FEED_STATE_VERSION, type FeedState, type SeenRecord } from './feedState';
import { readSeenIds, SeenIds } from './seenIds';

/** A feed in memory: opened from the stored state, used for one poll, never changed by the functions that take it. */
export interface OpenFeed {
	/** Undefined before the first poll, and where nothing of the state could be used: the next read is a baseline. */
	state?: FeedState;
	seen: SeenIds;
	/** `day group` (or `day *`) whose ids are unknown: rows there count as settled where they are dated before `readAtMs`. */
	damaged: ReadonlySet<string>;
	/** What was wrong with the state, for the log; empty as a rule. */
	notes: readonly string[];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @param stored what the host kept: a `FeedState`, one of an older version, something damaged, or nothing yet
 */
export function openFeed(stored: unknown): OpenFeed {
	const nothing = { seen: new SeenIds(), damaged: new Set<string>() };
	const fields = asObject(stored);
	if (stored === undefined || stored === null || (fields && Object.keys(fields).length === 0))
		return { ...nothing, notes: [] };
	const read = readSeenIds(fields?.seen);
	const readAtMs = timeOf(fields?.readAtMs);
	if (!fields || (!read && readAtMs === undefined)) {
		return {
			...nothing,
			notes: [
				'The stored state cannot be read. A new baseline is set: what arrived since the last poll is not emitted.',
			],
		};
	}
	const seen = read?.seen ?? nothing.seen;
	const floor = dayOf(fields.floor) ?? oldestDay(seen);
	if (floor === undefined) {
		return {
			...nothing,
			notes: [
				'The stored state has lost its window. A new baseline is set: what arrived since the last poll is not emitted.',
			],
		};
	}
	const damaged = read ? read.damaged : new Set(['* *']);
	// What is sound is kept as it is: an idle poll then hands back the very state it was given.
	const record = damaged.size === 0 ? (fields.seen as SeenRecord) : seen.toRecord();
	const state = soundFields(fields, floor, readAtMs ?? endOf(seen.newestDay() ?? floor), record);
	const notes = notesOn(damaged, fields, readAtMs);
	// A total and a mark may only be trusted beside the ids they were taken with.
	if (notes.length > 0) delete state.mark;
	return { state, seen, damaged, notes };
}

function soundFields(fields: Record<string, unknown>, floor: string, readAtMs: number, seen: SeenRecord): FeedState {
	const state: FeedState = { version: FEED_STATE_VERSION, floor, readAtMs, seen };
	const wholeAtMs = timeOf(fields.wholeAtMs);
	const total = countOf(fields.total);
	const resumeAt = countOf(fields.resumeAt);
	const baselineAtMs = timeOf(fields.baselineAtMs);
	const ignoreBefore = dayOf(fields.ignoreBefore);
	if (wholeAtMs !== undefined) state.wholeAtMs = wholeAtMs;
	if (total !== undefined) state.total = total;
	if (typeof fields.mark === 'string') state.mark = fields.mark;
	if (resumeAt !== undefined) state.resumeAt = resumeAt;
	if (baselineAtMs !== undefined) state.baselineAtMs = baselineAtMs;
	if (ignoreBefore !== undefined) state.ignoreBefore = ignoreBefore;
	return state;
}

function notesOn(
	damaged: ReadonlySet<string>,
	fields: Record<string, unknown>,
	readAtMs: number | undefined,
): string[] {
	const notes: string[] = [];
	if (damaged.size > 0) {
		notes.push(
			`The stored state is damaged in ${damaged.size} place(s). There, what is dated before the last poll counts as emitted.`,
		);
	}
	if (dayOf(fields.floor) === undefined || readAtMs === undefined) {
		notes.push('The stored state lacks a field, which was rebuilt from the ids it holds.');
	}
	return notes;
}

function oldestDay(seen: SeenIds): string | undefined {
	let oldest: string | undefined;
	for (const { day } of seen.entries()) if (oldest === undefined || day < oldest) oldest = day;
	return oldest;
}

/** Last moment of a Vietnam day, Unix time in ms. */
function endOf(day: string): number {
	return Date.parse(`${day}T23:59:59+07:00`);
}

function dayOf(value: unknown): string | undefined {
	return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function timeOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function countOf(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
