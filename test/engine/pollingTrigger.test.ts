/** The Casso Polling Trigger through n8n's own poll context, against the sandbox. */
import { Engine } from './harness/engine';
import { startSandbox, type Sandbox, type TransactionInput } from '@saoke/sandbox';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

const TYPE = 'n8n-nodes-casso.cassoPollingTrigger';
const LIST = '/v2/transactions';
const MINUTE = 60_000;

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 3, transactions: 40, historyDays: 30, seed: 5 });
	engine = await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, accessToken: '', baseUrl: sandbox.cassoUrl },
	});
});

afterAll(async () => {
	await sandbox.close();
});

beforeEach(() => {
	sandbox.casso.reset();
});

let nextTrigger = 1;

/** A published trigger: its static data lives on, through restarts too. */
class Published {
	staticData: IDataObject = {};
	private readonly id = `trigger-${nextTrigger++}`;

	constructor(readonly parameters: IDataObject = {}) {}

	/**
	 * @param mode `manual` is what the editor's button does
	 * @param activation `activate` for the poll that n8n makes when the workflow is published
	 */
	async poll(
		mode: 'trigger' | 'manual' = 'trigger',
		activation?: 'activate' | 'update' | 'init',
	): Promise<INodeExecutionData[] | null> {
		const workflow = engine.workflow(
			{ type: TYPE, id: this.id, parameters: this.parameters },
			JSON.parse(JSON.stringify(this.staticData)) as IDataObject,
		);
		const items = await engine.poll(workflow, { mode, activation });
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return items;
	}

	/** Ids of the items of the next poll. */
	async ids(): Promise<unknown[]> {
		return (await this.poll())?.map(({ json }) => json.id) ?? [];
	}
}

function add(input: Partial<TransactionInput> = {}): number {
	return sandbox.casso.addTransaction({ amount: 50_000, memo: 'DH12 thanh toan', ...input }).id;
}

function requests(): number {
	const count = sandbox.casso.requests.list().length;
	sandbox.casso.requests.clear();
	return count;
}

describe('publishing', () => {
	it('sets a baseline and starts nothing', async () => {
		const trigger = new Published();
		add();
		expect(await trigger.poll()).toBeNull();
		expect(await trigger.poll()).toBeNull();
	});

	it('starts the workflow with the days before, where that is asked for', async () => {
		add({ time: Date.now() - 3 * 24 * 60 * MINUTE });
		const wanted = add();
		const trigger = new Published({ options: { backlogDays: 2 } });
		const ids = await trigger.ids();
		expect(ids.at(-1)).toBe(wanted);
		const since = Date.now() - 2 * 24 * 60 * MINUTE;
		const { list } = sandbox.casso.data.transactions.range(null, since, Infinity);
		expect(ids.length).toBeGreaterThanOrEqual(list.filter(({ time }) => time > since + 24 * 60 * MINUTE).length);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('a poll', () => {
	it('gives one item a transaction, in order of time, in the shape of Get Many', async () => {
		const trigger = new Published();
		await trigger.poll();
		const second = add({ time: Date.now() - MINUTE });
		const first = add({ time: Date.now() - 5 * MINUTE, accountId: sandbox.casso.data.accounts[1]?.id });
		const items = await trigger.poll();
		expect(items?.map(({ json }) => json.id)).toEqual([first, second]);
		const many = await engine.items({
			type: 'n8n-nodes-casso.casso',
			parameters: { resource: 'transaction', operation: 'getAll', returnAll: true },
		});
		expect(items?.[0]?.json).toEqual(many.find(({ json }) => json.id === first)?.json);
	});

	it('gives the record as it was sent, where Raw is chosen', async () => {
		const trigger = new Published({ output: 'raw' });
		await trigger.poll();
		const id = add();
		expect((await trigger.poll())?.[0]?.json).toMatchObject({
			id,
			bankSubAccId: expect.any(String) as string,
			tid: expect.any(String) as string,
		});
	});

	it('costs one request when nothing changed, and changes nothing that n8n would have to save', async () => {
		const trigger = new Published();
		await trigger.poll();
		requests();
		const before = trigger.staticData;
		for (let poll = 0; poll < 3; poll++) await trigger.poll();
		expect(requests()).toBe(3);
		expect(trigger.staticData).toEqual(before);
	});

	it('finds a row that is dated two days back, and one of id 0', async () => {
		const trigger = new Published();
		await trigger.poll();
		const late = add({ time: Date.now() - 2 * 24 * 60 * MINUTE });
		expect(await trigger.ids()).toEqual([late]);
		add({ id: 0 });
		expect(await trigger.ids()).toEqual([0]);
		expect(await trigger.poll()).toBeNull();
	});

	it.each<[string, IDataObject, Partial<TransactionInput>]>([
		['direction', { direction: 'in' }, { amount: -50_000 }],
		['least amount', { filters: { minAmount: 40_000 } }, { amount: 1000 }],
		['greatest amount', { filters: { maxAmount: 60_000 } }, { amount: 70_000 }],
		['text', { filters: { description: 'dh*thanh' } }, { memo: 'luong thang 3' }],
	])(
		'starts nothing for what the filter on %s refuses, neither now nor when the filter is gone',
		async (_name, parameters, refused) => {
			const trigger = new Published(parameters);
			await trigger.poll();
			add(refused);
			const wanted = add();
			expect(await trigger.ids()).toEqual([wanted]);
			const unfiltered = new Published();
			unfiltered.staticData = trigger.staticData;
			expect(await unfiltered.poll()).toBeNull();
		},
	);

	it('takes picked accounts only, by their numbers', async () => {
		const [one, other] = sandbox.casso.data.accounts;
		const trigger = new Published({ accountScope: 'picked', pickedAccounts: [one?.accountNumber] });
		await trigger.poll();
		add({ accountId: other?.id });
		const wanted = add({ accountId: one?.id });
		expect(await trigger.ids()).toEqual([wanted]);
	});

	it('refuses to run without a picked account', async () => {
		await expect(new Published({ accountScope: 'picked', pickedAccounts: [] }).poll()).rejects.toThrow(
			'Account Names or IDs: No account is picked',
		);
	});

	it.each([
		['500', { kind: 'httpError', status: 500 }],
		['a broken answer', { kind: 'invalidJson' }],
		['an error in the envelope', { kind: 'errorEnvelope' }],
		['401', { kind: 'httpError', status: 401 }],
	] as const)('throws on %s and leaves the state untouched', async (_name, fault) => {
		const trigger = new Published({ options: { pageSize: 3 } });
		await trigger.poll();
		const id = add();
		for (const skip of [0, 1]) {
			const before = JSON.stringify(trigger.staticData);
			const number = sandbox.casso.faults.add({ ...fault, path: LIST, skip });
			await expect(trigger.poll()).rejects.toThrow(/Casso/);
			expect(JSON.stringify(trigger.staticData)).toBe(before);
			sandbox.casso.faults.remove(number);
		}
		expect(await trigger.ids()).toEqual([id]);
	});

	it('does not run beside itself', async () => {
		const trigger = new Published();
		await trigger.poll();
		const id = add();
		sandbox.casso.faults.add({ kind: 'slow', ms: 100, path: LIST, count: 1 });
		const both = await Promise.all([trigger.poll(), trigger.poll()]);
		expect(both.flatMap((items) => items?.map(({ json }) => json.id) ?? [])).toEqual([id]);
	});

	it('survives a state that is damaged, without losing or repeating', async () => {
		const trigger = new Published();
		await trigger.poll();
		const first = add({ time: Date.now() - MINUTE });
		expect(await trigger.ids()).toEqual([first]);
		const node = Object.values(trigger.staticData)[0] as { feed: IDataObject };
		node.feed = { ...node.feed, seen: 'gone', mark: 7 };
		const second = add({ time: Date.now() + 1500 });
		expect(await trigger.ids()).toEqual([second]);
		expect(await trigger.poll()).toBeNull();
	});
});

describe('a manual test', () => {
	it('shows the newest transaction and touches no state', async () => {
		const trigger = new Published();
		await trigger.poll();
		const before = JSON.stringify(trigger.staticData);
		const id = add();
		expect((await trigger.poll('manual'))?.map(({ json }) => json.id)).toEqual([id]);
		expect(JSON.stringify(trigger.staticData)).toBe(before);
		expect(await trigger.ids()).toEqual([id]);
	});

	it('shows the newest that passes the filters, or says that there is none', async () => {
		const id = add({ amount: -777 });
		add();
		expect(
			(await new Published({ direction: 'out', filters: { maxAmount: 777, minAmount: 777 } }).poll('manual'))?.map(
				({ json }) => json.id,
			),
		).toEqual([id]);
		await expect(new Published({ filters: { description: 'nobody writes this' } }).poll('manual')).rejects.toThrow(
			'No transaction of the last 30 days',
		);
	});
});

describe('syncing before reading', () => {
	const syncs = (): unknown[] =>
		sandbox.casso.requests.list({ path: '/v2/sync' }).map(({ body }) => (body as { bank_acc_id: string }).bank_acc_id);

	it.each([404, 403, 500])(
		'an account that cannot be synced (%i) stops no reading, and is named each time',
		async (status) => {
			const numbers = sandbox.casso.data.accounts.map(({ accountNumber }) => accountNumber);
			const parameters = { accountScope: 'picked', pickedAccounts: numbers, options: { syncFirst: true } };
			sandbox.casso.faults.add({ kind: 'httpError', status, path: '/v2/sync' });
			const trigger = new Published(parameters);
			await trigger.poll('trigger', 'activate');
			const id = add();
			expect(await trigger.ids()).toEqual([id]);
			const named = engine.logs.filter((line) => /account that ends in \d{4} could not be synced/.test(line));
			expect(named.length).toBeGreaterThan(0);
			await expect(trigger.poll()).rejects.toThrow(`HTTP ${status}`);
		},
	);

	it('asks once a minute for each account, also after a restart and for two workflows, and finds what comes', async () => {
		const [one] = sandbox.casso.data.accounts;
		const parameters = {
			accountScope: 'picked',
			pickedAccounts: [one?.accountNumber],
			options: { syncFirst: true },
		};
		const trigger = new Published(parameters);
		sandbox.casso.queueForSync({ amount: 123_000, accountId: one?.id });
		await trigger.poll();
		await trigger.poll();
		await new Published(parameters).poll();
		expect(syncs()).toEqual([one?.accountNumber]);
		await new Promise((resolve) => setTimeout(resolve, 400));
		expect((await trigger.poll())?.map(({ json }) => json.amount)).toEqual([123_000]);
	});

	it('asks for every connected account where all are read', async () => {
		await new Published({ options: { syncFirst: true } }).poll();
		const [, ...others] = sandbox.casso.data.accounts;
		expect(syncs()).toEqual(
			others.filter(({ connectStatus }) => connectStatus === 1).map(({ accountNumber }) => accountNumber),
		);
	});
});

it('offers the accounts by name, with the bank account number as the value', async () => {
	const { getAccountNumbers } = engine.nodeType(TYPE).methods?.loadOptions ?? {};
	const options = await getAccountNumbers?.call(engine.loadOptions(engine.workflow({ type: TYPE, parameters: {} })));
	expect(options?.map(({ value }) => value)).toEqual(
		sandbox.casso.data.accounts.map(({ accountNumber }) => accountNumber),
	);
	expect(JSON.stringify(options?.map(({ name }) => name))).not.toContain(String(options?.[0]?.value));
});
