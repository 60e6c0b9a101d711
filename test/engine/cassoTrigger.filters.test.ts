/** Which transactions of an authentic delivery the Casso Trigger starts a workflow with. */
import type { IDataObject } from 'n8n-workflow';
import type { Delivered, DeliveredRequest, Engine } from './harness/engine';
import { getItems, legacy, loadReceiver, record, REFUSED, trigger, v2, withStillTimers } from './harness/receiver';

let engine: Engine;

beforeAll(async () => {
	engine = await loadReceiver();
});

withStillTimers();

async function deliver(request: DeliveredRequest, parameters: IDataObject = {}): Promise<Delivered> {
	return await engine.deliver(trigger(engine, parameters), request);
}

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
