/** Node Casso, resource Transaction, through n8n's real engine. */
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
const account = (index = 0): { id: number; accountNumber: string } => {
	const found = casso.sandbox.casso.data.accounts[index];
	if (!found) throw new Error('the sandbox has fewer accounts');
	return found;
};
const add = (input: { amount: number; memo?: string; accountId?: number }): number =>
	casso.sandbox.casso.addTransaction({ silent: true, ...input }).id;
/** The default period. */
const last7Days = { fromDate: addDays(today, -6), toDate: today };
const queries = (): unknown[] => casso.requests().map(({ path, query }) => [path, query]);

describe('Get', () => {
	const get = { resource: 'transaction', operation: 'get', transactionId: '={{ $json.id }}' };

	it('returns one transaction for each input item, linked to it', async () => {
		const ids = [add({ amount: 5 }), add({ amount: -6 })];
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
		const [json] = await casso.json(get, [{ id: add({ amount: 5 }) }]);
		expect(Object.keys(json ?? {})).toEqual([...BANK_TRANSACTION_FIELDS]);
	});

	it('Raw is the record as Casso sent it, unknown keys included', async () => {
		casso.sandbox.casso.quirks.set({ extraKeys: 'some', balanceSpelling: 'cusum_balance' });
		const [json] = await casso.json({ ...get, output: 'raw' }, [{ id: add({ amount: 5 }) }]);
		expect(json).toMatchObject({
			amount: 5,
			cusum_balance: expect.any(Number) as number,
			sandboxUnknownKey: { nested: [1, 'hai', null] },
		});
	});

	it('Selected Fields are the chosen ones, further ones included', async () => {
		const fields = ['amount', 'bookingDate', 'accountId'];
		const [json] = await casso.json({ ...get, output: 'selected', fields }, [{ id: add({ amount: 5 }) }]);
		expect(json).toEqual({ amount: 5, bookingDate: today, accountId: account().id });
	});

	it('each item has its own parameters', async () => {
		const id = add({ amount: 5 });
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
		const newest = add({ amount: 5 });
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

	describe('filters that Casso lacks', () => {
		const only = async (filters: object): Promise<unknown[]> =>
			(await casso.json({ ...everything, ...custom(today), filters: filters as IDataObject })).map(({ id }) => id);

		it.each([
			['direction in', { direction: 'in' }, [true, false, true]],
			['direction out', { direction: 'out' }, [false, true, false]],
			['any direction', { direction: 'any' }, [true, true, true]],
			['least amount, whatever the sign', { minAmount: 91_000_003 }, [false, true, true]],
			['greatest amount', { minAmount: 91_000_001, maxAmount: 91_000_003 }, [true, true, false]],
			['text, in any case', { description: 'zz-dh12' }, [true, true, false]],
			['text with wildcards', { description: 'ZZ-DH1?0*xong' }, [true, false, false]],
			['text that nobody wrote', { description: 'ZZ-DH12?!' }, [false, false, false]],
		])('%s', async (_case, filters, expected) => {
			const ids = [
				add({ amount: 91_000_001, memo: 'ZZ-DH120 da xong' }),
				add({ amount: -91_000_003, memo: 'ZZ-DH121 xong' }),
				add({ amount: 91_000_005, memo: 'ZZ-KHAC' }),
			];
			const found = await only({ minAmount: 91_000_000, ...filters });
			expect(ids.map((id) => found.includes(id))).toEqual(expected);
		});

		it('account numbers', async () => {
			const ids = [0, 1, 2].map((index) => add({ amount: 5, accountId: account(index).id }));
			const found = await only({ accountNumbers: ` ${account(0).accountNumber}, ${account(2).accountNumber} ,` });
			expect(ids.map((id) => found.includes(id))).toEqual([true, false, true]);
			expect(casso.requests().every(({ query }) => !('accountNumbers' in query))).toBe(true);
		});

		it('may be numbers, as they come from a sheet', async () => {
			const id = add({ amount: 91_000_007, memo: 'ZZ 1024 xong' });
			expect(await only({ description: 1024, minAmount: 91_000_007 })).toEqual([id]);
			expect(await only({ accountNumbers: 1, minAmount: 91_000_007 })).toEqual([]);
		});

		it.each<[string, IDataObject, string]>([
			['an expression that gives nothing', { description: '={{ $json.missing }}' }, 'Description Contains'],
			['another one', { minAmount: '={{ $json.missing }}' }, 'Minimum Amount'],
			['blanks', { description: '  ' }, 'Description Contains'],
			['no account in a list of accounts', { accountNumbers: ' , ' }, 'Account Numbers'],
			['an unknown direction', { direction: '={{ "In" }}' }, 'Direction'],
			['accounts that are none', { accountNumbers: '={{ [{}] }}' }, 'Account Numbers'],
		])('are not read as "everything": %s', async (_what, filters, named) => {
			const failure = await casso.failure({ ...everything, filters });
			expect(failure.message).toContain(named);
		});

		it('are never sent', async () => {
			await only({ direction: 'in', minAmount: 1, maxAmount: 2, description: 'x', accountNumbers: '1' });
			const known = ['fromDate', 'page', 'pageSize', 'sort', 'toDate'];
			for (const { query } of casso.requests())
				expect(Object.keys(query).filter((name) => !known.includes(name))).toEqual([]);
		});

		it('count for one page, too', async () => {
			const id = add({ amount: 91_000_001 });
			const json = await casso.json({
				...getMany,
				sort: 'DESC',
				filters: { minAmount: 91_000_000 },
				options: { page: 1 },
			});
			expect(json.map((found) => found.id)).toEqual([id]);
		});

		it('Limit counts what passes, not what was read', async () => {
			const ids = [add({ amount: 91_000_001 }), add({ amount: 91_000_002 })];
			const json = await casso.json({
				...everything,
				returnAll: false,
				limit: 2,
				filters: { minAmount: 91_000_000 },
			});
			expect(json.map(({ id }) => id).sort()).toEqual(ids);
		});
	});

	describe('of one account', () => {
		const ofOne = { ...everything, accountScope: 'one' };

		it.each(['list', 'id'] as const)('picked %s: only its transactions, with its number and bank', async (mode) => {
			const { id, accountNumber } = account(1);
			const json = await casso.json({ ...ofOne, account: locator(String(id), mode) });
			expect(json.length).toBeGreaterThan(0);
			expect(new Set(json.map((found) => found.accountNumber))).toEqual(new Set([accountNumber]));
			expect(casso.requests()[0]?.path).toBe('/v2/accounts');
			expect(casso.requests()[1]).toMatchObject({
				path: `/v2/accounts/${String(id)}/transactions`,
				query: { fromDate: longAgo, toDate: today, sort: 'ASC', page: '1' },
			});
		});

		it('has the same amounts as the list of all accounts, filtered', async () => {
			const { id, accountNumber } = account(1);
			const one = await casso.json({ ...ofOne, account: locator(id) });
			const all = await casso.json({ ...everything, filters: { accountNumbers: accountNumber } });
			expect(one.map((found) => [found.id, found.amount, found.transactedAt])).toEqual(
				all.map((found) => [found.id, found.amount, found.transactedAt]),
			);
		});

		it('is looked up once, for however many items', async () => {
			const { id } = account();
			await casso.items({ ...ofOne, returnAll: false, limit: 1, account: locator('={{ $json.id }}') }, [
				{ id },
				{ id },
				{ id },
			]);
			expect(casso.requests().filter(({ path }) => path === '/v2/accounts')).toHaveLength(1);
		});

		it.each(['vietnam', 'utc'] as const)('Times Ending in Z: %s', async (timesEndingInZ) => {
			casso.sandbox.casso.quirks.set({ zTimes: timesEndingInZ });
			const { id } = casso.sandbox.casso.addTransaction({ amount: 5, silent: true, time: `${today}T09:30:05` });
			const json = await casso.json({
				...ofOne,
				account: locator(account().id),
				...custom(today),
				options: { timesEndingInZ },
			});
			expect(json.find((found) => found.id === id)?.transactedAt).toBe(`${today}T09:30:05+07:00`);
		});

		it('Z times are Vietnam time unless said otherwise', async () => {
			casso.sandbox.casso.addTransaction({ amount: 5, silent: true, time: `${today}T09:30:05` });
			const json = await casso.json({ ...ofOne, account: locator(account().id), ...custom(today) });
			expect(json.map(({ transactedAt }) => transactedAt)).toContain(`${today}T09:30:05+07:00`);
		});
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
			return { value: text.includes('"account"') ? account().id : 3 };
		}

		it('and nothing at all was sent where the first item is the bad one', async () => {
			await casso.failure({ ...getMany, ...custom('soon') });
			await casso.failure({ resource: 'transaction', operation: 'get', transactionId: '1/2' });
			await casso.failure({ resource: 'transaction', operation: 'get', transactionId: '={{ "" }}' });
			expect(casso.requests()).toEqual([]);
		});
	});
});
