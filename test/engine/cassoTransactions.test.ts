/** Node Casso, resource Transaction, through n8n's real engine: which requests are made, what comes out, what is refused. */
import type { IDataObject } from 'n8n-workflow';
import { addDays, BANK_TRANSACTION_FIELDS, vietnamDay } from '@saoke/core';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom } from './harness/engine';

let casso: CassoEngine;
const today = vietnamDay(Date.now());
const longAgo = addDays(today, -90);

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const getMany = { resource: 'transaction', operation: 'getAll' };
const everything = { ...getMany, returnAll: true, ...custom(longAgo) };
/** The default period. */
const last7Days = { fromDate: addDays(today, -6), toDate: today };
const queries = (): unknown[] => casso.requests().map(({ path, query }) => [path, query]);

describe('Get', () => {
	const get = { resource: 'transaction', operation: 'get', transactionId: '={{ $json.id }}' };

	it('returns one transaction for each input item, linked to it', async () => {
		const ids = [casso.add({ amount: 5 }), casso.add({ amount: -6 })];
		const items = await casso.items(
			get,
			ids.map((id) => ({ id })),
		);
		expect(items.map(({ json, pairedItem }) => [json.id, json.amount, pairedItem])).toEqual([
			[ids[0], 5, { item: 0 }],
			[ids[1], -6, { item: 1 }],
		]);
	});

	it('0 is an id', async () => {
		casso.sandbox.casso.addTransaction({ id: 0, amount: 7, silent: true });
		expect(await casso.json(get, [{ id: 0 }])).toMatchObject([{ id: 0, amount: 7 }]);
	});

	it('Simplified has the ten fields in the order of the contract', async () => {
		const [json] = await casso.json(get, [{ id: casso.add({ amount: 5 }) }]);
		expect(Object.keys(json ?? {})).toEqual([...BANK_TRANSACTION_FIELDS]);
	});

	it('Raw is the record as Casso sent it, unknown keys included', async () => {
		casso.sandbox.casso.quirks.set({ extraKeys: 'some', balanceSpelling: 'cusum_balance' });
		const [json] = await casso.json({ ...get, output: 'raw' }, [{ id: casso.add({ amount: 5 }) }]);
		expect(json).toMatchObject({
			amount: 5,
			cusum_balance: expect.any(Number) as number,
			sandboxUnknownKey: { nested: [1, 'hai', null] },
		});
	});

	it('Selected Fields are the chosen ones, further ones included', async () => {
		const fields = ['amount', 'bookingDate', 'accountId'];
		const [json] = await casso.json({ ...get, output: 'selected', fields }, [{ id: casso.add({ amount: 5 }) }]);
		expect(json).toEqual({ amount: 5, bookingDate: today, accountId: casso.account().id });
	});

	it('each item has its own parameters', async () => {
		const id = casso.add({ amount: 5 });
		const [first, second] = await casso.json({ ...get, output: '={{ $json.output }}' }, [
			{ id, output: 'raw' },
			{ id, output: 'simplified' },
		]);
		expect([first?.tid === undefined, second?.reference === undefined]).toEqual([false, false]);
	});
});

describe('Get Many', () => {
	it('Return All brings every transaction once, over all pages', async () => {
		const json = await casso.json(everything);
		expect(json).toHaveLength(120);
		expect(new Set(json.map(({ id }) => id)).size).toBe(120);
		expect(casso.requests()).toHaveLength(3);
	});

	it('the last 7 days are read, today included, unless another period is chosen', async () => {
		await casso.items({ ...getMany, returnAll: true, filters: {}, options: {} });
		expect(queries()).toEqual([['/v2/transactions', { ...last7Days, sort: 'ASC', page: '1', pageSize: '50' }]]);
	});

	it('also if one page is read', async () => {
		await casso.items({ ...getMany, options: { page: 1 } });
		expect(queries()).toEqual([['/v2/transactions', { ...last7Days, sort: 'ASC', page: '1' }]]);
	});

	it('one page with nothing else chosen leaves the page size to Casso', async () => {
		const json = await casso.json({ ...getMany, ...custom(longAgo), options: { page: 2 } });
		expect(json).toHaveLength(10);
		expect(queries()).toEqual([['/v2/transactions', { fromDate: longAgo, toDate: today, sort: 'ASC', page: '2' }]]);
	});

	it('every parameter reaches Casso as documented', async () => {
		await casso.items({
			...getMany,
			...custom('2026-01-05T00:00:00', '2026-02-05T23:59:59'),
			sort: 'DESC',
			options: { page: 3, pageSize: 20 },
		});
		expect(queries()).toEqual([
			['/v2/transactions', { fromDate: '2026-01-05', toDate: '2026-02-05', sort: 'DESC', page: '3', pageSize: '20' }],
		]);
	});

	it.each([
		['a day', '2026-01-31', '2026-01-31'],
		['the date picker', '2026-01-31T00:00:00', '2026-01-31'],
		['an ISO time in UTC', '2026-01-31T20:00:00.000Z', '2026-02-01'],
		['luxon', "={{ DateTime.fromISO('2026-01-31T20:00:00', { zone: 'utc' }) }}", '2026-02-01'],
		['luxon as text', "={{ DateTime.fromISO('2026-01-31T20:00:00', { zone: 'utc' }).toISO() }}", '2026-02-01'],
		['a JavaScript date', "={{ new Date('2026-01-31T20:00:00Z') }}", '2026-02-01'],
	])('a date may be %s and means the day in Vietnam', async (_form, fromDate, day) => {
		await casso.items({ ...getMany, ...custom(fromDate, '2026-02-01'), options: { page: 1 } });
		expect(casso.requests()[0]?.query).toEqual({ fromDate: day, toDate: '2026-02-01', sort: 'ASC', page: '1' });
	});

	it('Limit stops at that many, and reads no further page', async () => {
		expect(await casso.json({ ...everything, returnAll: false, limit: 3 })).toHaveLength(3);
		expect(casso.requests()).toHaveLength(1);
	});

	it('the default limit is 50', async () => {
		expect(await casso.json({ ...getMany, ...custom(longAgo) })).toHaveLength(50);
	});

	it('sorting is Casso’s', async () => {
		const newest = casso.add({ amount: 5 });
		const json = await casso.json({ ...everything, returnAll: false, limit: 1, sort: 'DESC' });
		expect(json).toMatchObject([{ id: newest }]);
	});

	it('several items with different parameters, each result linked to its item', async () => {
		const parameters = {
			...getMany,
			returnAll: false,
			limit: '={{ $json.limit }}',
			...custom('={{ $json.from }}'),
			sort: '={{ $json.sort }}',
		};
		const items = await casso.items(parameters, [
			{ limit: 2, from: longAgo, sort: 'ASC' },
			{ limit: 1, from: today, sort: 'DESC' },
			{ limit: 3, from: longAgo, sort: 'DESC' },
		]);
		const paired = items.map(({ pairedItem }) => pairedItem);
		expect(paired.filter((pair) => JSON.stringify(pair) === '{"item":0}')).toHaveLength(2);
		expect(paired.filter((pair) => JSON.stringify(pair) === '{"item":2}')).toHaveLength(3);
		expect(casso.requests().map(({ query }) => [query.fromDate, query.sort])).toEqual([
			[longAgo, 'ASC'],
			[today, 'DESC'],
			[longAgo, 'DESC'],
		]);
	});

	describe('refused before any request, naming the field and the item', () => {
		it.each([
			['From: This is not a date [item 1]', custom('={{ $json.value }}'), 'soon'],
			['To: This is not a date [item 1]', custom('2026-01-01', '={{ $json.value }}'), '2026-02-30'],
			['From: The first day is after the last day [item 1]', custom('={{ $json.value }}', '2026-01-01'), '2026-01-02'],
			['Limit: Must be a whole number, 1 or greater [item 1]', { limit: '={{ $json.value }}' }, 0],
			['Limit: Must be a whole number, 1 or greater [item 1]', { limit: '={{ $json.value }}' }, 'many'],
			['Page: Must be a whole number, 1 or greater [item 1]', { options: { page: '={{ $json.value }}' } }, -1],
			[
				'Page Size: Must be a whole number from 1 to 10000 [item 1]',
				{ options: { pageSize: '={{ $json.value }}' } },
				1.5,
			],
			['Sort: The order is neither ASC nor DESC [item 1]', { sort: '={{ $json.value }}' }, 'newest'],
			[
				'Minimum Amount: Must be a whole number of VND, 0 or greater [item 1]',
				{ filters: { minAmount: '={{ $json.value }}' } },
				'100.000',
			],
			[
				'Minimum Amount: Must be a whole number of VND, 0 or greater [item 1]',
				{ filters: { minAmount: '={{ $json.value }}' } },
				-5,
			],
			[
				'Maximum Amount: Must be a whole number of VND, 0 or greater [item 1]',
				{ filters: { maxAmount: '={{ $json.value }}' } },
				'1e5',
			],
			[
				'Minimum Amount: The minimum amount is above the maximum [item 1]',
				{ filters: { minAmount: '={{ $json.value }}', maxAmount: 5 } },
				6,
			],
			[
				'Account: This is neither a Casso ID nor an account number [item 1]',
				{ accountScope: 'one', account: locator('={{ $json.value }}') },
				'../webhooks',
			],
			[
				'Account: The expression returned no value [item 1]',
				{ accountScope: 'one', account: locator('={{ $json.value }}') },
				'',
			],
		])('%s', async (message, parameters, value) => {
			const node = { ...getMany, options: { page: 1 }, ...parameters };
			const good = goodValueFor(parameters);
			await casso.items(node, [good]);
			const sentForTheGoodOne = casso.requests().length;
			casso.sandbox.casso.requests.clear();
			const failed = await casso.failure(node, [good, { value }]);
			expect(failed.message).toBe(message);
			expect(failed.description).toBeTruthy();
			expect(casso.requests()).toHaveLength(sentForTheGoodOne);
		});

		/** A first item that passes, so that the second is the one to blame. */
		function goodValueFor(parameters: object): IDataObject {
			const text = JSON.stringify(parameters);
			if (text.includes('Date')) return { value: '2026-01-01' };
			if (text.includes('sort')) return { value: 'ASC' };
			return { value: text.includes('"account"') ? casso.account().id : 3 };
		}

		it('and nothing at all was sent where the first item is the bad one', async () => {
			await casso.failure({ ...getMany, ...custom('soon') });
			await casso.failure({ resource: 'transaction', operation: 'get', transactionId: '1/2' });
			await casso.failure({ resource: 'transaction', operation: 'get', transactionId: '={{ "" }}' });
			expect(casso.requests()).toEqual([]);
		});
	});
});
