/** Probes of lists: how a page is cut, what it says about the whole, and in which order rows come. */
import { asNumber, asText } from '../../json';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoFacts, describeAnswer, FAR_PAGE, type List, SAMPLE_SIZE, toSampleRow } from './facts';

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
			const [before, after] = [ids(first), ids(await facts.firstPageAgain())];
			if (before.join() === after.join()) return asAssumed(`the same order twice, with ${ties} rows of equal times`);
			if ([...before].sort().join() !== [...after].sort().join()) return cannotTell('the list changed meanwhile');
			return otherwise('another order the second time');
		},
	},
]);

/** @throws CannotTell if the list was refused */
async function readFirst(facts: CassoFacts): Promise<List> {
	const list = await facts.list();
	if (!list.answer.isSuccess) throw new CannotTell(`the list was refused (${describeAnswer(list.answer)})`);
	return list;
}

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

/** Whether a page says that another one follows. */
async function hasMore(facts: CassoFacts, list: List): Promise<boolean> {
	const page = asNumber(list.paging.page) ?? 1;
	if ((asNumber(list.paging.nextPage) ?? 0) > page) return true;
	// A bare list says nothing: the next page tells.
	return list.form === 'array' && (await facts.list({ pageSize: LARGE_SIZE, page: 2 })).records.length > 0;
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
