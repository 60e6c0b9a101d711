/** Parameters as people, sheets, expressions and models write them: dates, fields, accounts. */
import { addDays, vietnamDay } from '@saoke/core';
import type { IDataObject } from 'n8n-workflow';
import { custom } from './harness/engine';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { cashHistory, closeAll, refusal, start, type Bench } from './simplize/support';

let casso: CassoEngine;
let simplize: Bench;
const today = vietnamDay(Date.now());

beforeAll(async () => {
	casso = await startCassoEngine();
	simplize = await start();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
	simplize.sandbox.simplize.calls.clear();
});
afterAll(async () => {
	await casso.sandbox.close();
	await closeAll();
});

const getMany = { resource: 'transaction', operation: 'getAll' };
const firstPage = { ...getMany, options: { page: 1 } };
describe('dates', () => {
	const forms: [value: string | number, day: string][] = [
		['31/01/2026', '2026-01-31'],
		['5/2/2026', '2026-02-05'],
		['5-2-2026', '2026-02-05'],
		['05.02.2026', '2026-02-05'],
		['31/01/2026 09:30', '2026-01-31'],
		[1769792400000, '2026-01-31'],
		['1769792400000', '2026-01-31'],
		[46053, '2026-01-31'],
		['46053', '2026-01-31'],
	];

	it.each(forms)('Casso: From and To may be %p', async (value, day) => {
		await casso.items({ ...firstPage, ...custom('={{ $json.date }}', '={{ $json.date }}') }, [{ date: value }]);
		expect(casso.requests()[0]?.query).toMatchObject({ fromDate: day, toDate: day });
	});

	it.each(forms)('Simplize: they may be %p', async (value, day) => {
		await simplize.engine.items(cashHistory(custom('={{ $json.date }}', '={{ $json.date }}')), [{ date: value }]);
		const { body } = simplize.sandbox.simplize.calls.list().at(-1) ?? {};
		const slashed = day.split('-').reverse().join('/');
		expect(JSON.stringify(body)).toContain(slashed);
	});

	it.each(['01/13/2026', '31/02/2026', '31/01/26', '1769792400', 'tomorrow'])('%p is refused', async (value) => {
		const days = custom('2026-01-01', '={{ $json.date }}');
		const failed = await casso.failure({ ...firstPage, ...days }, [{ date: value }]);
		expect(failed.message).toBe('To: This is not a date [item 0]');
		expect(await refusal(simplize, cashHistory(days), [{ date: value }])).toBe('To: This is not a date [item 0]');
		expect(casso.requests()).toEqual([]);
	});
});

describe('Selected Fields', () => {
	it.each<[string, unknown]>([
		['a list', ['id', 'amount']],
		['a text', '={{ "id, amount" }}'],
		['a fixed text', 'id,amount'],
		['JSON text', '={{ \'["id", "amount"]\' }}'],
		['a list from an expression', '={{ ["id", "amount"] }}'],
	])('may be %s', async (_what, fields) => {
		const id = casso.sandbox.casso.addTransaction({ amount: 5, silent: true }).id;
		const parameters = { resource: 'transaction', operation: 'get', transactionId: id, output: 'selected', fields };
		expect(await casso.json(parameters as IDataObject)).toEqual([{ id, amount: 5 }]);
	});
});

describe('Account', () => {
	const get = { resource: 'account', operation: 'get' };

	it.each(['id', 'accountNumber'] as const)('takes the %s', async (field) => {
		const value = casso.account(1)[field];
		for (const given of [locator(value), value, locator(` ${value} `)])
			expect((await casso.json({ ...get, account: given as IDataObject }))[0]?.id).toBe(casso.account(1).id);
	});

	it('finds the transactions of an account by its number', async () => {
		const json = await casso.json({
			...getMany,
			accountScope: 'one',
			account: locator(casso.account(1).accountNumber),
			...custom('01/01/2020'),
		});
		expect(new Set(json.map((found) => found.accountNumber))).toEqual(new Set([casso.account(1).accountNumber]));
	});

	it('a number that no linked account has is refused', async () => {
		const failed = await casso.failure({ ...get, account: locator('0000000000001') });
		expect(failed.message).toBe('Account: No linked account has this ID or account number [item 0]');
	});

	it('a value that is none is refused by the node, not by n8n, whose check of a pattern fails on a busy machine', async () => {
		const failed = await casso.failure({ ...get, account: locator('0071 000.888') });
		expect(failed.message).toBe('Account: This is neither a Casso ID nor an account number [item 0]');
	});
});

describe('used as a tool by a model', () => {
	const tool = async (parameters: IDataObject): Promise<IDataObject[]> =>
		(await casso.engine.items({ type: 'n8n-nodes-casso.cassoTool', parameters })).map(({ json }) => json);
	const refused = async (parameters: IDataObject): Promise<string> => {
		const run = await casso.engine.run({ type: 'n8n-nodes-casso.cassoTool', parameters });
		return run.data.resultData.error?.message ?? 'no failure';
	};

	it('an empty text, null or nothing means not set, in every parameter', async () => {
		for (const nothing of ['', ' ', null, '={{ $json.missing }}', '={{ "" }}']) {
			casso.sandbox.casso.requests.clear();
			const names = ['direction', 'description', 'accountNumbers', 'minAmount', 'maxAmount'];
			const filters = Object.fromEntries(names.map((name) => [name, nothing]));
			const options = { page: nothing, pageSize: nothing, paymentCode: nothing, timesEndingInZ: nothing };
			const others = { period: nothing, sort: nothing, limit: nothing, returnAll: nothing, output: nothing };
			await tool({ ...getMany, ...others, filters, options } as IDataObject);
			expect(casso.requests()[0]?.query).toEqual({
				fromDate: addDays(today, -6),
				toDate: today,
				page: '1',
				pageSize: '50',
			});
		}
	});

	it('what is given and cannot be meant is refused by name', async () => {
		expect(await refused({ ...getMany, filters: { direction: 'incoming' } })).toMatch(/^Direction: /);
		expect(await refused({ ...getMany, ...custom('01/13/2026') })).toMatch(/^From: /);
		expect(await refused({ ...getMany, period: 'last30Days' })).toMatch(/^Period: Invalid value/);
	});

	it('webhooks are out of its reach', async () => {
		expect(await refused({ resource: 'webhook', operation: 'delete', deleteBy: 'url', webhookUrl: 'x' })).toMatch(
			/^Operation: There is no operation "delete" of the resource "webhook" for a tool/,
		);
		expect(casso.requests()).toEqual([]);
	});

	it('Match fetches the transactions of the last days itself', async () => {
		casso.sandbox.casso.addTransaction({ amount: 500_000, memo: 'tra tien DH7701', silent: true });
		const orders = [{ code: 'DH7701', amount: 500_000 }];
		const json = await tool({ resource: 'payment', operation: 'match', orders: JSON.stringify(orders) });
		expect(json).toMatchObject([{ code: 'DH7701', status: 'paid' }]);
		expect(casso.requests()[0]?.path).toBe('/v2/transactions');
		const days = { resource: 'payment', operation: 'match', orders: '[]', overlapDays: 91 };
		expect(await refused(days)).toMatch(/^Days to Look Back: Must be a whole number of days from 1 to 90/);
	});
});
