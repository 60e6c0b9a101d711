/** Vietnam time by fixed offset: +07:00 without daylight saving since 1975 (casso-api 8). No time zone data needed. */
import { ParameterError } from './errors';

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_10000_MS = Date.UTC(10_000, 0, 1);

/** What a time that ends in `Z` means in the account dialect: uncertain, so the user may choose. */
export type TimesEndingInZ = 'vietnam' | 'utc';

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/;
const ZONE = /\s?(Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * @param nowMs Unix time in ms
 * @returns the Vietnam calendar day of that moment, `YYYY-MM-DD`
 */
export function vietnamDay(nowMs: number): string {
	return new Date(nowMs + OFFSET_MS).toISOString().slice(0, 10);
}

/**
 * @param day `YYYY-MM-DD`
 * @param days may be negative
 */
export function addDays(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * @param instantMs Unix time in ms
 * @returns ISO 8601 with +07:00 and seconds
 */
export function vietnamIso(instantMs: number): string {
	return `${new Date(instantMs + OFFSET_MS).toISOString().slice(0, 19)}+07:00`;
}

/**
 * Normalises a time as Casso sends it: a bare date, local time with blank or T, with Z, or with an offset.
 *
 * @param timesEndingInZ whether a trailing Z is Vietnam local time (default) or real UTC
 * @returns ISO 8601 with +07:00; null if the text is not a time
 */
export function toVietnamTime(text: string, timesEndingInZ: TimesEndingInZ = 'vietnam'): string | null {
	const trimmed = text.trim();
	const zone = /[T ]\d{2}:\d{2}/.test(trimmed) ? ZONE.exec(trimmed) : null;
	const wallClock = readWallClock(zone ? trimmed.slice(0, zone.index) : trimmed);
	const offsetMs = zone?.[1] === undefined ? OFFSET_MS : zoneOffsetMs(zone[1], timesEndingInZ);
	if (wallClock === undefined || offsetMs === undefined) return null;
	// Almost every time is already Vietnam time. No Date is created for those: a list may have 100,000 rows.
	if (offsetMs === OFFSET_MS) return `${wallClock}+07:00`;
	const instantMs = Date.parse(`${wallClock}Z`) - offsetMs;
	return instantMs + OFFSET_MS < YEAR_10000_MS ? vietnamIso(instantMs) : null;
}

/** @returns `YYYY-MM-DDTHH:mm:ss`; undefined if the text is not a valid date and time */
function readWallClock(text: string): string | undefined {
	const match = LOCAL.exec(text);
	if (!match) return undefined;
	const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00'] = match;
	const isTime = hour <= '23' && minute <= '59' && second <= '59';
	const isDay = year >= '1000' && day >= '01' && Number(day) <= daysInMonth(Number(year), Number(month));
	return isTime && isDay ? `${year}-${month}-${day}T${hour}:${minute}:${second}` : undefined;
}

/** @returns 0 for a month that does not exist */
function daysInMonth(year: number, month: number): number {
	if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
	if (month < 1 || month > 12) return 0;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Undefined for an offset that no time zone uses. */
function zoneOffsetMs(zone: string, timesEndingInZ: TimesEndingInZ): number | undefined {
	if (/^z$/i.test(zone)) return timesEndingInZ === 'vietnam' ? OFFSET_MS : 0;
	const sign = zone.startsWith('-') ? -1 : 1;
	const digits = zone.slice(1).replace(':', '');
	const hours = Number(digits.slice(0, 2));
	const minutes = Number(digits.slice(2, 4));
	return hours <= 14 && minutes < 60 ? sign * (hours * 60 + minutes) * 60_000 : undefined;
}

/** `31/01/2026`, the Vietnamese date format; also with dots or dashes, single digits, and a time after it. */
const DAY_FIRST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(.*)$/;
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?!\d)(.*)$/;

/** Spreadsheets often write single-digit hours. */
const SHORT_TIME = /^[T ]+(\d{1,2})(:\d{2}.*)$/;
const NUMBER = /^\d+(\.\d+)?$/;

/** Day 0 of the serial numbers of Excel and Google Sheets. */
const SERIAL_ZERO_MS = Date.UTC(1899, 11, 30);

/** A number is read as a date only from 2000 to 2099: in that range, a serial number cannot be confused with Unix time in ms. */
const FIRST_MS = Date.UTC(2000, 0, 1);
const END_MS = Date.UTC(2100, 0, 1);

/**
 * Reads a date from user input. Both services and both hosts use it.
 *
 * A date without a zone is a Vietnam day. A date with a zone becomes the Vietnam day of that moment. The day comes before
 * the month: `1/2/2026` is 1 February.
 *
 * @param value ISO 8601, `dd/MM/yyyy`, a Luxon or JavaScript date, Unix time in ms, or a spreadsheet serial number
 * @param parameter name for the error
 * @returns `YYYY-MM-DD`; undefined for an empty value
 * @throws ParameterError if the value is not a date
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

/** @returns ISO 8601 for a date in another order or with other separators; any other text unchanged */
export function toIsoText(text: string): string {
	const trimmed = text.trim();
	const dayFirst = DAY_FIRST.exec(trimmed);
	if (dayFirst) return isoText(dayFirst[4], dayFirst[3], dayFirst[1], dayFirst[5]);
	const yearFirst = YEAR_FIRST.exec(trimmed);
	return yearFirst ? isoText(yearFirst[1], yearFirst[3], yearFirst[4], yearFirst[5]) : trimmed;
}

function isoText(year = '', month = '', day = '', rest = ''): string {
	const time = SHORT_TIME.exec(rest);
	const suffix = time ? `T${String(time[1]).padStart(2, '0')}${String(time[2])}` : rest;
	return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${suffix}`;
}

/** @returns '' for undefined or null; undefined for a value that cannot be a date */
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
	// A serial number counts days in the spreadsheet's calendar, without a time zone.
	const serialMs = SERIAL_ZERO_MS + Math.floor(value) * DAY_MS;
	if (serialMs >= FIRST_MS && serialMs < END_MS) return new Date(serialMs).toISOString().slice(0, 10);
	return value >= FIRST_MS && value < END_MS ? new Date(value).toISOString() : undefined;
}
