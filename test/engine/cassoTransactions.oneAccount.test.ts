/** Transaction: Get Many of one account, whose records Casso writes in another dialect. */
import { addDays, vietnamDay } from '@saoke/core';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom } from './harness/engine';

let casso: CassoEngine;
const today = vietnamDay(Date.now());

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const longAgo = addDays(today, -90);
const everything = { resource: 'transaction', operation: 'getAll', returnAll: true, ...custom(longAgo) };

describe('Get Many', () => {
	describe('of one account', () => {
		const ofOne = { ...everything, accountScope: 'one' };

		it.each(['list', 'id'] as const)('picked %s: only its transactions, with its number and bank', async (mode) => {
			const { id, accountNumber } = casso.account(1);
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
			const { id, accountNumber } = casso.account(1);
			const one = await casso.json({ ...ofOne, account: locator(id) });
			const all = await casso.json({ ...everything, filters: { accountNumbers: accountNumber } });
			expect(one.map((found) => [found.id, found.amount, found.transactedAt])).toEqual(
				all.map((found) => [found.id, found.amount, found.transactedAt]),
			);
		});

		it('is looked up once, for however many items', async () => {
			const { id } = casso.account();
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
				account: locator(casso.account().id),
				...custom(today),
				options: { timesEndingInZ },
			});
			expect(json.find((found) => found.id === id)?.transactedAt).toBe(`${today}T09:30:05+07:00`);
		});

		it('Z times are Vietnam time unless said otherwise', async () => {
			casso.sandbox.casso.addTransaction({ amount: 5, silent: true, time: `${today}T09:30:05` });
			const json = await casso.json({ ...ofOne, account: locator(casso.account().id), ...custom(today) });
			expect(json.map(({ transactedAt }) => transactedAt)).toContain(`${today}T09:30:05+07:00`);
		});
	});
});
