/** Repeated deliveries at the Casso Trigger: pass once within the window, and never at the price of a loss. */
import { EventEmitter } from 'node:events';
import type { IDataObject } from 'n8n-workflow';
import type { Delivered, Engine } from './harness/engine';
import { legacy, loadReceiver, trigger, v2 } from './harness/receiver';

let engine: Engine;
let nextId = 50_000;

beforeAll(async () => {
	engine = await loadReceiver();
});

// Time stands still, so that no copy that waits leaves a timer behind.
beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
});

afterEach(() => {
	jest.useRealTimers();
});

interface Sent {
	ids: (number | string)[];
	n8nAnswers?: number | 'later';
	account?: string;
	amount?: number;
	isSigned?: boolean;
	options?: IDataObject;
	mode?: 'webhook' | 'manual';
	hangUp?: EventEmitter;
}

async function deliver({
	ids,
	account = '001',
	amount = 5,
	isSigned = false,
	options = {},
	...rest
}: Sent): Promise<Delivered> {
	const parameters = { options: { allowLegacy: true, testCalls: 'pass', ...options } };
	const data = ids.map((id) => ({
		id,
		tid: 'TF',
		amount,
		description: '',
		when: '2020-11-02',
		bank_sub_acc_id: account,
	}));
	const request = { ...(isSigned ? v2(data) : legacy(data)), ...rest };
	return await engine.deliver(trigger(engine, parameters), request);
}

function getIds({ result }: Delivered): unknown[] {
	return result.workflowData?.[0]?.map(({ json }) => json.id) ?? [];
}

const isOpen = async (promise: Promise<unknown>): Promise<boolean> => {
	await new Promise((resolve) => setImmediate(resolve));
	return await Promise.race([promise.then(() => false), Promise.resolve(true)]);
};

describe('within five seconds', () => {
	it('a stored transaction is answered with success and starts nothing again', async () => {
		const id = nextId++;
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
		const again = await deliver({ ids: [id] });
		expect(again.result).toEqual({ noWebhookResponse: true });
		expect(again.answer).toEqual({ status: 200, body: { success: true }, ended: true });
	});

	it('only the new ones of a batch pass', async () => {
		const [first, second] = [nextId++, nextId++];
		await deliver({ ids: [first] });
		expect(getIds(await deliver({ ids: [first, second, second] }))).toEqual([second]);
	});

	it('of parallel deliveries one passes; the others wait until it is stored', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const others = [deliver({ ids: [id] }), deliver({ ids: [id] })];
		expect(await isOpen(Promise.race(others))).toBe(true);
		first.finish(200);
		expect(getIds(first)).toEqual([id]);
		for (const other of await Promise.all(others)) expect(other.answer.status).toBe(200);
		for (const other of await Promise.all(others)) expect(getIds(other)).toEqual([]);
	});

	it('the same id of another account, of a test run or of a test call is no repeat', async () => {
		const id = nextId++;
		await deliver({ ids: [id] });
		expect(getIds(await deliver({ ids: [id], account: '002' }))).toEqual([id]);
		expect(getIds(await deliver({ ids: [id], mode: 'manual' }))).toEqual([id]);
		expect(getIds(await deliver({ ids: [0] }))).toEqual([0]);
		expect(getIds(await deliver({ ids: [0, 0] }))).toEqual([0, 0]);
	});

	it('ids that JSON rounds, and bank references in the place of an id, are no repeats', async () => {
		expect(getIds(await deliver({ ids: [2 ** 53 + 2] }))).toHaveLength(1);
		expect(getIds(await deliver({ ids: [2 ** 53 + 2] }))).toHaveLength(1);
		expect(getIds(await deliver({ ids: [''] }))).toEqual(['TF']);
		expect(getIds(await deliver({ ids: [''] }))).toEqual(['TF']);
	});

	it('a delivery with a token hides no signed one, and one that differs is passed and marked', async () => {
		const id = nextId++;
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
		expect(getIds(await deliver({ ids: [id], isSigned: true }))).toEqual([id]);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([]);
		const { result } = await deliver({ ids: [id], amount: 6 });
		expect(result.workflowData?.[0]?.[0]?.json).toMatchObject({ id, amount: 6, isConflict: true });
	});

	it('can be switched off', async () => {
		const id = nextId++;
		await deliver({ ids: [id] });
		expect(getIds(await deliver({ ids: [id], options: { ignoreRepeats: false } }))).toEqual([id]);
	});
});

describe('nothing is lost', () => {
	it('a retry after n8n failed to store passes, however soon it comes', async () => {
		const id = nextId++;
		expect(getIds(await deliver({ ids: [id], n8nAnswers: 500 }))).toEqual([id]);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});

	it('a parallel copy takes the place of one that n8n failed to store', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const copy = deliver({ ids: [id] });
		expect(await isOpen(copy)).toBe(true);
		first.finish(500);
		expect(getIds(await copy)).toEqual([id]);
	});

	it('of several waiting copies one takes its place', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const copies = [1, 2, 3].map(() => deliver({ ids: [id] }));
		await isOpen(Promise.race(copies));
		first.finish(500);
		expect((await Promise.all(copies)).map(getIds).filter((ids) => ids.length > 0)).toEqual([[id]]);
	});

	it('a caller that hangs up leaves no mark', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		first.disconnect();
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});

	it('a caller who hangs up before the delivery is checked leaves no mark', async () => {
		const id = nextId++;
		const hangUp = new EventEmitter();
		const first = deliver({ ids: [id], n8nAnswers: 'later', hangUp });
		hangUp.emit('now');
		expect(getIds(await first)).toEqual([]);
		expect(engine.logs.at(-1)).toContain('the sender hung up');
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});

	it('nor does one who hangs up in the moment that ends the wait', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const hangUp = new EventEmitter();
		const copy = deliver({ ids: [id], hangUp });
		expect(await isOpen(copy)).toBe(true);
		first.finish(500);
		hangUp.emit('now');
		expect(getIds(await copy)).toEqual([]);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});

	it('a copy does not wait for ever: it asks Casso to try again, and starts nothing twice', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const copy = deliver({ ids: [id] });
		await jest.advanceTimersByTimeAsync(24_999);
		expect(await isOpen(copy)).toBe(true);
		await jest.advanceTimersByTimeAsync(1);
		expect((await copy).answer).toEqual({ status: 503, body: { success: false }, ended: true });
		expect(getIds(await copy)).toEqual([]);
		expect(engine.logs.at(-1)).toContain('asked Casso to retry');
		first.finish(200);
		expect((await deliver({ ids: [id] })).answer.status).toBe(200);
	});

	it('a waiting copy whose caller hangs up starts nothing', async () => {
		const id = nextId++;
		const first = await deliver({ ids: [id], n8nAnswers: 'later' });
		const hangUp = new EventEmitter();
		const copy = deliver({ ids: [id], hangUp });
		expect(await isOpen(copy)).toBe(true);
		hangUp.emit('now');
		expect(getIds(await copy)).toEqual([]);
		first.finish(500);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});

	it('after five seconds a repeat passes again: exactly once is not promised', async () => {
		const id = nextId++;
		await deliver({ ids: [id] });
		jest.advanceTimersByTime(4_999);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([]);
		jest.advanceTimersByTime(1);
		expect(getIds(await deliver({ ids: [id] }))).toEqual([id]);
	});
});
