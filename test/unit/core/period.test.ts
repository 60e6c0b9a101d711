/** The periods of both hosts, as days in Vietnam: for every moment, and on a machine in any time zone. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { addDays, ParameterError, PERIODS, readPeriod, vietnamDay, vietnamIso } from '@saoke/core';
import { thrown } from './thrown';

const moments = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2090, 0, 1) });
const named = PERIODS.filter((period) => period !== 'custom');
const days = (period: string, time: string): string => {
	const { fromDate, toDate } = readPeriod({ period }, Date.parse(time));
	return `${fromDate} to ${toDate}`;
};

describe.each([
	['just before midnight in Vietnam', '2026-02-28T23:59:59.999+07:00'],
	['the same, on a machine in UTC', '2026-02-28T16:59:59.999Z'],
])('%s', (_what, time) => {
	it.each([
		['today', '2026-02-28 to 2026-02-28'],
		['yesterday', '2026-02-27 to 2026-02-27'],
		['last7Days', '2026-02-22 to 2026-02-28'],
		['thisMonth', '2026-02-01 to 2026-02-28'],
		['lastMonth', '2026-01-01 to 2026-01-31'],
	])('%s is %s', (period, expected) => {
		expect(days(period, time)).toBe(expected);
	});
});

it.each([
	['today', '2026-02-28T17:00:00Z', '2026-03-01 to 2026-03-01'],
	['yesterday', '2026-02-28T17:00:00Z', '2026-02-28 to 2026-02-28'],
	['yesterday', '2025-12-31T17:00:00Z', '2025-12-31 to 2025-12-31'],
	['last7Days', '2026-03-03T05:00:00Z', '2026-02-25 to 2026-03-03'],
	['thisMonth', '2026-02-28T17:00:00Z', '2026-03-01 to 2026-03-01'],
	['thisMonth', '2024-02-29T16:59:00Z', '2024-02-01 to 2024-02-29'],
	['lastMonth', '2026-02-28T17:00:00Z', '2026-02-01 to 2026-02-28'],
	['lastMonth', '2026-03-31T05:00:00Z', '2026-02-01 to 2026-02-28'],
	['lastMonth', '2024-02-29T17:00:00Z', '2024-02-01 to 2024-02-29'],
	['lastMonth', '2100-03-15T00:00:00Z', '2100-02-01 to 2100-02-28'],
	['lastMonth', '2026-01-01T00:00:00Z', '2025-12-01 to 2025-12-31'],
])('%s at %s is %s', (period, time, expected) => {
	expect(days(period, time)).toBe(expected);
});

it('for every moment: whole days in order, none in the future, months complete', () => {
	fc.assert(
		fc.property(moments, fc.constantFrom(...named), (nowMs, period) => {
			const today = vietnamDay(nowMs);
			const { fromDate, toDate } = readPeriod({ period }, nowMs);
			expect(fromDate <= toDate && toDate <= today).toBe(true);
			const endsToday = ['today', 'last7Days', 'thisMonth'].includes(period);
			expect(toDate === today).toBe(endsToday);
			if (period === 'yesterday') expect([fromDate, addDays(toDate, 1)]).toEqual([toDate, today]);
			if (period === 'last7Days') expect(addDays(fromDate, 6)).toBe(toDate);
			if (period === 'lastMonth') expect(addDays(toDate, 1)).toBe(readPeriod({ period: 'thisMonth' }, nowMs).fromDate);
			if (period.endsWith('Month')) expect(fromDate).toBe(`${toDate.slice(0, 7)}-01`);
		}),
	);
});

it('a period lasts until midnight in Vietnam, to the millisecond', () => {
	fc.assert(
		fc.property(moments, fc.constantFrom(...named), (nowMs, period) => {
			const midnight = Date.parse(`${addDays(vietnamDay(nowMs), 1)}T00:00:00+07:00`);
			expect(vietnamIso(midnight)).toContain('T00:00:00+07:00');
			const at = (ms: number): object => readPeriod({ period }, ms);
			expect(at(midnight - 1)).toEqual(at(nowMs));
			if (!period.endsWith('Month')) expect(at(midnight)).not.toEqual(at(nowMs));
		}),
	);
});

it('the time zone of the machine does not matter', () => {
	const script = `
		const { PERIODS, readPeriod } = require('@saoke/core');
		const times = [Date.UTC(2024, 1, 29, 16, 59), Date.UTC(2024, 1, 29, 17), Date.UTC(2026, 0, 1), Date.UTC(2026, 2, 29, 2)];
		console.log(JSON.stringify(times.map((ms) => PERIODS.slice(0, -1).map((period) => readPeriod({ period }, ms)))));`;
	const at = (TZ: string): string =>
		execFileSync(process.execPath, ['--import', 'tsx', '--input-type=commonjs', '-e', script], {
			env: { ...process.env, TZ },
			encoding: 'utf8',
		});
	const [vietnam, ...others] = ['Asia/Ho_Chi_Minh', 'Pacific/Kiritimati', 'Pacific/Niue', 'Europe/Berlin'].map(at);
	expect(JSON.parse(vietnam ?? '')).toHaveLength(4);
	for (const other of others) expect(other).toBe(vietnam);
});

describe('custom', () => {
	const custom = (fromDate: unknown, toDate: unknown): object => readPeriod({ period: 'custom', fromDate, toDate }, 0);

	it('takes dates in every form, one day too', () => {
		expect(custom('31/01/2026', '2026-02-01T18:00:00Z')).toEqual({ fromDate: '2026-01-31', toDate: '2026-02-02' });
		expect(custom('2026-02-01', new Date('2026-01-31T17:00:00Z'))).toEqual({
			fromDate: '2026-02-01',
			toDate: '2026-02-01',
		});
	});

	it.each(['', '  ', null, undefined])('needs both: %p', (empty) => {
		expect(thrown(() => custom(empty, '2026-01-31'))).toMatchObject({ parameter: 'fromDate' });
		expect(thrown(() => custom('2026-01-31', empty))).toMatchObject({
			parameter: 'toDate',
			message: 'The date is empty',
		});
	});

	it.each([
		['fromDate', 'soon', '2026-01-31'],
		['toDate', '2026-01-31', '2026-02-30'],
		['fromDate', '2026-02-02', '2026-02-01'],
	])('refuses the %s of %s to %s', (parameter, fromDate, toDate) => {
		expect(() => custom(fromDate, toDate)).toThrow(ParameterError);
		expect(thrown(() => custom(fromDate, toDate))).toMatchObject({ parameter });
	});
});

it('nothing chosen is the last 7 days; anything else is refused', () => {
	const now = Date.parse('2026-03-15T05:00:00Z');
	for (const period of [undefined, null, ''])
		expect(readPeriod({ period }, now)).toEqual({ fromDate: '2026-03-09', toDate: '2026-03-15' });
	for (const period of ['Today', 'last30Days', 'constructor', 7, ['today']])
		expect(thrown(() => readPeriod({ period }, now))).toMatchObject({ parameter: 'period' });
});
