/**
 * The time in which an order may be paid. Money that comes before or after it is not counted: somebody has to decide.
 * Times are Unix ms; a text without a zone is Vietnam time.
 */
import { ParameterError } from '../errors';
import { toIsoText, toVietnamTime } from '../time';

export interface Validity {
	/** First moment; undefined for no beginning. */
	validFrom?: number;
	/** Last moment; undefined for no end. */
	validUntil?: number;
}

const DAY_MS = 86_400_000;
/** A time of day that a bank's record has if the bank tells only the day (casso-api 8). */
const DAY_ONLY = /T0[07]:00:00\+07:00$/;
/** Numbers below are no Unix time in ms, but one in seconds or a day of a sheet. */
const EARLIEST_MS = Date.UTC(2001, 8, 9);

/**
 * @param fields of an order: `validFrom`, and `validUntil` or `expiresAt`
 * @param name of the order, for the error
 * @throws ParameterError if a time cannot be read, or the first is after the last
 */
export function readValidity(fields: Record<string, unknown>, name: string): Validity {
	const validFrom = readMoment(fields.validFrom, 'validFrom', name, 'start');
	const until = readMoment(fields.validUntil, 'validUntil', name, 'end');
	const expires = readMoment(fields.expiresAt, 'expiresAt', name, 'end');
	if (until !== undefined && expires !== undefined && until !== expires) {
		throw refuse(`${name} has a "validUntil" and another "expiresAt"`, 'Use one of the two.');
	}
	const validUntil = until ?? expires;
	if (validFrom !== undefined && validUntil !== undefined && validFrom > validUntil) {
		throw refuse(`"validFrom" of ${name} is after the end of its time`, 'Swap the two, or leave one of them empty.');
	}
	return { ...(validFrom === undefined ? {} : { validFrom }), ...(validUntil === undefined ? {} : { validUntil }) };
}

/**
 * The last moment at which a payment can have been made. If the bank tells only the day, or no time at all, it is the
 * end of the day, but no later than now.
 *
 * @param transactedAt ISO 8601; null if unknown
 * @param nowMs Unix time in ms
 */
export function getLatestMoment(transactedAt: string | null | undefined, nowMs: number): number {
	const time = Date.parse(transactedAt ?? '');
	if (Number.isNaN(time)) return nowMs;
	if (!DAY_ONLY.test(transactedAt ?? '')) return time;
	const endOfDay = Date.parse(`${(transactedAt ?? '').slice(0, 10)}T00:00:00+07:00`) + DAY_MS - 1;
	return Math.max(time, Math.min(endOfDay, nowMs));
}

/** @param moment Unix time in ms of the payment */
export function compareToValidity(
	{ validFrom, validUntil }: Validity,
	moment: number,
): 'tooEarly' | 'inTime' | 'expired' {
	if (validUntil !== undefined && moment > validUntil) return 'expired';
	return validFrom !== undefined && moment < validFrom ? 'tooEarly' : 'inTime';
}

/** A day without a time of day is meant from its beginning, or to its end. */
function readMoment(value: unknown, field: string, name: string, edge: 'start' | 'end'): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= EARLIEST_MS) return value;
	const text = toText(value);
	if (text === '') return undefined;
	const iso = toVietnamTime(toIsoText(text.replace(',', ' ')), 'utc');
	if (iso === null) {
		throw refuse(
			`"${field}" of ${name} is not a time`,
			'Write it as 28/11/2026 09:30 (Vietnam time) or 2026-11-28T09:30:00+07:00.',
		);
	}
	const isDay = !/\d:\d/.test(text);
	return Date.parse(iso) + (isDay && edge === 'end' ? DAY_MS - 1 : 0);
}

/** Luxon and JavaScript dates have a method for it. */
function toText(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? '?' : value.toISOString();
	const { toISO } = value as { toISO?: unknown };
	return typeof toISO === 'function' ? String(toISO.call(value)) : '?';
}

function refuse(message: string, hint: string): ParameterError {
	return new ParameterError('orders', message, hint);
}
