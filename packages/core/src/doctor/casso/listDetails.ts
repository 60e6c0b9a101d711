/** Details of lists, days and failures that the nodes adapt to: whatever the answer, a user has nothing to do. */
import { asNumber, asObject, asText } from '../../json';
import { addDays } from '../../time';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import {
	type CassoAnswer,
	type CassoFacts,
	describeAnswer,
	type List,
	SAMPLE_SIZE,
	toList,
	toSampleRow,
	UNUSED_ID,
} from './facts';
import { hasMore, readFirst } from './paging';

/** A page far behind the end of any list. */
const FAR_PAGE = 100_000;

export const LIST_DETAILS = defineProbes<CassoFacts>([
	{
		id: 'totals',
		question: 'whether `totalRecords` and `totalPages` are right',
		assumed: 'they are; they are checked in every read',
		ifWrong: `${ADAPTS}: pages are read one after the other, twice if need be, until nothing can be missing`,
		how: 'the first page, the last page and the one after it',
		judge: judgeTotals,
	},
	{
		id: 'pageNumbers',
		question: 'whether `page` and `pageSize` are numbers',
		assumed: 'they are',
		ifWrong: `${ADAPTS}: digits as text are read too`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const { page, pageSize } = (await readPaging(facts)).paging;
			if (page === undefined && pageSize === undefined) return otherwise('neither is there');
			const isNumber = [page, pageSize].every((value) => value === undefined || typeof value === 'number');
			return isNumber ? asAssumed('numbers') : otherwise('digits as text, or something else');
		},
	},
	{
		id: 'pageEnds',
		question: '`nextPage` and `prevPage` at the ends',
		assumed: 'null',
		ifWrong: `${ADAPTS}: null, 0 and missing mean the same; the totals decide`,
		how: 'the first page and the last page',
		judge: async (facts) => {
			const first = await readPaging(facts);
			const ends = [describeEnd(first.paging, 'prevPage')];
			const last = await readLast(facts, first);
			if (last && !(await hasMore(facts, last))) ends.push(describeEnd(last.paging, 'nextPage'));
			const found = [...new Set(ends)].join(' and ');
			return found === 'null' ? asAssumed('null') : otherwise(found);
		},
	},
	{
		id: 'pastEnd',
		question: 'what a page past the end has',
		assumed: 'no rows',
		ifWrong: `${ADAPTS}: a page without a new row ends the list`,
		how: 'page 100,000',
		judge: async (facts) => {
			const sample = await facts.sample();
			const { answer, records } = await facts.list({ page: FAR_PAGE });
			if (!answer.isSuccess) return otherwise(`it is refused (${describeAnswer(answer)})`);
			if (records.length === 0) return asAssumed('no rows');
			const known = new Set(sample.map(({ id }) => id));
			const isKnown = records.every((raw) => known.has(toSampleRow(raw).id));
			return otherwise(isKnown ? 'rows that came before' : 'rows');
		},
	},
	{
		id: 'tieOrder',
		question: 'whether rows of one time keep their order',
		assumed: 'they do; if not, such rows are read again',
		ifWrong: `${ADAPTS}; *Pages in Parallel* 1 makes it rarer`,
		how: 'the first page, twice',
		judge: async (facts) => {
			const first = await readFirst(facts);
			const times = first.records.map(toSampleRow).map(({ time }) => time);
			const ties = times.filter((time, place) => time !== null && time === times[place - 1]).length;
			if (ties === 0) return cannotTell('no two rows of one time on the first page');
			const ids = (list: List): string[] => list.records.map((raw) => toSampleRow(raw).id);
			const again = await facts.call({ method: 'GET', path: '/transactions', query: facts.firstPage });
			const [before, after] = [ids(first), ids(toList(again))];
			if (before.join() === after.join()) return asAssumed(`the same order twice, with ${ties} rows of equal times`);
			if ([...before].sort().join() !== [...after].sort().join()) return cannotTell('the list changed meanwhile');
			return otherwise('another order the second time');
		},
	},
	{
		id: 'defaultDays',
		question: 'how many days come if none are asked for',
		assumed: 'the last 7 days',
		ifWrong: `${ADAPTS}: every read sends its days`,
		how: 'the list without days, and the newest row before it',
		judge: judgeDefaultDays,
	},
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
			const seen = await Promise.allSettled(facts.answers.values());
			const answers = seen.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
			const failures = answers.filter(({ isSuccess, isEnvelope }) => !isSuccess && isEnvelope);
			if (failures.length === 0) return cannotTell('nothing was refused');
			const hidden = failures.filter(({ status }) => status < 400);
			if (hidden.length === 0) return asAssumed(`400 or above in all ${failures.length} refusals`);
			return otherwise(`below 400 in ${hidden.length} of ${failures.length} refusals`);
		},
	},
]);

async function readPaging(facts: CassoFacts): Promise<List> {
	const list = await readFirst(facts);
	if (list.form !== 'paging') throw new CannotTell('the list has no such fields');
	return list;
}

/** The last page by the first page's word; undefined if it cannot be known. */
async function readLast(facts: CassoFacts, first: List): Promise<List | undefined> {
	const pages = asNumber(first.paging.totalPages);
	if (pages === null || pages < 1 || pages > FAR_PAGE || !Number.isInteger(pages)) return undefined;
	return pages === 1 ? first : await facts.list({ page: pages });
}

function describeEnd(paging: Record<string, unknown>, name: string): string {
	const value = paging[name];
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	return asText(value) === '0' ? '0' : 'another value';
}

async function judgeTotals(facts: CassoFacts): Promise<Finding> {
	const first = await readPaging(facts);
	const total = asNumber(first.paging.totalRecords);
	const pages = asNumber(first.paging.totalPages);
	const rows = first.records.length;
	if (total === null && pages === null) return otherwise('both are missing');
	if (total === null || pages === null) return otherwise('one of them is missing');
	if (rows === 0) return total === 0 ? cannotTell('the list is empty') : otherwise('they count rows of an empty list');
	if (total < rows || pages < 1) return otherwise('they are lower than what came');
	if (pages > FAR_PAGE || !Number.isInteger(pages)) return otherwise('they are no possible count');
	const last = await readLast(facts, first);
	const known = new Set(first.records.map((raw) => toSampleRow(raw).id));
	const expected = total - (pages - 1) * rows;
	if (pages > 1 && last) {
		const isRepeated = last.records.length > 0 && last.records.every((raw) => known.has(toSampleRow(raw).id));
		if (last.records.length < expected || last.records.length === 0 || isRepeated)
			return otherwise('they are higher than what there is');
		for (const raw of last.records) known.add(toSampleRow(raw).id);
	}
	const past = await facts.list({ page: pages + 1 });
	if (past.records.some((raw) => !known.has(toSampleRow(raw).id)))
		return otherwise('they are lower than what there is');
	if (expected < 1 || expected > rows || (last && last.records.length !== expected))
		return otherwise('they do not fit together');
	return asAssumed(
		pages === 1 ? `${rows < SAMPLE_SIZE ? 'one page' : 'one full page'}, right` : `right over ${pages} pages`,
	);
}

async function judgeDefaultDays(facts: CassoFacts): Promise<Finding> {
	const recent = await facts.list({ fromDate: undefined, toDate: undefined, sort: undefined });
	if (!recent.answer.isSuccess) return otherwise('a list without days is refused');
	const days = recent.records.map((raw) => toSampleRow(raw).time?.slice(0, 10)).filter((day) => day !== undefined);
	const [first] = [...days].sort();
	const oldest = first === undefined ? -1 : facts.age(first);
	const isWhole = recent.records.length === asNumber(recent.paging.totalRecords);
	if (!isWhole && (days.length < 2 || days[0] !== first)) return cannotTell('the oldest row did not come in one page');
	if (oldest > 7) return otherwise(`at least ${oldest} days`);
	const before = await facts.list({ toDate: addDays(facts.today, -oldest - 1), pageSize: 10 });
	const [next] = before.records.map((raw) => toSampleRow(raw).time?.slice(0, 10)).filter((day) => day !== undefined);
	if (next === undefined) return cannotTell('no older transaction shows where it ends');
	const end = facts.age(next);
	if (end < 7) return otherwise(`fewer: a transaction ${plural(end)} old does not come`);
	if (end > 30 || oldest < 0) return cannotTell('too few transactions show where it ends');
	return asAssumed(`a transaction ${plural(oldest)} old comes, one ${plural(end)} old does not`);
}

const plural = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

function hasRows(data: unknown): boolean {
	const records: unknown = Array.isArray(data) ? data : asObject(data)?.records;
	return Array.isArray(records) && records.length > 0;
}
