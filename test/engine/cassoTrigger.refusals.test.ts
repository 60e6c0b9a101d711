/** What the Casso Trigger refuses in n8n's own webhook context, with which of its keys it accepts, and what it logs. */
import type { IDataObject } from 'n8n-workflow';
import { Engine, type Delivered, type DeliveredRequest } from './harness/engine';
import {
	getItems,
	KEY,
	legacy,
	loadReceiver,
	LOG_INTERVAL_MS,
	OLD_KEY,
	record,
	REFUSED,
	SECRETS,
	trigger,
	v2,
	withStillTimers,
} from './harness/receiver';

let engine: Engine;

beforeAll(async () => {
	engine = await loadReceiver();
});

const time = withStillTimers();

beforeEach(() => {
	engine.logs.length = 0;
});

async function deliver(request: DeliveredRequest, parameters: IDataObject = {}): Promise<Delivered> {
	return await engine.deliver(trigger(engine, parameters), request);
}

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
		const delivered = await bare.deliver(trigger(bare), v2(record()));
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
		time.skip(LOG_INTERVAL_MS);
		await forge();
		expect(engine.logs.at(-1)).toBe(`${bad} (and 1999 more since the last message)`);
	});

	it('never logs anything of a delivery or a secret', async () => {
		for (const [, request, parameters] of cases) {
			time.skip(LOG_INTERVAL_MS);
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
		const one = await loadReceiver({ ...SECRETS, previousSecurityKey: '' });
		expect(getItems(await one.deliver(trigger(one), v2(record())))).toHaveLength(1);
		expect(one.logs).toEqual([]);
	});
});
