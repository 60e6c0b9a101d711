/** Dates and times as Casso prints them: Vietnam has had a fixed +07:00 since 1975, so an offset is enough (spec 8). */

const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000;
export const DAY_MS = 24 * 60 * 60 * 1000;

const CALENDAR_DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/;

/** `YYYY-MM-DDTHH:mm:ss` in Vietnam. @param ms since 1970 */
export function vietnamDateTime(ms: number): string {
	return new Date(ms + VIETNAM_OFFSET_MS).toISOString().slice(0, 19);
}

/** `YYYY-MM-DD` in Vietnam. @param ms since 1970 */
export function vietnamDay(ms: number): string {
	return vietnamDateTime(ms).slice(0, 10);
}

/** `YYYY-MM-DDTHH:mm:ss` in UTC. @param ms since 1970 */
export function utcDateTime(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19);
}

/** First millisecond of a Vietnam calendar day, or null if the text is not a real `YYYY-MM-DD`. */
export function startOfVietnamDay(day: string): number | null {
	if (!CALENDAR_DAY.test(day)) return null;
	const start = Date.parse(`${day}T00:00:00+07:00`);
	return Number.isNaN(start) || vietnamDay(start) !== day ? null : start;
}

/**
 * Milliseconds since 1970 of a time that a person gives to the control API: a number of ms, ISO 8601 with a zone, or
 * a Vietnam time or day without one. Null if it is none of these.
 */
export function readTime(value: number | string): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	const text = value.trim();
	if (CALENDAR_DAY.test(text)) return startOfVietnamDay(text);
	const ms = Date.parse(LOCAL_TIME.test(text) ? `${text.replace(' ', 'T')}+07:00` : text);
	return Number.isNaN(ms) ? null : ms;
}

const VIETNAM_MS = 7 * 3_600_000;

/** `dd/MM/yyyy` of the Vietnam day. @param ms Unix time */
function slashDay(ms: number): string {
	const [year, month, day] = new Date(ms + VIETNAM_MS).toISOString().slice(0, 10).split('-');
	return `${String(day)}/${String(month)}/${String(year)}`;
}

/** `dd/MM/yyyy HH:mm` in Vietnam. @param ms Unix time */
export function slashTime(ms: number): string {
	return `${slashDay(ms)} ${new Date(ms + VIETNAM_MS).toISOString().slice(11, 16)}`;
}

/** ISO UTC with milliseconds. @param ms Unix time */
export function isoUtc(ms: number): string {
	return new Date(ms).toISOString();
}

/** First millisecond of a Vietnam day. @param ms any moment of it */
export function startOfDay(ms: number): number {
	return Math.floor((ms + VIETNAM_MS) / DAY_MS) * DAY_MS - VIETNAM_MS;
}

/** First millisecond of the day that `dd/MM/yyyy` names in Vietnam; null if there is no such day. */
export function parseSlashDay(text: string): number | null {
	const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	if (!match) return null;
	const start = Date.UTC(Number(match[3]), Number(match[2]) - 1, Number(match[1])) - VIETNAM_MS;
	return slashDay(start) === text ? start : null;
}
