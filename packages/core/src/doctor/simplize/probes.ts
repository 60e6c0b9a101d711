/** What is not known about Simplize. */
import { asObject, asText } from '../../json';
import { slashed } from '../../simplize/historyQuery';
import { DEFAULT_PROFILE } from '../../simplize/signing/profile';
import { toVietnamTime } from '../../time';
import { ADAPTS, asAssumed, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { describeAnswer, HISTORY_SIZE, type SimplizeFacts, toRows, TRY_WAYS_TO_SIGN } from './facts';

/** No portfolio has such an ID yet. */
const UNUSED_ID = 2_000_000_000;

/** What the nodes ask for unless a user sets another size. */
const USUAL_SIZE = 100;

const HOUR_MS = 3_600_000;

export const SIMPLIZE_PROBES = defineProbes<SimplizeFacts>([
	{
		id: 'baseUrl',
		question: 'base URL, test server',
		assumed: 'none: you enter it',
		ifWrong: 'ask your contact at Simplize',
		option: 'Base URL',
		how: 'ask your contact at Simplize',
		needs: 'person',
	},
	{
		id: 'signaturePayload',
		question: 'which text is signed',
		assumed: 'query, directly followed by the body',
		ifWrong: 'requests with a body are refused until it is set',
		option: 'Signature Payload',
		how: 'one record by POST, which tells; other ways only with `--detect`',
		judge: async (facts) => {
			const { payload, refusal } = await facts.signing();
			if (payload) return judgeSigned(facts, 'payload', payload, 'Signature Payload');
			if (refusal === undefined) return cannotTell('no portfolio is known: give SIMPLIZE_USER and SIMPLIZE_PORTFOLIO');
			const next = facts.extras.detect ? 'ask your contact at Simplize which text is signed' : TRY_WAYS_TO_SIGN;
			const consequence = `If user and portfolio are right, ${next}.`;
			return otherwise(`requests with a body are refused (${refusal})`, { consequence, option: '', todo: 'set' });
		},
	},
	{
		id: 'signatureEncoding',
		question: 'hex or Base64',
		assumed: 'lower-case hex',
		ifWrong: 'every request is refused until it is set',
		option: 'Signature Encoding',
		how: 'the users; other ways only with `--detect`',
		judge: async (facts) => judgeSigned(facts, 'encoding', (await facts.signing()).encoding, 'Signature Encoding'),
	},
	{
		id: 'secret',
		question: 'which secret signs',
		assumed: 'one of its own, beside the key',
		ifWrong: 'enter the other one',
		option: 'API Secret',
		how: 'ask your contact at Simplize',
		needs: 'person',
	},
	{
		id: 'escaping',
		question: 'whether IDs are signed escaped',
		assumed: 'by RFC 3986, before signing; a warning is shown',
		ifWrong: 'use user IDs without special characters',
		option: 'User',
		how: 'a portfolio of a user whose ID has special characters',
		judge: async (facts) => {
			await facts.signing();
			const [portfolio] = await facts.knownPortfolios(true);
			if (!portfolio) return cannotTell('no user ID has special characters');
			const answer = await facts.detail(portfolio);
			return answer.isSuccess ? asAssumed('such a user is accepted') : otherwise(`refused (${describeAnswer(answer)})`);
		},
	},
	{
		id: 'recvWindow',
		question: 'how far the clock may be off',
		assumed: '5 seconds back, 1 ahead',
		ifWrong: 'set the clock of this machine; meanwhile set it to 60000',
		option: 'Receive Window (Milliseconds)',
		how: 'if requests are refused, one with a window of a minute',
		judge: async (facts) =>
			(await facts.signing()).needsWindow
				? otherwise('requests are accepted with a window of a minute only')
				: asAssumed('requests are accepted within 5 seconds'),
	},
	{
		id: 'failures',
		question: 'the form of failures, their statuses',
		assumed: 'HTTP 300 and above',
		ifWrong: `${ADAPTS}: \`status\` other than 200 counts, too`,
		how: 'a portfolio that nobody has',
		judge: async (facts) => {
			const { externalUserId } = await facts.portfolio();
			const answer = await facts.history('cash-histories', { size: 1 }, { externalUserId, portfolioId: UNUSED_ID });
			if (answer.isSuccess) return otherwise('success with no such portfolio');
			return answer.status >= 300 ? asAssumed(describeAnswer(answer)) : otherwise(describeAnswer(answer));
		},
	},
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
		id: 'syncStatus',
		question: 'the list of failures in the sync status, and whose ID `userId` is',
		assumed: 'every list counts; passed on',
		ifWrong: 'look at it with Output: Raw',
		option: 'Output: Raw',
		how: 'the sync status and the users',
		judge: async (facts) => {
			const { rows: users } = await facts.users();
			const { data, isSuccess } = await facts.syncStatus();
			const record = asObject(data);
			if (!isSuccess || !record) return cannotTell('there is no sync status');
			const lists = Object.values(record).filter((value) => Array.isArray(value));
			const rows = lists.flatMap((list) => toRows(list));
			const own = new Set(users.map(({ externalUserId }) => asText(externalUserId)));
			const theirs = new Set(users.map(({ userId }) => asText(userId)));
			const ids = rows.map(({ userId }) => asText(userId));
			const whose = `${ids.filter((id) => own.has(id)).length} of ${ids.length} are the partner's, ${ids.filter((id) => theirs.has(id)).length} Simplize's`;
			return asAssumed(`${lists.length} lists; ${whose}`);
		},
	},
	{
		id: 'portfolioFields',
		question: 'further fields of a portfolio',
		assumed: 'passed on in *Raw*',
		ifWrong: 'look at it with Output: Raw',
		option: 'Output: Raw',
		how: 'one portfolio',
		judge: async (facts) => {
			const { data, isSuccess } = await facts.detail(await facts.portfolio());
			const fields = Object.keys(asObject(data) ?? {}).length;
			return isSuccess && fields > 0 ? asAssumed(`${fields} fields`) : cannotTell('no portfolio came');
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
	{
		id: 'replays',
		question: 'whether the same signed request may come twice',
		assumed: 'it may not be relied on: each attempt is signed again',
		ifWrong: ADAPTS,
		how: 'not asked: the answer changes nothing',
		needs: 'person',
	},
	{
		id: 'limits',
		question: 'limits',
		assumed: 'one page at a time is allowed; 429 and 5xx are tried again',
		ifWrong: 'reads are slower: choose shorter ranges of days',
		how: 'not provoked: a 429 during the run tells',
		judge: ({ asker: { limits, sent } }) =>
			limits.length === 0
				? cannotTell(`none in ${sent} requests, one at a time`)
				: otherwise('HTTP 429 after one at a time'),
	},
]);

function judgeSigned(facts: SimplizeFacts, part: 'payload' | 'encoding', accepted: string, option: string): Finding {
	const isConfigured = (facts.extras.profile ?? DEFAULT_PROFILE)[part] === accepted;
	const evidence = `${accepted} is accepted`;
	if (!isConfigured) return otherwise(evidence, { option: `${option}: ${accepted}` });
	if (accepted === DEFAULT_PROFILE[part]) return asAssumed(accepted);
	return otherwise(evidence, { option: '', consequence: 'It is set already.' });
}

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
