/** Days and times in the forms that Simplize uses beside ISO: `dd/MM/yyyy` and `dd/MM/yyyy HH:mm` (simplize-api 4). */
import { ParameterError } from '../errors/ParameterError';
import { toIsoText, toVietnamDay } from '../time/toVietnamDay';
import { toVietnamTime } from '../time/vietnamTime';

/**
 * The Vietnam day that a user means, as the filters take it.
 *
 * @param value anything that `toVietnamDay` reads
 * @param parameter name for the error
 * @returns `dd/MM/yyyy`; undefined for an empty value
 * @throws ParameterError when it is no date
 */
export function toSlashDay(value: unknown, parameter: string): string | undefined {
	const day = toVietnamDay(value, parameter);
	return day === undefined ? undefined : slashed(day);
}

/**
 * @param text `dd/MM/yyyy HH:mm` without a zone, or ISO 8601; Vietnam time where it has no zone
 * @returns ISO 8601 with +07:00; null where it is no time
 */
export function simplizeTime(text: string): string | null {
	return toVietnamTime(toIsoText(text), 'utc');
}

/** @param day `YYYY-MM-DD` @returns `dd/MM/yyyy` */
export function slashed(day: string): string {
	const [year, month, date] = day.split('-') as [string, string, string];
	return `${date}/${month}/${year}`;
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
