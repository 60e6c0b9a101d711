/** Probes of lists: how a page is cut, what it says about the whole, and in which order rows come. */
import { asNumber } from '../../json';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, otherwise } from '../report';
import { type CassoFacts, describeAnswer, type List, toSampleRow } from './facts';

/** Asked for in one page to find a maximum. */
const LARGE_SIZE = 1000;

/** What the nodes ask for unless a user sets another size. */
const USUAL_SIZE = 50;

export const PAGING_PROBES = defineProbes<CassoFacts>([
	{
		id: 'pageSize',
		question: 'the maximum page size',
		assumed: '50 is allowed',
		ifWrong: `${ADAPTS}; what comes back counts, not what was asked`,
		how: 'a page of 1,000 rows',
		judge: async (facts) => {
			const large = await facts.list({ pageSize: LARGE_SIZE });
			if (!large.answer.isSuccess) {
				const usual = await facts.list({ pageSize: USUAL_SIZE });
				const seen = `${LARGE_SIZE} rows in a page are refused (${describeAnswer(large.answer)})`;
				if (usual.answer.isSuccess) return asAssumed(`${seen}, ${USUAL_SIZE} are not`);
				return otherwise(`${seen}, and ${USUAL_SIZE} too`, { option: 'Page Size', consequence: 'Set it to 10.' });
			}
			const rows = large.records.length;
			if (rows >= LARGE_SIZE) return asAssumed(`${LARGE_SIZE} rows in a page came as asked`);
			if (!(await hasMore(facts, large))) {
				if (rows >= USUAL_SIZE) return asAssumed(`all ${rows} rows came in one page`);
				return cannotTell(`this key sees only ${rows} transactions`);
			}
			return rows >= USUAL_SIZE
				? asAssumed(`at most ${rows} rows come in a page`)
				: otherwise(`at most ${rows} rows come in a page`);
		},
	},
	{
		id: 'listForm',
		question: 'the form of a list',
		assumed: 'an object with `records` and totals',
		ifWrong: `${ADAPTS}: a bare list is read until a page is empty`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const { form } = await readFirst(facts);
			if (form === 'paging') return asAssumed('an object with records');
			if (form === 'array') return otherwise('a bare list');
			if (form === 'null') return cannotTell('the list is empty');
			return otherwise('neither an object with records nor a list', {
				consequence: 'Transactions cannot be read.',
				todo: 'new version',
			});
		},
	},
	{
		id: 'firstPage',
		question: 'whether the first page is number 1',
		assumed: 'it is',
		ifWrong: 'reads fail, since rows are missing',
		needsVersion: true,
		how: 'the newest transactions, with `page=1` and without',
		judge: async (facts) => {
			const ids = (list: List): string => list.records.map((raw) => toSampleRow(raw).id).join();
			const [usual, first] = [ids(await readFirst(facts)), ids(await facts.list({ page: 1 }))];
			if (usual === '') return cannotTell('the list is empty');
			return usual === first ? asAssumed('the same rows with page=1 and without') : otherwise('page=1 has other rows');
		},
	},
	{
		id: 'sort',
		question: 'whether `sort=DESC` is obeyed',
		assumed: 'it is: the newest come first',
		ifWrong: 'a *Limit* may return the oldest instead of the newest',
		needsVersion: true,
		how: 'the newest transactions',
		judge: async (facts) => {
			const times = (await facts.sample()).map(({ time }) => time).filter((time) => time !== null);
			if (new Set(times).size < 2) return cannotTell('fewer than two different times');
			const rising = times.filter((time, place) => time > (times[place - 1] ?? time)).length;
			const falling = times.filter((time, place) => time < (times[place - 1] ?? time)).length;
			if (rising === 0) return asAssumed(`${times.length} rows, newest first`);
			return falling === 0 ? otherwise('the oldest come first') : otherwise('rows are not in order of their times');
		},
	},
]);

/** @throws CannotTell if the list was refused */
export async function readFirst(facts: CassoFacts): Promise<List> {
	const list = await facts.list();
	if (!list.answer.isSuccess) throw new CannotTell(`the list was refused (${describeAnswer(list.answer)})`);
	return list;
}

/** Whether a page says that another one follows. */
export async function hasMore(facts: CassoFacts, list: List): Promise<boolean> {
	const page = asNumber(list.paging.page) ?? 1;
	if ((asNumber(list.paging.nextPage) ?? 0) > page) return true;
	// A bare list says nothing: the next page tells.
	return list.form === 'array' && (await facts.list({ pageSize: LARGE_SIZE, page: 2 })).records.length > 0;
}
