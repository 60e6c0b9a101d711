/** Days and times in the forms that Simplize uses beside ISO: `dd/MM/yyyy` and `dd/MM/yyyy HH:mm` (simplize-api 4). */
import { ParameterError } from '../errors/ParameterError';
import { toVietnamDay, toVietnamTime } from '../time/vietnamTime';

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{2}:\d{2}(?::\d{2})?))?$/;

/**
 * The Vietnam day that a user means, as the filters take it.
 *
 * @param value ISO 8601, Luxon, JavaScript date, Unix ms, or `dd/MM/yyyy`; without a zone it is that day in Vietnam
 * @param parameter name for the error
 * @returns `dd/MM/yyyy`; undefined for an empty value
 * @throws ParameterError when it is no date
 */
export function toSlashDay(value: unknown, parameter: string): string | undefined {
	const moment = typeof value === 'number' ? new Date(value) : value;
	const day = toVietnamDay(typeof moment === 'string' ? (unslash(moment) ?? moment) : moment, parameter);
	return day === undefined ? undefined : slashed(day);
}

/**
 * @param text `dd/MM/yyyy HH:mm` without a zone, or ISO 8601; Vietnam time where it has no zone
 * @returns ISO 8601 with +07:00; null where it is no time
 */
export function simplizeTime(text: string): string | null {
	return toVietnamTime(unslash(text) ?? text, 'utc');
}

/** @param day `YYYY-MM-DD` @returns `dd/MM/yyyy` */
export function slashed(day: string): string {
	const [year, month, date] = day.split('-') as [string, string, string];
	return `${date}/${month}/${year}`;
}

/** @returns the same as ISO 8601; undefined where it has no slashes */
function unslash(text: string): string | undefined {
	const match = SLASHED.exec(text.trim());
	if (!match) return undefined;
	const [, day, month, year, time] = match;
	const date = `${String(year)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
	return time === undefined ? date : `${date}T${time}`;
}

/** @throws ParameterError when the first day is after the last; both as `dd/MM/yyyy` */
export function checkDayOrder(fromDate: string, toDate: string): void {
	const key = (day: string): string => day.split('/').reverse().join('-');
	if (key(fromDate) > key(toDate)) {
		throw new ParameterError(
			'fromDate',
			'The first day is after the last day',
			'Swap the two dates, or leave one of them empty.',
		);
	}
}
