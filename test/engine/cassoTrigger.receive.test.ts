/** The Casso Trigger in n8n's own webhook context: what it takes, answers and hands on. */
import { hashSecureToken } from '@saoke/core';
import type { IDataObject } from 'n8n-workflow';
import type { Delivered, DeliveredRequest, Engine } from './harness/engine';
import {
	getItems,
	legacy,
	loadReceiver,
	record,
	REFUSED,
	SUCCESS,
	TOKEN,
	trigger,
	v2,
	withStillTimers,
} from './harness/receiver';

let engine: Engine;

beforeAll(async () => {
	engine = await loadReceiver();
});

withStillTimers();

beforeEach(() => {
	engine.logs.length = 0;
});

async function deliver(request: DeliveredRequest, parameters: IDataObject = {}): Promise<Delivered> {
	return await engine.deliver(trigger(engine, parameters), request);
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
			id: 900 + amount,
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
			const workflow = trigger(engine, { registration }, staticData());
			expect(getItems(await engine.deliver(workflow, request))).toHaveLength(1);
			expect((workflow.staticData as { __dataChanged?: boolean }).__dataChanged).toBe(false);
		}
	});
});

describe('automatic registration', () => {
	const registered = { 'node:Under Test': { webhookId: 1, tokenHash: hashSecureToken(TOKEN), url: 'x' } };

	it('takes the registered token, and no other', async () => {
		const workflow = (): ReturnType<typeof trigger> => trigger(engine, { registration: 'automatic' }, registered);
		expect(getItems(await engine.deliver(workflow(), legacy([record()])))).toHaveLength(1);
		expect((await engine.deliver(workflow(), legacy([record()], 'other'))).answer).toEqual(REFUSED);
		expect((await engine.deliver(workflow(), v2(record()))).answer).toEqual(REFUSED);
		expect(engine.logs).toEqual([
			'warn Casso Trigger refused a delivery: wrong secure token',
			'warn Casso Trigger refused a delivery: no secure token',
		]);
	});

	it('refuses everything where the registration is lost, and says why', async () => {
		const delivered = await engine.deliver(trigger(engine, { registration: 'automatic' }), legacy([record()]));
		expect(delivered.answer).toEqual(REFUSED);
		expect(delivered.result.workflowData).toBeUndefined();
		expect(engine.logs).toEqual([
			'warn Casso Trigger refused a delivery: no secret is configured for this kind of delivery',
		]);
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
