/** The Casso Trigger in n8n's own webhook context: what it takes, refuses, answers, hands on and logs. */
import type { IDataObject } from 'n8n-workflow';
import { hashSecureToken, signWebhook } from '@saoke/core';
import { Engine, type Delivered, type DeliveredRequest } from './harness/engine';

const KEY = 'K'.repeat(64);
const OLD_KEY = 'O'.repeat(64);
const TOKEN = 'T'.repeat(40);
const SECRETS = { securityKey: KEY, previousSecurityKey: OLD_KEY, secureToken: TOKEN, previousSecureToken: '' };
const SUCCESS = { status: 200, body: { success: true }, ended: true };
const REFUSED = { status: 401, body: { success: false }, ended: true };

let nextId = 1_000;
let engine: Engine;

beforeAll(async () => {
	engine = await load(SECRETS);
});

const LOG_INTERVAL_MS = 10_000;
const steadyNow = performance.now.bind(performance);
let skippedMs = 0;

// Timers stand still, so that what the trigger holds for a second leaves none behind. No test meets the log of another.
beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['Date', 'performance', 'nextTick', 'setImmediate', 'queueMicrotask'] });
	skippedMs += LOG_INTERVAL_MS;
	jest.spyOn(performance, 'now').mockImplementation(() => steadyNow() + skippedMs);
	engine.logs.length = 0;
});

afterEach(() => {
	jest.restoreAllMocks();
	jest.useRealTimers();
});

async function load(secrets: Record<string, string>): Promise<Engine> {
	return await Engine.load('.', {
		cassoWebhookApi: secrets,
		cassoApi: { authentication: 'apiKey', apiKey: 'k', baseUrl: 'http://127.0.0.1:9' },
	});
}

function record(more: IDataObject = {}): IDataObject {
	return {
		id: nextId++,
		reference: 'FT24277',
		description: 'DH1024 thanh toán',
		amount: 599_000,
		runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '0071000888888',
		bankName: 'VPBank',
		bankAbbreviation: 'VPB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
		...more,
	};
}

function v2(data: unknown, more: { key?: string; signedAtMs?: number; error?: unknown } = {}): DeliveredRequest {
	const body = JSON.stringify({ error: more.error ?? 0, data });
	return {
		body,
		headers: lower(signWebhook(body, { securityKey: more.key ?? KEY, signedAtMs: more.signedAtMs ?? Date.now() })),
	};
}

function legacy(data: unknown, token = TOKEN): DeliveredRequest {
	return { body: JSON.stringify({ error: 0, data }), headers: { 'secure-token': token } };
}

/** Node gives header names in lower case. */
function lower(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function trigger(parameters: IDataObject = {}, staticData: IDataObject = {}, using = engine) {
	return using.workflow(
		{ type: 'n8n-nodes-casso.cassoTrigger', parameters: { registration: 'manual', ...parameters } },
		staticData,
	);
}

async function deliver(request: DeliveredRequest, parameters: IDataObject = {}): Promise<Delivered> {
	return await engine.deliver(trigger(parameters), request);
}

function getItems({ result }: Delivered): IDataObject[] | undefined {
	return result.workflowData?.[0]?.map(({ json }) => json);
}

describe('authentic deliveries', () => {
	it('hands on a signed transaction in the shape of Get Many and leaves the answer to n8n', async () => {
		const sent = record();
		const delivered = await deliver(v2(sent));
		expect(getItems(delivered)).toEqual([
			{
				id: sent.id,
				reference: 'FT24277',
				transactedAt: '2024-10-03T15:06:37+07:00',
				amount: 599_000,
				description: 'DH1024 thanh toán',
				runningBalance: 25_000_000,
				accountNumber: '0071000888888',
				bankName: 'VPBank',
				counterpartyName: 'NGUYEN VAN A',
				counterpartyAccount: '8888888888',
			},
		]);
		expect(delivered.answer).toEqual({});
		expect(delivered.result.noWebhookResponse).toBeUndefined();
		expect(delivered.result.webhookResponse).toEqual({ success: true });
		// A status given as text makes n8n answer 500 after it stored the execution; left out, it is 200. With empty response
		// data n8n sends the node's own response, and needs no expression for it.
		expect(engine.nodeType('cassoTrigger').description.webhooks).toEqual([
			{ name: 'default', httpMethod: 'POST', path: 'casso', responseMode: 'onReceived', responseData: '' },
		]);
	});

	it('takes the raw body: what n8n parsed is not looked at', async () => {
		const request = v2(record());
		expect(getItems(await deliver({ ...request, body: Buffer.from(`\ufeff ${String(request.body)}`) }))).toHaveLength(
			1,
		);
		expect((await deliver({ ...request, body: undefined })).answer.status).toBe(400);
	});

	it('reads a body that n8n left unread', async () => {
		expect(getItems(await deliver({ ...v2(record()), isUnread: true }))).toHaveLength(1);
		expect((await deliver({ ...v2(record()), body: 'plain', isUnread: true })).answer.status).toBe(400);
	});

	it('hands on every transaction of a legacy batch where legacy is allowed', async () => {
		const batch = [1, 2, 3].map((amount) => ({
			id: nextId++,
			tid: 'TF',
			amount,
			description: '',
			when: '2020-11-02',
			subAccId: '1',
			bank_sub_acc_id: '1',
		}));
		const delivered = await deliver(legacy(batch), { options: { allowLegacy: true } });
		expect(getItems(delivered)?.map(({ amount }) => amount)).toEqual([1, 2, 3]);
	});

	it('hands on Raw records as they came', async () => {
		const sent = record({ unknownKey: { nested: [1] } });
		expect(getItems(await deliver(v2(sent), { output: 'raw' }))).toEqual([sent]);
	});

	it('writes no static data', async () => {
		const staticData = (): IDataObject => ({
			'node:Other': { cursor: 1 },
			'node:Under Test': { webhookId: 1, tokenHash: hashSecureToken(TOKEN), url: 'x' },
		});
		for (const [registration, request] of [
			['manual', v2(record())],
			['automatic', legacy([record()])],
		] as const) {
			const workflow = trigger({ registration }, staticData());
			expect(getItems(await engine.deliver(workflow, request))).toHaveLength(1);
			expect((workflow.staticData as { __dataChanged?: boolean }).__dataChanged).toBe(false);
		}
	});
});

describe('automatic registration', () => {
	const registered = { 'node:Under Test': { webhookId: 1, tokenHash: hashSecureToken(TOKEN), url: 'x' } };

	it('takes the registered token, and no other', async () => {
		const workflow = (): ReturnType<typeof trigger> => trigger({ registration: 'automatic' }, registered);
		expect(getItems(await engine.deliver(workflow(), legacy([record()])))).toHaveLength(1);
		expect((await engine.deliver(workflow(), legacy([record()], 'other'))).answer).toEqual(REFUSED);
		expect((await engine.deliver(workflow(), v2(record()))).answer).toEqual(REFUSED);
		expect(engine.logs).toEqual([
			'warn Casso Trigger refused a delivery: wrong secure token',
			'warn Casso Trigger refused a delivery: no secure token',
		]);
	});

	it('refuses everything where the registration is lost, and says why', async () => {
		const delivered = await engine.deliver(trigger({ registration: 'automatic' }), legacy([record()]));
		expect(delivered.answer).toEqual(REFUSED);
		expect(delivered.result.workflowData).toBeUndefined();
		expect(engine.logs).toEqual([
			'warn Casso Trigger refused a delivery: no secret is configured for this kind of delivery',
		]);
	});
});

describe('refusals', () => {
	const cases: [string, () => DeliveredRequest, IDataObject, number, string][] = [
		[
			'no signature',
			() => ({ ...v2(record()), headers: {} }),
			{},
			401,
			'no signature, although a security key is configured',
		],
		[
			'a token instead of a signature',
			() => legacy([record()]),
			{},
			401,
			'no signature, although a security key is configured',
		],
		['a wrong token', () => legacy([record()], 'x'), { options: { allowLegacy: true } }, 401, 'wrong secure token'],
		['the key as token', () => legacy([record()], KEY), { options: { allowLegacy: true } }, 401, 'wrong secure token'],
		[
			'another key',
			() => v2(record(), { key: 'x' }),
			{},
			401,
			'bad signature: neither the current nor the previous security key fits',
		],
		[
			'a changed body',
			() => ({ ...v2(record()), body: '{"error":0,"data":{"id":1,"amount":1}}' }),
			{},
			401,
			'bad signature: neither the current nor the previous security key fits',
		],
		[
			'a malformed header',
			() => ({ ...v2(record()), headers: { 'x-casso-signature': 't=1' } }),
			{},
			401,
			'the signature header is malformed',
		],
		[
			'an old time',
			() => v2(record(), { signedAtMs: Date.now() - 600_000 }),
			{ options: { replayWindowMinutes: 5 } },
			401,
			'too old: signed before the replay window',
		],
		[
			'a time to come',
			() => v2(record(), { signedAtMs: Date.now() + 600_000 }),
			{ options: { replayWindowMinutes: 5 } },
			401,
			'clock: signed in the future, beyond the replay window; check the clock of this machine',
		],
		['a body that is no JSON', () => ({ ...v2(record()), body: 'amount=1' }), {}, 400, 'the body is not JSON'],
		[
			'a signed body of more than 64 KiB',
			() => v2(record({ description: 'x'.repeat(64 * 1024) })),
			{},
			400,
			'the body is too large',
		],
		[
			'a compressed body that nothing proves',
			() => {
				const request = v2(record());
				return { ...request, headers: { ...request.headers, 'content-encoding': 'gzip' } };
			},
			{},
			401,
			'the body is compressed (Content-Encoding), which Casso does not do',
		],
	];

	it.each(cases)(
		'%s: starts nothing, ends the answer, logs one line',
		async (_name, request, parameters, status, reason) => {
			const delivered = await deliver(request(), parameters);
			expect(delivered.answer).toEqual({ status, body: { success: false }, ended: true });
			expect(delivered.result).toEqual({ noWebhookResponse: true });
			expect(engine.logs).toEqual([`warn Casso Trigger refused a delivery: ${reason}`]);
		},
	);

	it('refuses, and starts nothing, where the credential is missing', async () => {
		const bare = await Engine.load('.', {});
		const delivered = await bare.deliver(trigger({}, {}, bare), v2(record()));
		expect(delivered.answer).toEqual(REFUSED);
		expect(bare.logs[0]).toMatch(/^warn Casso Trigger refused a delivery that it could not verify: .*credential/i);
	});

	it('of 2,000 forgeries logs one line in ten seconds, and how many there were', async () => {
		const forge = async (): Promise<unknown> => await deliver({ ...v2(record()), body: JSON.stringify({ data: 1 }) });
		const bad =
			'warn Casso Trigger refused a delivery: bad signature: neither the current nor the previous security key fits';
		for (let count = 0; count < 2_000; count++) await forge();
		expect(engine.logs).toEqual([bad]);
		// Another reason is not hidden by them.
		await deliver({ ...v2(record()), headers: {} });
		expect(engine.logs).toHaveLength(2);
		skippedMs += LOG_INTERVAL_MS;
		await forge();
		expect(engine.logs.at(-1)).toBe(`${bad} (and 1999 more since the last message)`);
	});

	it('never logs anything of a delivery or a secret', async () => {
		for (const [, request, parameters] of cases) {
			skippedMs += LOG_INTERVAL_MS;
			await deliver(request(), parameters);
		}
		expect(engine.logs).toHaveLength(cases.length);
		expect(engine.logs.join('\n')).not.toMatch(/DH1024|0071000888888|599000|KKKK|OOOO|TTTT|v1=|NGUYEN/);
	});
});

describe('rotation', () => {
	it('takes current and previous key and says which', async () => {
		await deliver(v2(record(), { key: OLD_KEY }));
		await deliver(v2(record()));
		expect(engine.logs).toEqual([
			'info Casso Trigger accepted a delivery with the previous security key',
			'info Casso Trigger accepted a delivery with the current security key',
		]);
	});

	it('says nothing while there is only one', async () => {
		const one = await load({ ...SECRETS, previousSecurityKey: '' });
		expect(getItems(await one.deliver(trigger({}, {}, one), v2(record())))).toHaveLength(1);
		expect(one.logs).toEqual([]);
	});
});

describe('deliveries that start nothing are answered with success by the node', () => {
	it.each<[string, DeliveredRequest, IDataObject]>([
		['a filtered transaction', v2(record({ amount: -5 })), { direction: 'in' }],
		['an ignored test call', v2(record({ id: 0 })), {}],
		['a ping without data', v2(undefined), {}],
		['a ping with an empty array', v2([]), {}],
		['data of null', v2(null), {}],
		['an authentic failure', v2(record(), { error: 7 }), {}],
		['an unknown form', v2('text'), {}],
		['a record that cannot be read', v2({ note: 'no id' }), {}],
	])('%s', async (_name, request, parameters) => {
		const delivered = await deliver(request, parameters);
		expect(delivered.answer).toEqual(SUCCESS);
		expect(delivered.result).toEqual({ noWebhookResponse: true });
	});

	it('warns of what is authentic and unexpected', async () => {
		await deliver(v2(record(), { error: 7 }));
		await deliver(v2('text'));
		await deliver(v2({ note: 'secret memo' }));
		expect(engine.logs.filter((line) => line.startsWith('warn'))).toHaveLength(3);
		expect(engine.logs.join()).not.toContain('secret memo');
	});

	it('takes 100,000 records with the right token without blocking n8n for long, each once', async () => {
		const records = Array.from({ length: 100_000 }, (_, id) => ({ id: id + 1, amount: 1 }));
		const begun = process.cpuUsage();
		const delivered = await deliver(legacy([...records, ...records.slice(0, 1_000)]), {
			options: { allowLegacy: true },
		});
		expect(getItems(delivered)).toHaveLength(100_000);
		// With a search of the whole list for each record it took 17 s. Not by the clock, which a busy machine stretches.
		const { user, system } = process.cpuUsage(begun);
		expect((user + system) / 1_000).toBeLessThan(12_000);
	});

	it('passes on the readable records of a batch, and with Raw the others too', async () => {
		const batch = (): DeliveredRequest => legacy([record(), { note: 'no id' }, record()]);
		expect(getItems(await deliver(batch(), { options: { allowLegacy: true } }))).toHaveLength(2);
		const raw = getItems(await deliver(batch(), { output: 'raw', options: { allowLegacy: true } }));
		expect(raw).toHaveLength(3);
		expect(raw).toContainEqual({ note: 'no id' });
	});
});

describe('filters', () => {
	const batch = (): DeliveredRequest =>
		legacy([
			record({ amount: 100, description: 'DH1 áo', accountNumber: '001' }),
			record({ amount: -100, description: 'rut tien', accountNumber: '001' }),
			record({ amount: 5_000, description: 'dh22', accountNumber: '1' }),
			record({ id: 0, amount: 7, description: 'giao dich thu nghiem' }),
		]);

	it.each<[IDataObject, number[]]>([
		[{}, [100, -100, 5_000]],
		[{ direction: 'in' }, [100, 5_000]],
		[{ direction: 'out' }, [-100]],
		[{ filters: { accountNumbers: '001, 0099' } }, [100, -100]],
		[{ filters: { accountNumbers: '1' } }, [5_000]],
		[{ filters: { minAmount: 101 } }, [5_000]],
		[{ filters: { description: 'DH?' } }, [100, 5_000]],
		[{ filters: { description: 'dh1*Áo' } }, [100]],
		[{ filters: { description: '(a+)+$' } }, []],
	])('%j lets through %j', async (parameters, amounts) => {
		const delivered = await deliver(batch(), { ...parameters, options: { allowLegacy: true } });
		expect(getItems(delivered)?.map(({ amount }) => amount) ?? []).toEqual(amounts);
	});

	it('passes test calls on when asked, marked, whatever the filters say', async () => {
		const options = { allowLegacy: true, testCalls: 'pass' };
		const items = getItems(await deliver(batch(), { direction: 'out', options }));
		expect(items?.map(({ id, isTest }) => [id === 0, isTest])).toEqual([
			[false, false],
			[true, true],
		]);
		expect(getItems(await deliver(v2(record({ id: 0 })), { output: 'raw', options }))?.[0]).toMatchObject({
			id: 0,
			isTest: true,
		});
	});

	it('lets n8n show a failed execution where an authentic delivery meets a filter that makes no sense', async () => {
		await expect(deliver(v2(record()), { filters: { minAmount: -1 } })).rejects.toThrow('Minimum Amount');
		expect((await deliver({ ...v2(record()), headers: {} }, { filters: { minAmount: -1 } })).answer).toEqual(REFUSED);
	});
});
