/** Transaction: Get Many with the filters that Casso lacks. */
import type { IDataObject } from 'n8n-workflow';
import { addDays, vietnamDay } from '@saoke/core';
import { startCassoEngine, type CassoEngine } from './harness/casso';
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

const everything = { resource: 'transaction', operation: 'getAll', returnAll: true, ...custom(addDays(today, -90)) };

describe('Get Many', () => {
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
				casso.add({ amount: 91_000_001, memo: 'ZZ-DH120 da xong' }),
				casso.add({ amount: -91_000_003, memo: 'ZZ-DH121 xong' }),
				casso.add({ amount: 91_000_005, memo: 'ZZ-KHAC' }),
			];
			const found = await only({ minAmount: 91_000_000, ...filters });
			expect(ids.map((id) => found.includes(id))).toEqual(expected);
		});

		it('account numbers', async () => {
			const ids = [0, 1, 2].map((index) => casso.add({ amount: 5, accountId: casso.account(index).id }));
			const found = await only({
				accountNumbers: ` ${casso.account(0).accountNumber}, ${casso.account(2).accountNumber} ,`,
			});
			expect(ids.map((id) => found.includes(id))).toEqual([true, false, true]);
			expect(casso.requests().every(({ query }) => !('accountNumbers' in query))).toBe(true);
		});

		it('may be numbers, as they come from a sheet', async () => {
			const id = casso.add({ amount: 91_000_007, memo: 'ZZ 1024 xong' });
			expect(await only({ description: 1024, minAmount: 91_000_007 })).toEqual([id]);
			expect(await only({ accountNumbers: 1, minAmount: 91_000_007 })).toEqual([]);
		});

		it.each<[string, IDataObject, string]>([
			['an expression without a value', { description: '={{ $json.missing }}' }, 'Description Contains'],
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
			const id = casso.add({ amount: 91_000_001 });
			const json = await casso.json({
				...everything,
				returnAll: false,
				sort: 'DESC',
				filters: { minAmount: 91_000_000 },
				options: { page: 1 },
			});
			expect(json.map((found) => found.id)).toEqual([id]);
		});

		it('Limit counts what passes, not what was read', async () => {
			const ids = [casso.add({ amount: 91_000_001 }), casso.add({ amount: 91_000_002 })];
			const json = await casso.json({
				...everything,
				returnAll: false,
				limit: 2,
				filters: { minAmount: 91_000_000 },
			});
			expect(json.map(({ id }) => id).sort()).toEqual(ids);
		});
	});
});
