/** Get Many, Return All, through n8n's engine: exact while the list moves, sparing with requests, patient with limits. */
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom } from './harness/engine';
import type { IDataObject } from 'n8n-workflow';

const LIST = '/v2/transactions';
const getMany: IDataObject = {
	resource: 'transaction',
	operation: 'getAll',
	returnAll: true,
	...custom('2020-01-01'),
};

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});

afterAll(async () => {
	await casso.sandbox.close();
});

beforeEach(() => {
	casso.sandbox.casso.reset();
});

function truth(): number[] {
	return casso.sandbox.casso.data.transactions.range(null, -Infinity, Infinity).list.map(({ id }) => id);
}

async function ids(parameters: IDataObject = {}): Promise<unknown[]> {
	return (await casso.json({ ...getMany, ...parameters })).map(({ id }) => id);
}

it.each([1, 4, 10])('gives every transaction once, in order, with %i pages in parallel', async (parallel) => {
	expect(await ids({ options: { pageSize: 10, parallel } })).toEqual(truth());
	expect(casso.requests()).toHaveLength(12);
});

it('is exact while transactions arrive between the pages', async () => {
	const before = truth();
	const time = Date.now() - 20 * 86_400_000;
	casso.sandbox.casso.faults.add({ kind: 'insertWhilePaging', path: LIST, transactions: [{ amount: 1, time }] });
	const found = await ids({ options: { pageSize: 10 } });
	expect(new Set(found).size).toBe(found.length);
	expect(found.filter((id) => before.includes(id as number))).toEqual(before);
});

it('is exact where rows of one time change places, and the server caps its pages', async () => {
	casso.sandbox.casso.quirks.set({ bankTimes: 'dateOnly', maxPageSize: 7, pageEnd: 'missing' });
	casso.sandbox.casso.faults.add({ kind: 'shuffleTies', path: LIST });
	const found = await ids();
	expect([...found].sort()).toEqual(truth().sort());
});

it('is the same for one account', async () => {
	const [account] = casso.sandbox.casso.data.accounts;
	const found = await ids({ accountScope: 'one', account: locator(account?.id ?? 0), options: { pageSize: 5 } });
	const { list, start, end } = casso.sandbox.casso.data.transactions.range(account?.id ?? null, -Infinity, Infinity);
	expect(found).toEqual(list.slice(start, end).map(({ id }) => id));
});

it.each(['missing', 'zero', 'tooLow'] as const)('is whole where totals are %s', async (totals) => {
	casso.sandbox.casso.quirks.set({ totals });
	expect(await ids({ options: { pageSize: 10 } })).toEqual(truth());
});

it('is whole from bare lists', async () => {
	casso.sandbox.casso.quirks.set({ listForm: 'array' });
	expect(await ids({ options: { pageSize: 10 } })).toEqual(truth());
});

it('says why, where the list never comes to rest', async () => {
	casso.sandbox.casso.faults.add({ kind: 'deleteWhilePaging', path: LIST });
	const { message, description } = await casso.failure({ ...getMany, options: { pageSize: 10 } });
	expect(message).toMatch(/could not be read completely: .*\[item 0\]/);
	expect(description).toContain('shorter range of days');
});

it('says why, where pages never end', async () => {
	casso.sandbox.casso.faults.add({ kind: 'endlessPages', records: 'fresh', path: LIST });
	expect((await casso.failure({ ...getMany, options: { pageSize: 50 } })).message).toContain(
		'there were still more pages after',
	);
});

it('is whole where the last page comes again for ever', async () => {
	casso.sandbox.casso.faults.add({ kind: 'endlessPages', records: 'last', path: LIST });
	expect(await ids({ options: { pageSize: 50 } })).toEqual(truth());
});

it('stops early at a limit, with a filter too', async () => {
	expect(await casso.json({ ...getMany, returnAll: false, limit: 5 })).toHaveLength(5);
	expect(casso.requests().map(({ query }) => query.pageSize)).toEqual(['5']);
	casso.sandbox.casso.requests.clear();
	const found = await casso.json({
		...getMany,
		returnAll: false,
		limit: 3,
		filters: { direction: 'in' },
		options: { pageSize: 20 },
	});
	expect(found.map(({ amount }) => (amount as number) > 0)).toEqual([true, true, true]);
	expect(casso.requests()).toHaveLength(1);
});

it('waits as long as the service asks, and fails no request', async () => {
	casso.sandbox.casso.faults.add({ kind: 'rateLimit', requestsPerSecond: 8, path: LIST });
	expect(await ids({ options: { pageSize: 10 } })).toEqual(truth());
	expect(casso.requests().filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

it.each([0, 11, 2.5])('refuses %p pages in parallel by the name of the field', async (parallel) => {
	expect((await casso.failure({ ...getMany, options: { parallel } })).message).toMatch(/^Pages in Parallel: /);
});
