/** The option Payment Code gives the same code in both triggers and in Get Many; a pattern that cannot be meant is refused early. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { IDataObject } from 'n8n-workflow';
import { Engine, type NodeUnderTest } from './harness/engine';
import { getItems, KEY, record, trigger, v2 } from './harness/receiver';

const MEMO = 'MBVCB.3278907687.DH1024.CT tu 0011004012345 NGUYEN VAN A';

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 1, transactions: 0 });
	engine = await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, baseUrl: sandbox.cassoUrl },
		cassoWebhookApi: { securityKey: KEY },
	});
});

afterAll(async () => {
	await sandbox.close();
});

async function deliver(options: IDataObject): Promise<IDataObject | undefined> {
	const workflow = trigger(engine, { options: { ignoreRepeats: false, ...options } });
	return getItems(await engine.deliver(workflow, v2(record({ description: MEMO }))))?.[0];
}

async function poll(options: IDataObject): Promise<IDataObject | undefined> {
	const workflow = engine.workflow({ type: 'n8n-nodes-casso.cassoPollingTrigger', parameters: { options } });
	await engine.poll(workflow);
	sandbox.casso.addTransaction({ amount: 50_000, memo: MEMO });
	return (await engine.poll(workflow))?.[0]?.json;
}

describe.each([
	['Casso Trigger', deliver],
	['Casso Polling Trigger', poll],
])('%s', (_name, receive) => {
	it('adds the code that the payer wrote', async () => {
		expect(await receive({ paymentCode: 'DH' })).toMatchObject({ description: MEMO, paymentCode: 'DH1024' });
	});

	it('takes several patterns, with lengths', async () => {
		expect(await receive({ paymentCode: 'HD#{6}, DH#{4-6}' })).toMatchObject({ paymentCode: 'DH1024' });
	});

	it('says null where the memo holds none of this pattern', async () => {
		expect(await receive({ paymentCode: 'HD' })).toMatchObject({ paymentCode: null });
	});

	it('adds nothing where the option is off', async () => {
		expect(await receive({})).not.toHaveProperty('paymentCode');
	});
});

it('a pattern that cannot be meant is refused when the trigger is published', async () => {
	const workflow = trigger(engine, { options: { paymentCode: '*' } });
	await expect(engine.lifecycle(workflow, 'create')).rejects.toThrow(/Payment Code/);
});

describe('the option Payment Code of Get Many', () => {
	const [first, second] = ['MBVCB.3278907687.dh 1024.CT tu 0011004012345', 'DH12 DH13'];

	beforeAll(() => {
		for (const memo of [first, second, 'NGUYEN VAN A']) sandbox.casso.addTransaction({ amount: 10_000, memo });
	});

	function getMany(options: IDataObject, output = 'simplified'): NodeUnderTest {
		return {
			type: 'n8n-nodes-casso.casso',
			parameters: {
				resource: 'transaction',
				operation: 'getAll',
				accountScope: 'all',
				returnAll: true,
				sort: 'DESC',
				output,
				options,
			},
		};
	}

	async function newest(options: IDataObject, output?: string): Promise<IDataObject[]> {
		const items = await engine.items(getMany(options, output));
		return items.map(({ json }) => json).filter(({ amount }) => amount === 10_000);
	}

	async function refusal(options: IDataObject): Promise<string> {
		const { data } = await engine.run(getMany(options));
		return data.resultData.error?.message ?? 'no refusal';
	}

	const byDescription = (rows: IDataObject[], text: string): IDataObject | undefined =>
		rows.find(({ description }) => description === text);

	it('adds the code, null where there is none, and all of them where there are several', async () => {
		const rows = await newest({ paymentCode: 'DH' });
		expect(byDescription(rows, first ?? '')).toMatchObject({ paymentCode: 'DH1024' });
		expect(byDescription(rows, first ?? '')).not.toHaveProperty('paymentCodes');
		expect(byDescription(rows, second ?? '')).toMatchObject({ paymentCode: null, paymentCodes: ['DH12', 'DH13'] });
		expect(byDescription(rows, 'NGUYEN VAN A')).toMatchObject({ paymentCode: null });
	});

	it('adds it to raw records too, and nothing when it is off', async () => {
		expect(byDescription(await newest({ paymentCode: 'DH????' }, 'raw'), first ?? '')).toMatchObject({
			paymentCode: 'DH1024',
			tid: expect.any(String) as string,
		});
		expect(byDescription(await newest({}), first ?? '')).not.toHaveProperty('paymentCode');
		expect(await refusal({ paymentCode: ' ' })).toMatch(/^Payment Code: This option is empty/);
	});

	it('refuses a pattern that cannot be meant', async () => {
		expect(await refusal({ paymentCode: '*' })).toMatch(/^Payment Code: The pattern does not begin/);
	});
});
