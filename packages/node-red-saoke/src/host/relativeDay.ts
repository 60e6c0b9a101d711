/** Relative days in Vietnam time: yesterday, last month, or a number of days ago. */
import { addDays, ParameterError, vietnamDay } from '@saoke/core';

/** Typed-input type for a number of days before today. */
const DAYS_AGO = 'daysAgo';

/** The edges of each period: its first day for "from", its last for "to". */
const PERIODS: Record<string, ((today: string) => { first: string; last: string }) | undefined> = {
	today: (today) => ({ first: today, last: today }),
	yesterday: (today) => ({ first: addDays(today, -1), last: addDays(today, -1) }),
	thisMonth: (today) => ({ first: firstOfMonth(today), last: today }),
	lastMonth: (today) => {
		const last = addDays(firstOfMonth(today), -1);
		return { first: firstOfMonth(last), last };
	},
};

/**
 * @param type of the typed input @param value number of days, if the type needs one
 * @param parameter name of the setting: of a period, `toDate` takes the last day and every other one the first
 * @returns `YYYY-MM-DD`; undefined for every other type, and for a number of days that is left empty
 * @throws ParameterError if the number of days is invalid
 */
export function readRelativeDay(type: string, value: string, parameter: string, nowMs: number): string | undefined {
	const today = vietnamDay(nowMs);
	const period = Object.hasOwn(PERIODS, type) ? PERIODS[type]?.(today) : undefined;
	if (period) return parameter === 'toDate' ? period.last : period.first;
	if (type !== DAYS_AGO || value === '') return undefined;
	if (/^\d{1,5}$/.test(value.trim())) return addDays(today, -Number(value));
	throw new ParameterError(parameter, 'This is not a number of days', 'Enter 0 for today, 1 for yesterday, and so on.');
}

function firstOfMonth(day: string): string {
	return `${day.slice(0, 8)}01`;
}
