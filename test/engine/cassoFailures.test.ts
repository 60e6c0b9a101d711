/** What node Casso does when calls fail: continuing, error output, recovery, and no secret anywhere in a run. */
import type { IDataObject, INodeExecutionData, IRun } from 'n8n-workflow';
import type { ApiFault } from '@saoke/sandbox';
import { API_KEY, locator, SECURE_TOKEN, startCassoEngine, type CassoEngine } from './harness/casso';
import { custom, type NodeUnderTest } from './harness/engine';

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const get: IDataObject = { resource: 'transaction', operation: 'get', transactionId: '={{ $json.id }}' };
const outputs = (run: IRun): (INodeExecutionData[] | null)[] =>
	run.data.resultData.runData['Under Test']?.[0]?.data?.main ?? [];
const add = (amount: number): number => casso.sandbox.casso.addTransaction({ amount, silent: true }).id;

describe('On Error: Continue', () => {
	const continuing: Partial<NodeUnderTest> = { onError: 'continueRegularOutput' };

	it('good and bad items stand in one output, in order, each linked to its item', async () => {
		const items = [{ id: add(5) }, { id: 1 }, { id: 'x' }, { id: add(6) }];
		const run = await casso.engine.run(casso.casso(get, continuing), items);
		expect(run.data.resultData.error).toBeUndefined();
		const [regular] = outputs(run);
		expect(regular?.map(({ json, pairedItem }) => [json.amount ?? json.error, pairedItem])).toEqual([
			[5, { item: 0 }],
			['Casso refused GET /casso/v2/transactions/1 (HTTP 404, error 404): Transaction not found [item 1]', { item: 1 }],
			['Transaction ID: Invalid Casso ID [item 2]', { item: 2 }],
			[6, { item: 3 }],
		]);
	});

	it('the older setting Continue On Fail does the same', async () => {
		const run = await casso.engine.run(casso.casso(get, { continueOnFail: true }), [{ id: 1 }, { id: add(5) }]);
		expect(outputs(run)[0]).toHaveLength(2);
	});

	it('an item that lists nothing leaves no item, the others stay', async () => {
		const list = {
			resource: 'transaction',
			operation: 'getAll',
			returnAll: true,
			...custom('={{ $json.from }}', '={{ $json.to }}'),
		};
		const run = await casso.engine.run(casso.casso(list, continuing), [
			{ from: '2020-01-01', to: '2020-01-02' },
			{ from: 'soon', to: '' },
		]);
		expect(outputs(run)[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	});

	it('a credential that cannot be used is told for every item', async () => {
		const engine = await casso.withCredential({ apiKey: '' });
		const run = await engine.run(casso.casso(get, continuing), [{ id: 1 }, { id: 2 }]);
		expect(outputs(run)[0]?.map(({ json }) => json.error)).toEqual(
			[0, 1].map((item) => `API Key: The credential has no API key [item ${String(item)}]`),
		);
	});
});

describe('On Error: Continue (Using Error Output)', () => {
	it('sends good items one way and bad ones the other, with what they came in with', async () => {
		const items = [
			{ id: add(5), order: 'A' },
			{ id: 1, order: 'B' },
			{ id: 'x', order: 'C' },
		];
		const run = await casso.engine.runBehind(casso.casso(get, { onError: 'continueErrorOutput' }), items);
		const [good, bad] = outputs(run);
		expect(good?.map(({ json, pairedItem }) => [json.amount, pairedItem])).toEqual([[5, { item: 0 }]]);
		expect(bad?.map(({ json, pairedItem }) => [json.order, json.error, pairedItem])).toEqual([
			[
				'B',
				'Casso refused GET /casso/v2/transactions/1 (HTTP 404, error 404): Transaction not found [item 1]',
				{ item: 1 },
			],
			['C', 'Transaction ID: Invalid Casso ID [item 2]', { item: 2 }],
		]);
	});
});

describe('On Error: Stop', () => {
	it('ends at the first bad item', async () => {
		const failed = await casso.failure(get, [{ id: add(5) }, { id: 1 }, { id: add(6) }]);
		expect(failed.message).toContain('[item 1]');
		expect(casso.requests()).toHaveLength(2);
	});
});

describe('a read recovers', () => {
	it.each<ApiFault>([
		{ kind: 'httpError', status: 429, retryAfterSeconds: 0, count: 1 },
		{ kind: 'httpError', status: 503, retryAfterSeconds: 0, count: 1 },
	])('from %p', async (fault) => {
		casso.sandbox.casso.faults.add(fault);
		expect(await casso.json({ resource: 'account', operation: 'getAll', returnAll: true })).toHaveLength(3);
		expect(casso.requests()).toHaveLength(2);
	});

	it.each<ApiFault>([
		{ kind: 'reset', afterBytes: 0, count: 1 },
		{ kind: 'reset', count: 1 },
	])('from %p', async (fault) => {
		casso.sandbox.casso.faults.add(fault);
		expect(await casso.json({ resource: 'account', operation: 'getAll', returnAll: true })).toHaveLength(3);
		expect(casso.requests()).toHaveLength(2);
	});
});

describe('a failure is told with what happened and what to do', () => {
	it.each<[ApiFault, RegExp, RegExp]>([
		[{ kind: 'httpError', status: 401 }, /\(HTTP 401, error 401\): Unauthorized Access/, /Check the key/],
		[
			{ kind: 'httpError', status: 403, error: 7, message: 'No right' },
			/\(HTTP 403, error 7\): No right/,
			/may not do this/,
		],
		[{ kind: 'httpError', status: 500 }, /\(HTTP 500, error 500\)/, /again in a few minutes/],
		[{ kind: 'httpError', status: 429, retryAfterSeconds: 9999 }, /\(HTTP 429, error 429\)/, /Too many requests/],
		[{ kind: 'errorEnvelope', error: 99, message: 'Busy' }, /\(HTTP 200, error 99\): Busy/, /check the parameters/],
		[{ kind: 'html', status: 200 }, /\(HTTP 200\): the response is not Casso's JSON envelope \(text\/html/, /base URL/],
		[
			{ kind: 'invalidJson' },
			/\(HTTP 200\): the response is not Casso's JSON envelope \(application\/json/,
			/base URL/,
		],
		[{ kind: 'httpError', status: 302 }, /\(HTTP 302, error 302\)/, /./],
	])('%p', async (fault, message, description) => {
		casso.sandbox.casso.faults.add(fault);
		const failed = await casso.failure({ resource: 'user', operation: 'get' });
		expect(failed.message).toMatch(message);
		expect(failed.message).toMatch(/^Casso refused GET \/casso\/v2\/userInfo .* \[item 0\]$/s);
		expect(failed.description).toMatch(description);
	});
});

it('large numbers are not changed on the way through n8n', async () => {
	const id = casso.sandbox.casso.addTransaction({ id: 900_719_925_474_098, amount: 999_999_999_999, silent: true }).id;
	expect(await casso.json(get, [{ id }])).toMatchObject([{ id: 900_719_925_474_098, amount: 999_999_999_999 }]);
});

describe('no secret stands in a run', () => {
	const operations: IDataObject[] = [
		{ resource: 'account', operation: 'getAll', returnAll: true },
		{ resource: 'account', operation: 'get', account: locator('={{ 1 }}') },
		{ resource: 'account', operation: 'sync', account: locator('={{ 1 }}') },
		{ resource: 'transaction', operation: 'getAll', returnAll: true },
		{ resource: 'transaction', operation: 'get', transactionId: 1 },
		{ resource: 'user', operation: 'get', simple: false },
		{ resource: 'webhook', operation: 'create', webhookUrl: 'https://example.com/hook' },
		{ resource: 'webhook', operation: 'update', webhookId: 1, webhookUrl: 'https://example.com/hook' },
		{ resource: 'webhook', operation: 'get', webhookId: 1 },
		{ resource: 'webhook', operation: 'delete', deleteBy: 'url', webhookUrl: 'https://example.com/hook' },
	];
	const faults: (ApiFault | undefined)[] = [
		undefined,
		{ kind: 'httpError', status: 401, message: `Key ${API_KEY} is unknown` },
		{ kind: 'errorEnvelope', error: 5, message: `No ${API_KEY}` },
		{ kind: 'html', status: 500 },
		{ kind: 'reset', afterBytes: 0, method: 'POST' },
	];

	it.each(operations)('%p', async (parameters) => {
		for (const fault of faults) {
			casso.sandbox.casso.faults.clear();
			casso.sandbox.casso.quirks.set({ param2: 'token' });
			if (fault) casso.sandbox.casso.faults.add(fault);
			for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
				const run = await casso.engine.run(casso.casso(parameters, { onError }));
				const seen = deepText(run);
				expect(seen).toContain('Under Test');
				for (const secret of [API_KEY, API_KEY.slice(6, 30), SECURE_TOKEN, 'Apikey '])
					expect(seen).not.toContain(secret);
			}
		}
	});

	it('not even where the credential sends it as an access token', async () => {
		const engine = await casso.withCredential({ authentication: 'accessToken', accessToken: API_KEY, apiKey: '' });
		casso.sandbox.casso.faults.add({ kind: 'httpError', status: 401, message: `Key ${API_KEY} is unknown` });
		const run = await engine.run(casso.casso({ resource: 'user', operation: 'get' }));
		expect(deepText(run)).toContain('Key ******** is unknown');
		expect(deepText(run)).not.toContain(API_KEY);
	});
});

/** Everything of a run, own properties of errors and causes included, that JSON alone would leave out. */
function deepText(value: unknown): string {
	const seen = new Set<unknown>();
	const look = (part: unknown): unknown => {
		if (typeof part !== 'object' || part === null) return typeof part === 'bigint' ? String(part) : part;
		if (seen.has(part)) return undefined;
		seen.add(part);
		return Object.fromEntries(
			Object.getOwnPropertyNames(part).map((name) => [name, look((part as Record<string, unknown>)[name])]),
		);
	};
	return JSON.stringify(look(value));
}
