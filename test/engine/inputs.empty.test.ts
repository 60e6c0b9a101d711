/** Parameters that come out empty or unknown: in a workflow none of them widens what is read; each is refused by name. */
import type { IDataObject } from 'n8n-workflow';
import { custom } from './harness/engine';
import { locator, startCassoEngine, type CassoEngine } from './harness/casso';
import { cashHistory, closeAll, node as simplizeNode, refusal, start, type Bench } from './simplize/support';

let casso: CassoEngine;
let simplize: Bench;

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
			expect(await refusal(simplize, cashHistory({ filters }))).toMatch(new RegExp(`^${displayName}: `));
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
			expect(await refusal(simplize, cashHistory({ options }))).toMatch(new RegExp(`^${displayName}: `));
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
			expect(await refusal(simplize, cashHistory(days))).toMatch(new RegExp(`^${displayName}: `));
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
		const createQr = {
			resource: 'payment',
			operation: 'createQr',
			account: locator(casso.account().id),
			...parameters,
		};
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
		expect(await refusal(simplize, cashHistory({ output: 'everything' }))).toBe('Output: Invalid value [item 0]');
		expect(await refusal(simplize, cashHistory({ options: { typesForm: 'xml' } }))).toBe(
			'Send Transaction Types As: Invalid value [item 0]',
		);
		expect(await refusal(simplize, simplizeNode('portfolio', 'getSyncStatus', { batchId: '={{ $json.x }}' }))).toBe(
			'Batch ID: The expression returned no value [item 0]',
		);
	});
});
