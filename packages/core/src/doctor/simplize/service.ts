/** Probes of everything but histories: failures, the sync status, portfolios, limits. */
import { asObject, asText } from '../../json';
import { ADAPTS, asAssumed, cannotTell, defineProbes, otherwise } from '../report';
import { describeAnswer, type SimplizeFacts, toRows } from './facts';

/** No portfolio has such an ID yet. */
const UNUSED_ID = 2_000_000_000;

/** `limits` is last: it tells what all the requests of a run met. */
export const SERVICE_PROBES = defineProbes<SimplizeFacts>([
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
