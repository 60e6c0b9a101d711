/** The Simplize node through n8n's engine, against the sandbox: every operation, its parameters, outputs and failures. */
import type { IDataObject } from 'n8n-workflow';
import { custom } from '../harness/engine';
import { closeAll, toFailure, ids, getJson, node, start, type Failure } from './support';

afterEach(closeAll);

const cash = (parameters: object = {}): ReturnType<typeof node> =>
	node('cashHistory', 'getAll', { ...ids, ...custom('2000-01-01'), ...parameters });

describe('Cash History: Get Many', () => {
	test('Limit, Return All and one page', async () => {
		const { engine } = await start();
		expect(await engine.items(cash({ returnAll: false, limit: 20 }))).toHaveLength(20);
		expect(await engine.items(cash({ returnAll: true }))).toHaveLength(53);
		expect(await engine.items(cash({ options: { page: 5, pageSize: 10 } }))).toHaveLength(3);
		expect(await engine.items(cash({ options: { page: 0 } }))).toHaveLength(53);
	});

	test('every parameter reaches the service: days as dd/MM/yyyy, null for all, page from 0', async () => {
		const { engine, sandbox } = await start();
		await engine.items(cash({ limit: 15, ...custom('2023-01-28T00:00:00', '2026-01-28') }));
		await engine.items(
			cash({
				limit: 15,
				portfolioId: 862,
				filters: {
					ticker: 'HPG',
					transactionTypes: 'FEE, DEPOSIT',
				},
				...custom('01/02/2023', '2026-01-27T18:00:00Z'),
			}),
		);
		const [plain, full] = sandbox.simplize.calls.list();
		expect(plain?.body).toBe(
			'{"ticker":null,"transactionTypes":null,"fromDate":"28/01/2023","toDate":"28/01/2026","page":0,"size":15,"portfolioId":862}',
		);
		expect(plain?.query).toMatch(/^externalUserId=USER015&recvWindow=5000&timestamp=\d{13}&signature=\*\*\*$/);
		expect(JSON.parse(full?.body ?? '')).toMatchObject({
			ticker: 'HPG',
			transactionTypes: ['FEE', 'DEPOSIT'],
			fromDate: '01/02/2023',
			toDate: '28/01/2026',
		});
	});

	test.each([
		['ISO with a zone, on its Vietnam day', '2026-01-27T23:30:00+00:00'],
		['Luxon', "={{ DateTime.fromISO('2026-01-28T01:00:00', { zone: 'Asia/Ho_Chi_Minh' }) }}"],
		['a JavaScript date', "={{ new Date('2026-01-27T18:00:00Z') }}"],
		['Unix ms', Date.parse('2026-01-27T18:00:00Z')],
		['dd/MM/yyyy', '28/01/2026'],
		['a day', '2026-01-28'],
	])('a day given as %s', async (_form, fromDate) => {
		const { engine, sandbox } = await start();
		await engine.items(cash(custom(fromDate, '2026-01-31')));
		expect(sandbox.simplize.calls.list()[0]?.body).toContain('"fromDate":"28/01/2026"');
	});

	test('Simplified, Raw and Selected Fields', async () => {
		const { engine, sandbox } = await start({ cashMovements: 0 });
		sandbox.simplize.addCashMovement({
			portfolioId: 862,
			amount: -5000,
			date: '2026-01-09T01:00:00.000Z',
			createdAt: '2026-01-09T04:43:32.852Z',
			note: 'Phí "tháng"',
		});
		const one = async (parameters: object): Promise<object | undefined> =>
			getJson(await engine.items(cash(parameters)))[0];
		const simplified = await one({});
		expect(Object.keys(simplified ?? {})).toHaveLength(10);
		expect(simplified).toMatchObject({ amount: -5000, transactedAt: '2026-01-09T08:00:00+07:00', note: 'Phí "tháng"' });
		expect(await one({ output: 'raw' })).toMatchObject({
			date: '2026-01-09T01:00:00.000Z',
			transactionType: 'WITHDRAW',
		});
		expect(await one({ output: 'selected', fields: ['amount', 'date'] })).toEqual({
			amount: -5000,
			date: '2026-01-09T01:00:00.000Z',
		});
	});

	test('items are linked to the input item they came from', async () => {
		const { engine } = await start();
		const found = await engine.items(cash({ limit: 2 }), [{}, {}]);
		expect(found.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }, { item: 1 }, { item: 1 }]);
	});
});

describe('the other operations', () => {
	test('Stock Transaction: Get Many sends a text, or a list where that is chosen', async () => {
		const { engine, sandbox } = await start({ quirks: { stockTransactionTypes: 'comma' } });
		const stock = (options: object): ReturnType<typeof node> =>
			node('stockTransaction', 'getAll', {
				...ids,
				...custom('2000-01-01'),
				returnAll: true,
				filters: { transactionTypes: '1,2' },
				options,
			});
		const found = getJson(await engine.items(stock({})));
		expect(found.length).toBeGreaterThan(0);
		expect(Object.keys(found[0] ?? {})).toHaveLength(10);
		sandbox.simplize.quirks.set({ stockTransactionTypes: 'array' });
		expect((await toFailure(engine.items(stock({})))).message).toContain('transactionTypes');
		expect(await engine.items(stock({ typesForm: 'list' }))).toHaveLength(found.length);
	});

	test('User: Get Many, and Portfolio: Get with all, or the summary alone', async () => {
		const { engine, sandbox } = await start();
		expect(
			getJson(await engine.items(node('user', 'getAll', { returnAll: true }))).map((user) => user.externalUserId),
		).toContain("o'neil+vn/1&2=3%20");
		const [portfolio] = getJson(await engine.items(node('portfolio', 'get', ids)));
		expect(Object.keys(portfolio ?? {})).toHaveLength(10);
		const [chosen] = getJson(
			await engine.items(node('portfolio', 'get', { ...ids, output: 'selected', fields: ['name', 'stocksSummary'] })),
		);
		expect(chosen).toMatchObject({ stocksSummary: expect.arrayContaining([{ ticker: 'HPG' }]) as unknown });
		await engine.items(node('portfolio', 'get', { ...ids, summary: true }));
		expect(sandbox.simplize.calls.list().at(-1)?.query).toContain('summary=true');
	});

	test('Portfolio: Get Sync Status of all batches, or of one; failures are among the portfolios', async () => {
		const { engine, sandbox } = await start();
		const status = async (parameters: object): Promise<IDataObject> =>
			getJson(await engine.items(node('portfolio', 'getSyncStatus', parameters as IDataObject)))[0] ?? {};
		const all = await status({});
		const rows = all.portfolios as { batchId: string; isSynced: boolean; message: string }[];
		expect(all).toMatchObject({
			totalCount: rows.length,
			successCount: rows.filter(({ isSynced }) => isSynced).length,
			failedCount: 1,
		});
		expect(rows.find(({ isSynced }) => !isSynced)?.message).toBe('Portfolio is being synced');
		const one = await status({ batchId: ` ${rows[0]?.batchId ?? ''} ` });
		expect(one.totalCount).toBe(rows.filter(({ batchId }) => batchId === rows[0]?.batchId).length);
		expect(await status({ output: 'raw' })).toHaveProperty('failures');
		expect(
			(await toFailure(engine.items(node('portfolio', 'getSyncStatus', { batchId: '{{batch}}' })))).message,
		).toMatch(/^Batch ID: /);
		expect(sandbox.simplize.calls.list().map(({ query }) => query.split('recvWindow')[0])).toEqual([
			'',
			`batchId=${rows[0]?.batchId ?? ''}&`,
			'',
		]);
	});

	test('an id that needs escaping works, and is warned of', async () => {
		const { engine } = await start();
		const run = await engine.run(cash({ externalUserId: "o'neil+vn/1&2=3%20", portfolioId: 902, returnAll: true }));
		expect(run.data.resultData.error).toBeUndefined();
		const [task] = run.data.resultData.runData['Under Test'] ?? [];
		expect(task?.data?.main?.[0]).toHaveLength(12);
		expect(task?.hints?.[0]?.message).toContain('percent-encoded');
	});
});

describe('Signing: Detect', () => {
	const detect = node('signing', 'detect', ids);

	test('names the option that the server accepts, with nothing secret', async () => {
		const { engine, sandbox, credential } = await start({
			quirks: { signaturePayload: 'query', signatureEncoding: 'base64' },
		});
		const [found] = getJson(await engine.items(detect));
		expect(found).toMatchObject({ accepted: true, signaturePayload: 'query', signatureEncoding: 'base64' });
		const told = JSON.stringify(found);
		for (const secret of [credential.apiKey, credential.apiSecret, 'signature=', 'timestamp='])
			expect(told).not.toContain(secret as string);
		expect(sandbox.simplize.calls.list()).toHaveLength(10);
		credential.signaturePayload = 'query';
		credential.signatureEncoding = 'base64';
		expect(await engine.items(cash({ limit: 1 }))).toHaveLength(1);
	});

	test('a wrong clock is named', async () => {
		const { engine } = await start({ now: Date.now.bind(Date) });
		const real = Date.now.bind(Date);
		const spy = jest.spyOn(Date, 'now').mockImplementation(() => real() - 6000);
		const [found] = getJson(await engine.items(detect));
		spy.mockRestore();
		expect(found?.accepted).toBe(false);
		expect(found?.conclusion).toMatch(/clock is about [567] s behind/);
	});
});

describe('refusals before anything is sent', () => {
	test.each([
		['User', { externalUserId: '{{externalUserId}}' }, 'an expression that was not resolved'],
		['User', { externalUserId: ' ' }, 'no external user ID'],
		['Portfolio', { portfolioId: '9007199254740993' }, 'Invalid Simplize portfolio ID'],
		['Portfolio', { portfolioId: '86a' }, 'Invalid Simplize portfolio ID'],
		['From', custom('31/02/2026'), 'not a date'],
		['From', custom('2026-02-02', '2026-02-01'), 'after the last day'],
		['Page', { options: { page: -1 } }, 'whole number, 0 or greater'],
		['Limit', { limit: 0 }, 'whole number'],
	])('%s %j', async (name, parameters, reason) => {
		const { engine, sandbox } = await start();
		const error = await toFailure(engine.items(cash(parameters)));
		expect(error.name).toBe('NodeOperationError');
		expect(error.message).toMatch(new RegExp(`^${name}: .*${reason}.* \\[item 0\\]$`));
		expect(sandbox.simplize.calls.list()).toEqual([]);
	});

	test.each([
		['API Secret', { apiSecret: '' }],
		['API Key', { apiKey: 'with space' }],
		['Base URL', { baseUrl: 'http://example.com' }],
		['Base URL', { baseUrl: '' }],
		['Receive Window (Milliseconds)', { recvWindow: 60_001 }],
		['Signature Payload', { signaturePayload: 'flat-sorted' }],
		['Signature Encoding', { signatureEncoding: 'HEX' }],
	])('a credential with an unusable %s, %j', async (name, change) => {
		const { engine, sandbox } = await start({}, change);
		expect((await toFailure(engine.items(cash()))).message.split(': ')[0]).toBe(name);
		expect(sandbox.simplize.calls.list()).toEqual([]);
	});
});

describe('failures of the service', () => {
	test('the words of Simplize and the next step; no secret anywhere in the run', async () => {
		const { engine, credential } = await start({}, { apiSecret: 'a-wrong-secret' });
		const run = await engine.run(cash());
		const error = run.data.resultData.error as unknown as Failure;
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe(
			'Simplize refused POST /api/personalize/v1/partner/portfolio/cash-histories (HTTP 401, status 401): Signature for this request is not valid [item 0]',
		);
		expect(error.description).toContain('Signing: Detect');
		const stored = JSON.stringify(run.data.resultData);
		for (const secret of ['a-wrong-secret', credential.apiKey as string, 'signature='])
			expect(stored).not.toContain(secret);
		expect(stored).not.toMatch(/[0-9a-f]{64}/);
	});

	test('HTTP 200 with a failing status, and an HTML page', async () => {
		const { engine, sandbox } = await start();
		// Once for the page size asked for, once for the service's own.
		sandbox.simplize.faults.add({ kind: 'errorEnvelope', status: 400, count: 2 });
		expect((await toFailure(engine.items(cash()))).message).toContain('(HTTP 200, status 400)');
		sandbox.simplize.faults.add({ kind: 'html', status: 404, count: 1 });
		expect((await toFailure(engine.items(cash()))).message).toContain("not Simplize's JSON envelope");
	});

	test('429 is waited for, by n8n itself', async () => {
		const { engine, sandbox } = await start();
		sandbox.simplize.faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 0, count: 1 });
		expect(await engine.items(cash({ limit: 5 }))).toHaveLength(5);
		expect(sandbox.simplize.calls.list().map((call) => call.status)).toEqual([429, 200]);
	});

	test('continue on fail: one item fails, the other is delivered', async () => {
		const { engine } = await start();
		const under = cash({ limit: 1, portfolioId: '={{ $json.portfolio }}' });
		const found = await engine.items({ ...under, onError: 'continueRegularOutput' }, [
			{ portfolio: 870 },
			{ portfolio: 862 },
		]);
		expect(found).toHaveLength(2);
		expect(found[0]?.json.error).toContain('does not belong');
		expect(found[1]?.json.portfolioId).toBe(862);
	});
});
