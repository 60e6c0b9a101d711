/** Vietnam time by fixed offset, and the days that users mean (casso-api 8). */
import fc from 'fast-check';
import { addDays, ParameterError, toVietnamDay, toVietnamTime, vietnamDay, vietnamIso } from '@saoke/core';
import { thrown } from './thrown';

const two = (n: number): string => String(n).padStart(2, '0');
/** Whole seconds in the years that a bank may speak of. */
const moments = fc
	.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2090, 0, 1) / 1000 })
	.map((seconds) => seconds * 1000);

describe('toVietnamTime', () => {
	it.each([
		['a bare date is its midnight', '2021-04-15', '2021-04-15T00:00:00+07:00'],
		['local, with T', '2021-04-15T09:30:05', '2021-04-15T09:30:05+07:00'],
		['local, with a blank', '2020-10-14 00:34:57', '2020-10-14T00:34:57+07:00'],
		['without seconds', '2020-10-14 00:34', '2020-10-14T00:34:00+07:00'],
		['fractions are cut', '2020-10-14T00:34:57.999', '2020-10-14T00:34:57+07:00'],
		['Z is Vietnam time', '2021-04-04T21:10:00Z', '2021-04-04T21:10:00+07:00'],
		['z likewise', '2021-04-04t21:10:00z'.replace('t', 'T'), '2021-04-04T21:10:00+07:00'],
		['+07:00', '2021-04-04T21:10:00+07:00', '2021-04-04T21:10:00+07:00'],
		['+00:00 is never Vietnam time', '2021-04-04T21:10:00+00:00', '2021-04-05T04:10:00+07:00'],
		['an offset without colon', '2021-04-04T21:10:00-0500', '2021-04-05T09:10:00+07:00'],
		['an offset in hours, as databases print it', '2021-04-04 21:10:00+07', '2021-04-04T21:10:00+07:00'],
		['an offset after a blank', '2021-04-04 21:10:00 +00:00', '2021-04-05T04:10:00+07:00'],
		['half hours', '2021-04-04T21:10:00+05:30', '2021-04-04T22:40:00+07:00'],
		['a leap day', '2024-02-29', '2024-02-29T00:00:00+07:00'],
		['blanks around', ' 2021-04-15 ', '2021-04-15T00:00:00+07:00'],
	])('%s: %s', (_case, text, expected) => {
		expect(toVietnamTime(text)).toBe(expected);
	});

	it('Z is UTC where the user says so', () => {
		expect(toVietnamTime('2021-04-04T21:10:00Z', 'utc')).toBe('2021-04-05T04:10:00+07:00');
		expect(toVietnamTime('2021-04-04T21:10:00', 'utc')).toBe('2021-04-04T21:10:00+07:00');
	});

	it.each([
		'',
		'yesterday',
		'2021-02-29',
		'2100-02-29',
		'2021-04-31',
		'2021-13-01',
		'2021-00-10',
		'0000-00-00',
		'0999-01-01',
		'2021-04-15T24:00:00',
		'2021-04-15T12:60:00',
		'2021-04-15T12:00:60',
		'2021-4-5',
		'15/04/2021',
		'20210415',
		'2021-04-15T12',
		'2021-04-15Z',
		'2021-04-15T12:00:00+99:00',
		'2021-04-15T12:00:00+07:60',
		'9999-12-31T23:59:59-12:00',
		'2021-04-15T12:00:00+07:00 and more',
	])('no time: %p', (text) => {
		expect(toVietnamTime(text)).toBeNull();
	});

	it('every form of a moment means the same moment', () => {
		fc.assert(
			fc.property(moments, fc.integer({ min: -12 * 4, max: 14 * 4 }), (ms, quarters) => {
				const expected = vietnamIso(ms);
				const minutes = quarters * 15;
				const there = new Date(ms + minutes * 60_000).toISOString().slice(0, 19);
				const sign = minutes < 0 ? '-' : '+';
				const hours = two(Math.floor(Math.abs(minutes) / 60));
				const rest = two(Math.abs(minutes) % 60);
				expect(toVietnamTime(`${there}${sign}${hours}:${rest}`)).toBe(expected);
				expect(toVietnamTime(`${there}${sign}${hours}${rest}`, 'utc')).toBe(expected);
				expect(toVietnamTime(new Date(ms).toISOString(), 'utc')).toBe(expected);
				const local = expected.slice(0, 19);
				expect(toVietnamTime(local)).toBe(expected);
				expect(toVietnamTime(local.replace('T', ' '))).toBe(expected);
				expect(toVietnamTime(`${local}Z`, 'vietnam')).toBe(expected);
				expect(toVietnamTime(expected)).toBe(expected);
				expect(Date.parse(expected)).toBe(ms);
				expect(expected.slice(0, 10)).toBe(vietnamDay(ms));
			}),
		);
	});

	it('any text gives null or a time that is in order', () => {
		const nearly = fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?$/);
		fc.assert(
			fc.property(fc.oneof(fc.string(), nearly), (text) => {
				const time = toVietnamTime(text);
				expect(time === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/.test(time)).toBe(true);
				if (time !== null) expect(toVietnamTime(time)).toBe(time);
			}),
			{ numRuns: 500 },
		);
	});
});

describe('days', () => {
	it.each([
		['2026-01-31T16:59:59.999Z', '2026-01-31'],
		['2026-01-31T17:00:00.000Z', '2026-02-01'],
		['2023-12-31T17:00:00.000Z', '2024-01-01'],
	])('%s is the Vietnam day %s', (utc, day) => {
		expect(vietnamDay(Date.parse(utc))).toBe(day);
	});

	it.each([
		['2024-02-28', 1, '2024-02-29'],
		['2023-02-28', 1, '2023-03-01'],
		['2024-03-01', -1, '2024-02-29'],
		['2026-01-01', -1, '2025-12-31'],
		['2026-05-05', 0, '2026-05-05'],
	])('%s and %d days is %s', (day, days, expected) => {
		expect(addDays(day, days)).toBe(expected);
	});

	it('adding days and taking them away is nothing', () => {
		fc.assert(
			fc.property(moments, fc.integer({ min: -5000, max: 5000 }), (ms, days) => {
				const day = vietnamDay(ms);
				expect(addDays(addDays(day, days), -days)).toBe(day);
			}),
		);
	});
});

describe('toVietnamDay, what a user gave', () => {
	const luxonLike = (iso: string | null): unknown => ({ toISO: () => iso });

	it.each([
		['a day', '2026-01-31', '2026-01-31'],
		['the date picker', '2026-01-31T00:00:00', '2026-01-31'],
		['the date picker at the end of a day', '2026-01-31T23:59:59', '2026-01-31'],
		['an older date picker, in a browser in Vietnam', '2026-01-30T17:00:00.000Z', '2026-01-31'],
		['a UTC moment late in the evening is the next day in Vietnam', '2026-01-31T23:30:00Z', '2026-02-01'],
		['luxon in Vietnam', '2026-01-31T00:00:00.000+07:00', '2026-01-31'],
		['luxon in New York', '2026-01-31T18:00:00.000-05:00', '2026-02-01'],
		['a luxon object', luxonLike('2026-01-31T18:00:00.000-05:00'), '2026-02-01'],
		['a JavaScript date', new Date('2026-01-31T17:00:00Z'), '2026-02-01'],
		['blanks around', ' 2026-01-31 ', '2026-01-31'],
		['the way Vietnam writes it', '31/01/2026', '2026-01-31'],
		['day first, where month first could be read', '05/02/2026', '2026-02-05'],
		['single digits', '5/2/2026', '2026-02-05'],
		['dashes', '5-2-2026', '2026-02-05'],
		['dots', '31.01.2026', '2026-01-31'],
		['day first with a time', '31/01/2026 23:59:59', '2026-01-31'],
		['day first with a short time', '31/01/2026 9:05', '2026-01-31'],
		['slashes, year first', '2026/1/5', '2026-01-05'],
		['ISO with single digits', '2026-1-5', '2026-01-05'],
		['Unix time in ms', 1769792400000, '2026-01-31'],
		['Unix time in ms late in the evening in UTC', 1769902200000, '2026-02-01'],
		['Unix time in ms as text', '1769792400000', '2026-01-31'],
		['a serial number of a sheet', 46053, '2026-01-31'],
		['a serial number with a time', 46053.99, '2026-01-31'],
		['a serial number as text', '46053', '2026-01-31'],
	])('%s', (_case, value, day) => {
		expect(toVietnamDay(value, 'fromDate')).toBe(day);
	});

	it.each([undefined, null, '', '   '])('empty leaves Casso’s default in force: %p', (value) => {
		expect(toVietnamDay(value, 'fromDate')).toBeUndefined();
	});

	it.each([
		['words', 'last week'],
		['month first', '01/13/2026'],
		['no such day, day first', '30/02/2026'],
		['mixed separators', '31/01-2026'],
		['a year of two digits', '31/01/26'],
		['Unix time in seconds', 1769792400],
		['a year alone', 2026],
		['a small number', 12],
		['no such day', '2026-02-30'],
		['true', true],
		['an object', {}],
		['an invalid date', new Date(NaN)],
		['an invalid luxon object', luxonLike(null)],
		['a year that needs six digits', new Date(8.64e15)],
	])('%s is refused, naming the parameter', (_case, value) => {
		expect(() => toVietnamDay(value, 'toDate')).toThrow(ParameterError);
		expect(thrown(() => toVietnamDay(value, 'toDate'))).toMatchObject({ parameter: 'toDate' });
	});
});
