/** Probes of cash histories and stock transactions: pages, days, times, types and IDs. */
import { asText } from '../../json';
import { slashed } from '../../simplize/historyQuery';
import { toVietnamTime } from '../../time';
import { ADAPTS, asAssumed, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { describeAnswer, HISTORY_SIZE, type SimplizeFacts, toRows } from './facts';

/** What the nodes ask for unless a user sets another size. */
const USUAL_SIZE = 100;

const HOUR_MS = 3_600_000;

export const HISTORY_PROBES = defineProbes<SimplizeFacts>([
	{
		id: 'pageSize',
		question: 'the maximum page size',
		assumed: '100 is allowed',
		ifWrong: `${ADAPTS}: pages are counted in the size that comes`,
		how: 'a page of 1,000 records',
		judge: async (facts) => {
			const lists = [await facts.users(), await facts.rows('cash-histories')];
			const cut = lists.filter(({ answer, rows }) => rows.length < Math.min(HISTORY_SIZE, answer.total ?? 0));
			const most = Math.max(...lists.map(({ rows }) => rows.length));
			if (cut.length > 0) {
				const cap = Math.max(...cut.map(({ rows }) => rows.length));
				return cap >= USUAL_SIZE ? asAssumed(`at most ${cap} come`) : otherwise(`at most ${cap} come`);
			}
			if (most >= USUAL_SIZE || lists.every(({ answer, rows }) => answer.total === rows.length))
				return asAssumed(`all ${most} records came in one page`);
			return cannotTell('too few records, and no total');
		},
	},
	{
		id: 'total',
		question: 'whether `total` is there and right',
		assumed: 'it is; a hint only',
		ifWrong: `${ADAPTS}: pages are read until one is empty`,
		how: 'a page of 1,000 records',
		judge: async (facts) => {
			const { answer, rows } = await facts.rows('cash-histories');
			if (answer.total === null) return otherwise('missing');
			return answer.total >= rows.length ? asAssumed('there') : otherwise('lower than what came');
		},
	},
	{
		id: 'dayFilter',
		question: 'whether the day filter means `date` or `createdDate`',
		assumed: '`date`; both are covered: 7 days back and ahead, IDs decide',
		ifWrong: 'leave it at 7 or more; reads by hand need wider days',
		option: 'Days to Look Back',
		how: 'a movement whose two days differ, asked for by its `date`',
		judge: judgeDayFilter,
	},
	{
		id: 'daysNeeded',
		question: 'whether days may be left out, or are needed',
		assumed: 'always sent',
		ifWrong: ADAPTS,
		how: 'a history without days',
		judge: async (facts) => {
			const answer = await facts.history('cash-histories', { fromDate: undefined, toDate: undefined, size: 1 });
			return asAssumed(answer.isSuccess ? 'they may be left out' : `they are needed (${describeAnswer(answer)})`);
		},
	},
	{
		id: 'stockZone',
		question: 'the zone of `dd/MM/yyyy HH:mm`',
		assumed: 'Vietnam',
		ifWrong: 'times of stock transactions are off',
		needsVersion: true,
		how: 'the newest times against the clock; sure within seven hours after a trade',
		judge: async (facts) => {
			const { rows } = await facts.rows('stock-transactions');
			const times = rows
				.flatMap(({ date, createdDate }) => [asText(date), asText(createdDate)])
				.map((time) => /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d)/.exec(time))
				.map((parts) => (parts ? Date.parse(`${parts[3]}-${parts[2]}-${parts[1]}T${parts[4]}:00Z`) : Number.NaN))
				.filter((ms) => !Number.isNaN(ms));
			if (times.length === 0) return otherwise('another form', { consequence: 'Their `transactedAt` may be null.' });
			const newest = Math.max(...times);
			const nowMs = facts.connection.runtime.now();
			if (newest - 7 * HOUR_MS > nowMs + HOUR_MS / 2)
				return otherwise('read as Vietnam time, the newest is in the future');
			return newest > nowMs + HOUR_MS / 2
				? asAssumed('read as UTC, the newest would be in the future')
				: cannotTell('no record of the last seven hours tells Vietnam time from UTC');
		},
	},
	{
		id: 'typeCodes',
		question: 'codes of transaction types',
		assumed: 'any text',
		ifWrong: 'leave it empty',
		option: 'Transaction Types',
		how: 'a long cash history: its `transactionType`',
		judge: async (facts) => {
			const codes = (await facts.rows('cash-histories')).rows.map(({ transactionType }) => transactionType);
			const count = new Set(codes).size;
			return codes.every((code) => typeof code === 'string')
				? asAssumed(`${count} different texts`)
				: otherwise('not all are texts', { consequence: ADAPTS, option: '' });
		},
	},
	{
		id: 'transactionTypes',
		question: 'list or text for `transactionTypes` of stock transactions',
		assumed: 'a text',
		ifWrong: 'a filter by type is refused until it is set',
		option: 'Send Transaction Types As: List',
		how: 'one record, with a text and with a list',
		judge: async (facts) => {
			const text = await facts.history('stock-transactions', { transactionTypes: '1', size: 1 });
			const list = await facts.history('stock-transactions', { transactionTypes: ['1'], size: 1 });
			if (text.isSuccess) return asAssumed(list.isSuccess ? 'both are accepted' : 'a text is accepted, a list is not');
			return list.isSuccess ? otherwise('a list is accepted, a text is not') : cannotTell('neither is accepted');
		},
	},
	{
		id: 'idScope',
		question: 'scope of `transactionId`',
		assumed: 'unique within a portfolio: the key is portfolio and transaction ID',
		ifWrong: ADAPTS,
		how: 'two portfolios of one user',
		judge: async (facts) => {
			const { portfolioId, externalUserId } = await facts.portfolio();
			const known = await facts.knownPortfolios();
			const other = known.find((one) => one.externalUserId === externalUserId && one.portfolioId !== portfolioId);
			if (!other) return cannotTell('no user has two portfolios');
			const ids = new Set((await facts.rows('cash-histories')).rows.map(({ transactionId }) => transactionId));
			const others = toRows((await facts.history('cash-histories', {}, other)).data);
			const shared = others.filter(({ transactionId }) => ids.has(transactionId)).length;
			return asAssumed(shared === 0 ? 'two portfolios share no ID' : `two portfolios share ${shared} IDs`);
		},
	},
]);

async function judgeDayFilter(facts: SimplizeFacts): Promise<Finding> {
	const { rows } = await facts.rows('cash-histories');
	const day = (value: unknown): string => toVietnamTime(asText(value), 'utc')?.slice(0, 10) ?? '';
	const telling = rows.find(
		({ date, createdDate }) => day(date) !== '' && day(createdDate) !== '' && day(date) !== day(createdDate),
	);
	if (!telling) return cannotTell('no movement has two different days');
	const has = async (wanted: string): Promise<boolean> => {
		const answer = await facts.history('cash-histories', { fromDate: slashed(wanted), toDate: slashed(wanted) });
		return toRows(answer.data).some(({ transactionId }) => transactionId === telling.transactionId);
	};
	const byDate = await has(day(telling.date));
	const byCreation = await has(day(telling.createdDate));
	if (byDate === byCreation) return cannotTell(byDate ? 'it comes by both' : 'it comes by neither');
	return byDate ? asAssumed('`date`') : otherwise('`createdDate`');
}
