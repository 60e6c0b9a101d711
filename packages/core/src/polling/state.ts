/** State of a poll: what is stored between two polls. */
import { asObject } from '../json';
import { readSeenIds, SeenIds } from './seenIds';

/**
 * What a poller remembers between two polls: small, JSON, and readable by people.
 *
 * Version written by this code. A state is read by its form, not by this number, so that older ones keep working.
 */
export const FEED_STATE_VERSION = 1;

/** The ids of one day in one group: numbers packed by `encodeIds`, other ids as they are. */
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
	/** Rows dated before this day are left alone: set if the window had to be narrowed to keep the state small. */
	ignoreBefore?: string;
	seen: SeenRecord;
}

/**
 * Packs a set of ids into a short text that tells if it was damaged: `count.check.difference.difference…`, in base 36.
 *
 * True for an id that comes back from the packing exactly as it was, `0` included and `007` not.
 */
export function isPackable(id: string): boolean {
	return /^(0|[1-9]\d{0,15})$/.test(id) && Number.isSafeInteger(Number(id));
}

/** @param ids packable ids, each once, in any order */
export function encodeIds(ids: readonly string[]): string {
	const numbers = ids.map(Number).sort((a, b) => a - b);
	const differences = numbers.map((number, at) => (number - (numbers[at - 1] ?? 0)).toString(36));
	return [numbers.length.toString(36), getChecksum(numbers), ...differences].join('.');
}

/** @returns undefined if the text is not what `encodeIds` made */
export function decodeIds(text: string): string[] | undefined {
	const [count, check, ...differences] = text.split('.');
	const numbers: number[] = [];
	let last = 0;
	for (const difference of differences) {
		if (!/^[0-9a-z]{1,11}$/.test(difference)) return undefined;
		last += parseInt(difference, 36);
		numbers.push(last);
	}
	const isWhole = count === numbers.length.toString(36) && check === getChecksum(numbers) && Number.isSafeInteger(last);
	return isWhole ? numbers.map(String) : undefined;
}

/** Catches a cut text, and one in which a character changed. */
function getChecksum(numbers: readonly number[]): string {
	let check = 7;
	for (const number of numbers) check = (check * 31 + (number % 1_000_003)) % 1_000_003;
	return check.toString(36);
}

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
 * Opens a stored state: keeps the valid parts, rebuilds the damaged ones with minimal loss, and reports it in `notes`.
 *
 * @param stored what the host kept: a `FeedState`, one of an older version, something damaged, or nothing yet
 */
export function loadPollState(stored: unknown): OpenFeed {
	const nothing = { seen: new SeenIds(), damaged: new Set<string>() };
	const fields = asObject(stored);
	if (stored === undefined || stored === null || (fields && Object.keys(fields).length === 0))
		return { ...nothing, notes: [] };
	const read = readSeenIds(fields?.seen);
	const readAtMs = readTime(fields?.readAtMs);
	if (!fields || (!read && readAtMs === undefined)) {
		return {
			...nothing,
			notes: [
				'The stored state cannot be read. A new baseline is set: what arrived since the last poll is not emitted.',
			],
		};
	}
	const seen = read?.seen ?? nothing.seen;
	const floor = getDay(fields.floor) ?? oldestDay(seen);
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
	const state = soundFields(fields, floor, readAtMs ?? getEndOfDay(seen.newestDay() ?? floor), record);
	const notes = notesOn(damaged, fields, readAtMs);
	// A total and a mark may only be trusted beside the ids they were taken with.
	if (notes.length > 0) delete state.mark;
	return { state, seen, damaged, notes };
}

function soundFields(fields: Record<string, unknown>, floor: string, readAtMs: number, seen: SeenRecord): FeedState {
	const state: FeedState = { version: FEED_STATE_VERSION, floor, readAtMs, seen };
	const wholeAtMs = readTime(fields.wholeAtMs);
	const total = readCount(fields.total);
	const resumeAt = readCount(fields.resumeAt);
	const baselineAtMs = readTime(fields.baselineAtMs);
	const ignoreBefore = getDay(fields.ignoreBefore);
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
	if (getDay(fields.floor) === undefined || readAtMs === undefined) {
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
function getEndOfDay(day: string): number {
	return Date.parse(`${day}T23:59:59+07:00`);
}

function getDay(value: unknown): string | undefined {
	return typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

function readTime(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function readCount(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
