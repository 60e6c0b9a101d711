/** Vietnam time by fixed offset: +07:00 without daylight saving since 1975 (casso-api 8). No time zone data needed. */

const OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;
const YEAR_10000_MS = Date.UTC(10_000, 0, 1);

/** What a time that ends in `Z` means in the account dialect: uncertain, so the user may choose. */
export type ZMeaning = 'vietnam' | 'utc';

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
 * @param zMeans whether a trailing Z is Vietnam local time (default) or real UTC
 * @returns ISO 8601 with +07:00; null where the text is no time
 */
export function toVietnamTime(text: string, zMeans: ZMeaning = 'vietnam'): string | null {
	const trimmed = text.trim();
	const zone = /[T ]\d{2}:\d{2}/.test(trimmed) ? ZONE.exec(trimmed) : null;
	const wallClock = readWallClock(zone ? trimmed.slice(0, zone.index) : trimmed);
	const offsetMs = zone?.[1] === undefined ? OFFSET_MS : zoneOffsetMs(zone[1], zMeans);
	if (wallClock === undefined || offsetMs === undefined) return null;
	// Nearly every time is already Vietnam's, and a hundred thousand may come in a row: no Date is made for them.
	if (offsetMs === OFFSET_MS) return `${wallClock}+07:00`;
	const instantMs = Date.parse(`${wallClock}Z`) - offsetMs;
	return instantMs + OFFSET_MS < YEAR_10000_MS ? vietnamIso(instantMs) : null;
}

/** @returns `YYYY-MM-DDTHH:mm:ss`; undefined where the text is none, or no such day or time exists */
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

/** Undefined for an offset that no place on earth has. */
function zoneOffsetMs(zone: string, zMeans: ZMeaning): number | undefined {
	if (/^z$/i.test(zone)) return zMeans === 'vietnam' ? OFFSET_MS : 0;
	const sign = zone.startsWith('-') ? -1 : 1;
	const digits = zone.slice(1).replace(':', '');
	const hours = Number(digits.slice(0, 2));
	const minutes = Number(digits.slice(2, 4));
	return hours <= 14 && minutes < 60 ? sign * (hours * 60 + minutes) * 60_000 : undefined;
}
