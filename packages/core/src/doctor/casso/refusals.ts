/** Probes of what Casso refuses, and how. */
import { asObject } from '../../json';
import { ADAPTS, asAssumed, cannotTell, defineProbes, otherwise } from '../report';
import { type CassoAnswer, type CassoFacts, describeAnswer, UNUSED_ID } from './facts';

export const REFUSAL_PROBES = defineProbes<CassoFacts>([
	{
		id: 'badQuery',
		question: 'the answer to impossible days, and to days in the wrong order',
		assumed: 'a failure',
		ifWrong: `${ADAPTS}: they check days before they ask`,
		how: '31 February, and a first day after the last',
		judge: async (facts) => {
			const answers = [
				await facts.get('/transactions', { fromDate: '2026-02-31', toDate: '2026-03-01', pageSize: 1 }),
				await facts.get('/transactions', { fromDate: '2026-02-02', toDate: '2026-02-01', pageSize: 1 }),
			];
			const taken = answers.filter(({ isSuccess, data }) => isSuccess && hasRows(data)).length;
			const empty = answers.filter(({ isSuccess, data }) => isSuccess && !hasRows(data)).length;
			if (taken > 0) return otherwise(`${taken} of 2 are answered as if no day had been sent`);
			if (empty > 0) return otherwise(`${empty} of 2 are answered with an empty list`);
			return asAssumed(`both are refused (${describeAnswer(answers[0] as CassoAnswer)})`);
		},
	},
	{
		id: 'errorStatus',
		question: 'the HTTP status of a failure',
		assumed: '400 or above',
		ifWrong: `${ADAPTS}: \`error\` counts, too`,
		how: 'every refusal that was seen',
		judge: async (facts) => {
			await facts.get(`/transactions/${UNUSED_ID}`);
			await facts.get(`/accounts/${UNUSED_ID}`);
			const failures = (await facts.seen()).filter(({ isSuccess, isEnvelope }) => !isSuccess && isEnvelope);
			if (failures.length === 0) return cannotTell('nothing was refused');
			const hidden = failures.filter(({ status }) => status < 400);
			if (hidden.length === 0) return asAssumed(`400 or above in all ${failures.length} refusals`);
			return otherwise(`below 400 in ${hidden.length} of ${failures.length} refusals`);
		},
	},
	{
		id: 'limits',
		question: 'the limits of the API',
		assumed: 'four pages at once are allowed; after HTTP 429 one at a time, at the pace that was accepted',
		ifWrong: 'reads are slower; set it to 1',
		option: 'Pages in Parallel: 1',
		how: 'not provoked: a 429 during the run tells',
		judge: ({ asker: { limits, sent } }) => {
			if (limits.length === 0) return cannotTell(`none in ${sent} requests, one at a time`);
			const [wait] = limits;
			const pause = wait === undefined ? 'without a pause' : `with a pause of ${Math.round(wait / 1000)} s`;
			return otherwise(`HTTP 429 after one request at a time, ${pause}`);
		},
	},
]);

function hasRows(data: unknown): boolean {
	const records: unknown = Array.isArray(data) ? data : asObject(data)?.records;
	return Array.isArray(records) && records.length > 0;
}
