/** Parameters as people, sheets, expressions and models write them: each works, or is refused by name. */
import { addDays, vietnamDay } from '@saoke/core';
import type { IDataObject } from 'n8n-workflow';
import { custom } from './harness/engine';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { closeAll, ids, node as simplizeNode, start, type Bench } from './simplize/support';

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
const account = (index = 0): { id: number; accountNumber: string } => {
	const found = casso.sandbox.casso.data.accounts[index];
	if (!found) throw new Error('the sandbox has fewer accounts');
	return found;
};
const cashHistory = (parameters: IDataObject) =>
	simplizeNode('cashHistory', 'getAll', { ...ids, returnAll: false, limit: 1, ...parameters });
async function simplizeFailure(parameters: IDataObject, input?: IDataObject[]): Promise<string> {
	const { data } = await simplize.engine.run(cashHistory(parameters), input);
	return data.resultData.error?.message ?? 'no failure';
}

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
		expect(await simplizeFailure(days, [{ date: value }])).toBe('To: This is not a date [item 0]');
		expect(casso.requests()).toEqual([]);
	});
});

describe('in a workflow, nothing is widened without a word', () => {
	const empties: [what: string, value: unknown][] = [
		['an empty text', ''],
		['blanks', '  '],
		['null', null],
		['nothing', '={{ $json.missing }}'],
		['an expression with an empty text', '={{ "" }}'],
		['an empty list', '={{ [] }}'],
	];
	const cassoFilters: [name: string, displayName: string][] = [
		['direction', 'Direction'],
		['description', 'Description Contains'],
		['accountNumbers', 'Account Numbers'],
		['minAmount', 'Minimum Amount'],
		['maxAmount', 'Maximum Amount'],
	];

	it.each(cassoFilters)('Casso: an added filter that comes out empty is refused: %s', async (name, displayName) => {
		for (const [, value] of empties) {
			const filters = { [name]: value } as IDataObject;
			expect((await casso.failure({ ...firstPage, filters })).message).toMatch(new RegExp(`^${displayName}: `));
		}
		expect(casso.requests()).toEqual([]);
	});

	it.each([
		['ticker', 'Ticker'],
		['transactionTypes', 'Transaction Types'],
	])('Simplize: the same for %s', async (name, displayName) => {
		for (const [, value] of empties) {
			const filters = { [name]: value } as IDataObject;
			expect(await simplizeFailure({ filters })).toMatch(new RegExp(`^${displayName}: `));
		}
		expect(simplize.sandbox.simplize.calls.list()).toEqual([]);
	});

	it.each([
		['page', 'Page'],
		['pageSize', 'Page Size'],
		['parallel', 'Pages in Parallel'],
		['paymentCode', 'Payment Code'],
		['timesEndingInZ', 'Times Ending in Z'],
	])('Casso: so is an added option: %s', async (name, displayName) => {
		for (const [, value] of empties) {
			const options = { [name]: value } as IDataObject;
			expect((await casso.failure({ ...getMany, options })).message).toMatch(new RegExp(`^${displayName}: `));
		}
		expect(casso.requests()).toEqual([]);
	});

	it.each([
		['page', 'Page'],
		['pageSize', 'Page Size'],
		['typesForm', 'Send Transaction Types As'],
	])('Simplize: the same for %s', async (name, displayName) => {
		for (const [, value] of empties) {
			const options = { [name]: value } as IDataObject;
			expect(await simplizeFailure({ options })).toMatch(new RegExp(`^${displayName}: `));
		}
		expect(simplize.sandbox.simplize.calls.list()).toEqual([]);
	});

	it.each([
		[{ operation: 'createQr', account: '1', options: { bankBin: '' } }, /^Bank BIN: This option is empty/],
		[
			{ operation: 'match', ordersFrom: 'define', orders: '[]', options: { tolerance: '' } },
			/^Tolerance: This option is empty/,
		],
	])('Payment: the same, %j', async (parameters, message) => {
		const transactions = [{ id: 1, amount: 1, description: '' }];
		expect((await casso.failure({ resource: 'payment', ...parameters }, transactions)).message).toMatch(message);
	});

	it.each([
		['fromDate', 'From'],
		['toDate', 'To'],
	])('both: the period Custom needs %s', async (name, displayName) => {
		for (const [, value] of empties) {
			const days = { ...custom('2026-01-01', '2026-01-31'), [name]: value } as IDataObject;
			expect((await casso.failure({ ...firstPage, ...days })).message).toMatch(new RegExp(`^${displayName}: `));
			expect(await simplizeFailure(days)).toMatch(new RegExp(`^${displayName}: `));
		}
		expect(casso.requests()).toEqual([]);
		expect(simplize.sandbox.simplize.calls.list()).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		['accounts that are neither all nor one', { accountScope: 'some' }, 'Accounts: Invalid value'],
		['an unknown output', { output: 'everything' }, 'Output: Invalid value'],
		['an output from nothing', { output: '={{ $json.missing }}' }, 'Output: The expression returned no value'],
		['no field chosen', { output: 'selected', fields: [] }, 'Fields: No field is selected'],
		[
			'fields from nothing',
			{ output: 'selected', fields: '={{ $json.x }}' },
			'Fields: The expression returned no value',
		],
		['an unknown field', { output: 'selected', fields: ['id', 'sum'] }, 'Fields: There is no field "sum"'],
		[
			'an unknown field in a text',
			{ output: 'selected', fields: '={{ "id, sum" }}' },
			'Fields: There is no field "sum"',
		],
		['broken JSON', { output: 'selected', fields: '={{ "[id" }}' }, 'Fields: No field is selected'],
		['a Return All that is neither', { returnAll: '={{ "maybe" }}' }, 'Return All: Must be true or false'],
		['a Return All from nothing', { returnAll: '={{ $json.x }}' }, 'Return All: The expression returned no value'],
		['a limit from nothing', { limit: '={{ $json.x }}' }, 'Limit: The expression returned no value'],
		['a sort from nothing', { sort: '={{ $json.x }}' }, 'Sort: The expression returned no value'],
		['a page from nothing', { options: { page: '={{ $json.x }}' } }, 'Page: The expression returned no value'],
		['an unknown meaning of Z', { options: { timesEndingInZ: 'moon' } }, 'Times Ending in Z: Invalid value'],
	])('%s', async (_what, parameters, message) => {
		expect((await casso.failure({ ...getMany, ...parameters })).message).toBe(`${message} [item 0]`);
		expect(casso.requests()).toEqual([]);
	});

	it('accounts from an expression', async () => {
		// n8n 2.8 refuses it itself: it shows Account beside every expression, and Account is required.
		await expect(casso.items({ ...getMany, accountScope: '={{ $json.missing }}' })).rejects.toMatchObject({
			message: expect.stringMatching(/^(Accounts: Invalid value \[item 0\]$|The workflow has issues)/) as string,
		});
		expect(casso.requests()).toEqual([]);
	});

	it.each<[string, IDataObject, string]>([
		['an amount from nothing', { amount: '={{ $json.x }}' }, 'Amount: The expression returned no value'],
		[
			'a payment code from nothing',
			{ paymentCode: '={{ $json.x }}' },
			'Payment Code: The expression returned no value',
		],
		['an unknown image', { image: 'gif' }, 'Image: Invalid value'],
	])('Create QR: %s', async (_what, parameters, message) => {
		const createQr = { resource: 'payment', operation: 'createQr', account: locator(account().id), ...parameters };
		expect((await casso.failure(createQr)).message).toBe(`${message} [item 0]`);
	});

	it('booleans as text mean what they say', async () => {
		expect(await casso.json({ ...getMany, returnAll: '={{ "false" }}', limit: 2 })).toHaveLength(2);
		const [raw] = await casso.json({ resource: 'user', operation: 'get', simple: '={{ "false" }}' });
		expect(raw?.bankAccs).toBeDefined();
		const failed = await casso.failure({ resource: 'user', operation: 'get', simple: '={{ "no" }}' });
		expect(failed.message).toBe('Simplify: Must be true or false [item 0]');
	});

	it('Simplize: unknown choices are refused', async () => {
		expect(await simplizeFailure({ output: 'everything' })).toBe('Output: Invalid value [item 0]');
		expect(await simplizeFailure({ options: { typesForm: 'xml' } })).toBe(
			'Send Transaction Types As: Invalid value [item 0]',
		);
		const { data } = await simplize.engine.run(
			simplizeNode('portfolio', 'getSyncStatus', { batchId: '={{ $json.x }}' }),
		);
		expect(data.resultData.error?.message).toBe('Batch ID: The expression returned no value [item 0]');
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
		const value = account(1)[field];
		for (const given of [locator(value), value, locator(` ${value} `)])
			expect((await casso.json({ ...get, account: given as IDataObject }))[0]?.id).toBe(account(1).id);
	});

	it('finds the transactions of an account by its number', async () => {
		const json = await casso.json({
			...getMany,
			accountScope: 'one',
			account: locator(account(1).accountNumber),
			...custom('01/01/2020'),
		});
		expect(new Set(json.map((found) => found.accountNumber))).toEqual(new Set([account(1).accountNumber]));
	});

	it('a number that no linked account has is refused', async () => {
		const failed = await casso.failure({ ...get, account: locator('0000000000001') });
		expect(failed.message).toBe('Account: No linked account has this ID or account number [item 0]');
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
