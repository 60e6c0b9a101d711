/** Probes of days and times: which zone they are in, and what the day filter means. */
import { asText } from '../../json';
import { addDays } from '../../time';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoFacts, type List, type SampleRow, toSampleRow, toWallClock } from './facts';

const HOUR_MS = 3_600_000;

/** Times at which nothing happens so often: the bank gave the day alone (07:00 is midnight UTC). */
export const DAY_ONLY = ['00:00:00', '07:00:00'];

export const TIME_PROBES = defineProbes<CassoFacts>([
	{
		id: 'days',
		question: "whether days are Vietnam's, both ends included",
		assumed: 'they are',
		ifWrong: '*From* and *To* a day wider; *Days to Look Back* one more',
		option: 'Days to Look Back',
		how: 'one day, compared with the transactions around it',
		judge: judgeDays,
	},
	{
		id: 'zTimes',
		question: 'what times that end in Z mean (one account)',
		assumed: "Vietnam time, as in the vendor's sample",
		ifWrong: 'times of *Account* reads are seven hours off',
		option: 'Times Ending in Z: UTC',
		how: 'the same transactions by both calls, and `transactionDate`',
		judge: judgeZTimes,
	},
	{
		id: 'whenZone',
		question: 'the zone of `when`',
		assumed: 'Vietnam time',
		ifWrong: 'times of reads over all accounts are off',
		needsVersion: true,
		how: 'the newest times against the clock, and against times in UTC; sure within seven hours after a transaction',
		judge: judgeWhenZone,
	},
	{
		id: 'whenForm',
		question: 'whether `when` has a time of day',
		assumed: 'it has',
		ifWrong: `${ADAPTS}: such a transaction counts as 00:00, and no order is taken from it`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const values = (await facts.sample()).map(({ raw }) => asText(raw.when));
			const dates = values.filter((value) => /^\d{4}-\d\d-\d\d$/.test(value)).length;
			if (dates > 0) return otherwise(`${dates} of ${values.length} records have a day only`);
			const times = values.filter((value) => toWallClock(value) !== null).length;
			if (times === values.length) return asAssumed(`all ${values.length} records have`);
			return otherwise(`${values.length - times} of ${values.length} records have no readable time`, {
				consequence: 'Their `transactedAt` is null.',
				todo: 'new version',
			});
		},
	},
]);

/** Rows by their day as sent; `whole` are the days of which no row can be missing from the sample. */
function toDays(rows: readonly SampleRow[]): { byDay: Map<string, SampleRow[]>; whole: string[] } {
	const byDay = new Map<string, SampleRow[]>();
	for (const row of rows) {
		const day = row.time?.slice(0, 10);
		if (day) byDay.set(day, [...(byDay.get(day) ?? []), row]);
	}
	// The oldest day may be cut off by the end of the sample.
	return { byDay, whole: [...byDay.keys()].sort().slice(1) };
}

const isBetween =
	(from: string, to: string) =>
	({ time }: SampleRow): boolean => {
		const clock = time?.slice(11) ?? '';
		return clock > from && clock < to && !DAY_ONLY.includes(clock);
	};
const isEarly = isBetween('00:00:00', '07:00:00');
const isLate = isBetween('17:00:00', '24:00:00');

/**
 * A filter by UTC days gives a day without its own hours before 07:00, and with those of the next. If `when` is UTC instead,
 * the same happens from 17:00 on, with the day before. So a day is needed that has such rows of each kind around it, or two.
 */
async function judgeDays(facts: CassoFacts): Promise<Finding> {
	const { byDay, whole } = toDays(await facts.sample());
	const pageLength = (await facts.list()).records.length;
	const at = (day: string): SampleRow[] => byDay.get(day) ?? [];
	const days = whole.filter((day) => at(day).length < pageLength);
	const early = days.filter((day) => [...at(day), ...at(addDays(day, 1))].some(isEarly));
	const late = days.filter((day) => [...at(day), ...at(addDays(day, -1))].some(isLate));
	const both = early.filter((day) => late.includes(day)).at(-1);
	const found = both === undefined ? [early.at(-1), late.at(-1)].filter((day) => day !== undefined) : [both];
	const asked = found.length > 0 ? found : days.slice(-1);
	if (asked.length === 0) return cannotTell('too few transactions, or of one day only');
	for (const day of asked) {
		const finding = compareDay(day, at(day), await facts.list({ fromDate: day, toDate: day }));
		if (finding) return finding;
	}
	if (early.length === 0 || late.length === 0)
		return cannotTell('both ends are included; no transactions before 07:00 and after 17:00 tell the zone');
	return asAssumed('days with transactions before 07:00 and after 17:00 around them came whole');
}

/** @returns undefined if the day came as expected */
function compareDay(day: string, expected: readonly SampleRow[], { answer, records }: List): Finding | undefined {
	if (!answer.isSuccess) return cannotTell('a single day was refused');
	const rows = records.map(toSampleRow);
	const got = new Set(rows.map(({ id }) => id));
	if (rows.some(({ time }) => time !== null && !time.startsWith(day)))
		return otherwise('a day has rows of another day by their own time');
	if (rows.length === 0) return otherwise('a day that is asked for alone is empty: one end is left out');
	const missing = expected.filter(({ id }) => !got.has(id)).length;
	return missing > 0 ? otherwise(`a day that is asked for alone lacks ${missing} of its rows`) : undefined;
}

async function judgeZTimes(facts: CassoFacts): Promise<Finding> {
	const { list } = await facts.oneAccount();
	const times = list.records.filter(({ transactionDateTime }) => asText(transactionDateTime) !== '');
	if (times.length === 0) return cannotTell('the account shows no times');
	const withZ = times.filter(({ transactionDateTime }) => /\dZ$/i.test(asText(transactionDateTime)));
	if (withZ.length === 0) return asAssumed('no time ends in Z: the option is not needed');
	const evening = readEvenings(withZ);
	if (evening === 'next day') return otherwise('their day is before `transactionDate` in the evening');
	const shift = await getShift(facts);
	if (shift === 0) return asAssumed('the same hour as `when`');
	if (shift === 7) return otherwise('seven hours before `when`');
	if (shift !== undefined) return otherwise('another distance from `when`', { option: '', todo: 'new version' });
	return evening === 'same day'
		? asAssumed('their day is `transactionDate`, in the evening too')
		: cannotTell('no transaction after 17:00 tells it');
}

/** A UTC evening is the next day in Vietnam, which `transactionDate` is likely to be. */
function readEvenings(records: ReadonlyArray<Record<string, unknown>>): 'same day' | 'next day' | undefined {
	const evenings = records.filter(({ transactionDateTime }) => (getHour(transactionDateTime) ?? 0) >= 17);
	const later = evenings.filter(
		(raw) => asText(raw.transactionDate).slice(0, 10) > asText(raw.transactionDateTime).slice(0, 10),
	);
	if (evenings.length === 0) return undefined;
	return later.length > 0 ? 'next day' : 'same day';
}

function getHour(time: unknown): number | undefined {
	const clock = toWallClock(time);
	return clock === null ? undefined : Number(clock.slice(11, 13));
}

/** Hours by which `when` is after the time in Z; undefined if there is no telling pair, NaN if they differ among pairs. */
async function getShift(facts: CassoFacts): Promise<number | undefined> {
	let pairs: Awaited<ReturnType<CassoFacts['pairs']>>;
	try {
		pairs = await facts.pairs();
	} catch (error) {
		if (error instanceof CannotTell) return undefined;
		throw error;
	}
	const shifts = pairs
		.filter(({ row, raw }) => /\d\d:\d\d/.test(asText(row.raw.when)) && /\dZ$/i.test(asText(raw.transactionDateTime)))
		.map(({ row, raw }) => (toMs(row.time) - toMs(toWallClock(raw.transactionDateTime))) / HOUR_MS);
	if (shifts.length === 0) return undefined;
	return shifts.every((shift) => shift === shifts[0]) ? shifts[0] : Number.NaN;
}

const toMs = (time: string | null): number => (time === null ? Number.NaN : Date.parse(`${time}Z`));

async function judgeWhenZone(facts: CassoFacts): Promise<Finding> {
	const times = (await facts.sample()).filter(({ raw }) => /\d\d:\d\d/.test(asText(raw.when)));
	const explicit = times.filter(({ raw }) => /(Z|[+-]\d\d:?\d\d)$/i.test(asText(raw.when))).length;
	if (explicit > 0) return otherwise('it names a zone', { consequence: ADAPTS, todo: 'nothing' });
	const faces = times
		.filter(({ time }) => !DAY_ONLY.includes(time?.slice(11) ?? ''))
		.map(({ time }) => toMs(time))
		.filter((ms) => !Number.isNaN(ms));
	if (faces.length === 0) return cannotTell('no transaction has a time of day');
	const newest = Math.max(...faces);
	const nowMs = facts.connection.runtime.now();
	// A few minutes: the clocks of banks and of this machine.
	if (newest - 7 * HOUR_MS > nowMs + HOUR_MS / 2) return otherwise('read as Vietnam time, the newest is in the future');
	if (newest > nowMs + HOUR_MS / 2) return asAssumed('read as UTC, the newest would be in the future');
	const shift = await getShift(facts);
	if (shift === 7) return asAssumed('seven hours after the times in UTC of the other call');
	if (shift === 0 && readEvenings((await facts.oneAccount()).list.records) === 'next day')
		return otherwise('the same hour as the times in UTC of the other call');
	return cannotTell('no transaction of the last seven hours tells Vietnam time from UTC: run the doctor after one');
}
