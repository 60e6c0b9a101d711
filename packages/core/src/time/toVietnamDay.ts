/** The day that a user means: the one date reader of both services and both hosts. */
import { ParameterError } from '../errors/ParameterError';
import { toVietnamTime } from './vietnamTime';

/** `31/01/2026`, the way Vietnam writes a date, also with dots or dashes, single digits, and a time behind it. */
const DAY_FIRST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(.*)$/;
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/;
/** Hours of one digit are as usual in sheets as days of one digit. */
const SHORT_TIME = /^[T ]+(\d{1,2})(:\d{2}.*)$/;
const NUMBER = /^\d+(\.\d+)?$/;

const DAY_MS = 86_400_000;
/** Day 0 of the serial numbers of Excel and Google Sheets. */
const SERIAL_ZERO_MS = Date.UTC(1899, 11, 30);
/** A number is read as a date only from 2000 to 2099: there, a serial number and Unix time in ms cannot be confused. */
const FIRST_MS = Date.UTC(2000, 0, 1);
const END_MS = Date.UTC(2100, 0, 1);

/**
 * The Vietnam day that a date from a user means. A date without a zone is that day; with a zone, it is the day that
 * moment falls on in Vietnam. Day and month are in Vietnam's order: `1/2/2026` is 1 February.
 *
 * @param value ISO 8601, `dd/MM/yyyy`, a Luxon or JavaScript date, Unix time in ms, or the serial number of a sheet
 * @param parameter name for the error
 * @returns `YYYY-MM-DD`; undefined for an empty value
 * @throws ParameterError when the value is no date
 */
export function toVietnamDay(value: unknown, parameter: string): string | undefined {
	const text = toText(value);
	if (text === '') return undefined;
	const time = text === undefined ? null : toVietnamTime(toIsoText(text), 'utc');
	if (time !== null) return time.slice(0, 10);
	throw new ParameterError(
		parameter,
		'This is not a date',
		'Use a date such as 2026-01-31 or 31/01/2026 (day first), or pick one in the date field.',
	);
}

/** @returns a date that is written in another order or with other separators as ISO 8601; any other text unchanged */
export function toIsoText(text: string): string {
	const trimmed = text.trim();
	const dayFirst = DAY_FIRST.exec(trimmed);
	if (dayFirst) return isoText(dayFirst[4], dayFirst[3], dayFirst[1], dayFirst[5]);
	const yearFirst = YEAR_FIRST.exec(trimmed);
	return yearFirst ? isoText(yearFirst[1], yearFirst[3], yearFirst[4], yearFirst[5]) : trimmed;
}

function isoText(year = '', month = '', day = '', rest = ''): string {
	const time = SHORT_TIME.exec(rest);
	const behind = time ? `T${String(time[1]).padStart(2, '0')}${String(time[2])}` : rest;
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${behind}`;
}

/** @returns '' for nothing; undefined for what cannot be a date */
function toText(value: unknown): string | undefined {
	if (value === undefined || value === null) return '';
	if (typeof value === 'number') return numberToIso(value);
	if (typeof value === 'string') return NUMBER.test(value.trim()) ? numberToIso(Number(value)) : value.trim();
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	const toIso = (value as { toISO?: unknown }).toISO;
	if (typeof toIso !== 'function') return undefined;
	const iso: unknown = toIso.call(value);
	return typeof iso === 'string' ? iso : undefined;
}

function numberToIso(value: number): string | undefined {
	// A serial number counts the days of the sheet's own calendar, without a zone.
	const serialMs = SERIAL_ZERO_MS + Math.floor(value) * DAY_MS;
	if (serialMs >= FIRST_MS && serialMs < END_MS) return new Date(serialMs).toISOString().slice(0, 10);
	return value >= FIRST_MS && value < END_MS ? new Date(value).toISOString() : undefined;
}
