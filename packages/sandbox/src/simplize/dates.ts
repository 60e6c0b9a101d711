/** Dates as each endpoint of Simplize prints and takes them (spec 4). Vietnam is +07:00 all year. */

const VIETNAM_MS = 7 * 3_600_000;
export const DAY_MS = 86_400_000;

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

/** First millisecond of the day that `dd/MM/yyyy` names in Vietnam; null where it is no real day. */
export function parseSlashDay(text: string): number | null {
	const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	if (!match) return null;
	const start = Date.UTC(Number(match[3]), Number(match[2]) - 1, Number(match[1])) - VIETNAM_MS;
	return slashDay(start) === text ? start : null;
}
