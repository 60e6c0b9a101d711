/** Which days a list is read for. Both hosts offer the same periods; days are days in Vietnam, both ends included. */
import { ParameterError } from './errors';
import { addDays, toVietnamDay, vietnamDay } from './time';

/** `YYYY-MM-DD`, Vietnam days, both included. */
export interface Days {
	fromDate: string;
	toDate: string;
}

/** First and last day of each period, by the Vietnam day that is today. A period that ends today includes what arrives later that day. */
const DAYS_OF = {
	today: (today) => ({ fromDate: today, toDate: today }),
	yesterday: (today) => ({ fromDate: addDays(today, -1), toDate: addDays(today, -1) }),
	last7Days: (today) => ({ fromDate: addDays(today, -6), toDate: today }),
	thisMonth: (today) => ({ fromDate: firstOfMonth(today), toDate: today }),
	lastMonth: (today) => {
		const toDate = addDays(firstOfMonth(today), -1);
		return { fromDate: firstOfMonth(toDate), toDate };
	},
} as const satisfies Record<string, (today: string) => Days>;

export type Period = keyof typeof DAYS_OF | 'custom';

/** In the order in which hosts offer them. */
export const PERIODS: readonly Period[] = [...(Object.keys(DAYS_OF) as (keyof typeof DAYS_OF)[]), 'custom'];

export const DEFAULT_PERIOD: Period = 'last7Days';

export interface PeriodInput {
	/** One of PERIODS; empty for the default. */
	period?: unknown;
	/** Read only for `custom`, which needs both. */
	fromDate?: unknown;
	toDate?: unknown;
}

/**
 * @param nowMs Unix time in ms
 * @throws ParameterError for an unknown period; for `custom`, if a date is empty or invalid, or the first is after the last
 */
export function readPeriod({ period, fromDate, toDate }: PeriodInput, nowMs: number): Days {
	const chosen = period === undefined || period === null || period === '' ? DEFAULT_PERIOD : period;
	if (chosen !== 'custom') return getDays(chosen, nowMs);
	const days = { fromDate: requireDay(fromDate, 'fromDate'), toDate: requireDay(toDate, 'toDate') };
	if (days.fromDate <= days.toDate) return days;
	throw new ParameterError('fromDate', 'The first day is after the last day', 'Swap the two dates.');
}

function getDays(period: unknown, nowMs: number): Days {
	const name = Object.keys(DAYS_OF).find((known) => known === period) as keyof typeof DAYS_OF | undefined;
	if (name !== undefined) return DAYS_OF[name](vietnamDay(nowMs));
	throw new ParameterError('period', 'Invalid value', `Choose one of: ${PERIODS.join(', ')}.`);
}

function requireDay(value: unknown, parameter: string): string {
	const day = toVietnamDay(value, parameter);
	if (day !== undefined) return day;
	throw new ParameterError(
		parameter,
		'The date is empty',
		'A custom period needs its first and its last day: choose a date, or choose another period.',
	);
}

function firstOfMonth(day: string): string {
	return `${day.slice(0, 8)}01`;
}
