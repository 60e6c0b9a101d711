/** The option Group Deliveries That Arrive Together: one execution for what arrives while n8n stores another one. */
import { EventEmitter } from 'node:events';
import type { IDataObject } from 'n8n-workflow';
import type { Delivered, DeliveredRequest, Engine } from './harness/engine';
import { legacy, loadReceiver, SUCCESS } from './harness/receiver';

const TRY_AGAIN = { status: 503, body: { success: false }, ended: true };
let engine: Engine;
let nextId = 70_000;
let triggerId = '';

beforeAll(async () => {
	engine = await loadReceiver();
});

// Time stands still. A trigger of its own for each test, so that none meets what another one is storing.
beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
	triggerId = `trigger-${nextId}`;
	engine.logs.length = 0;
});

afterEach(() => {
	jest.useRealTimers();
});

type Sent = Partial<DeliveredRequest> & { options?: IDataObject; trigger?: string };

function deliver(
	ids: readonly number[],
	{ options = {}, trigger = triggerId, ...rest }: Sent = {},
): Promise<Delivered> {
	const parameters = {
		registration: 'manual',
		options: { allowLegacy: true, groupDeliveries: true, ...options },
	};
	const data = ids.map((id) => ({
		id,
		tid: 'TF',
		amount: 5,
		description: '',
		when: '2020-11-02',
		bank_sub_acc_id: '001',
	}));
	const workflow = engine.workflow({ type: 'n8n-nodes-casso.cassoTrigger', id: trigger, parameters });
	return engine.deliver(workflow, {
		...legacy(data),
		n8nAnswers: 'later',
		...rest,
	});
}

function newIds(count: number): number[] {
	return Array.from({ length: count }, () => nextId++);
}

function getIds({ result }: Delivered): unknown[] {
	return result.workflowData?.[0]?.map(({ json }) => json.id) ?? [];
}

async function settle(): Promise<void> {
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
	await settle();
	return await Promise.race([promise.then(() => false), Promise.resolve(true)]);
}

describe('what goes together', () => {
	it('a delivery that finds nothing being stored starts at once, alone', async () => {
		for (const id of newIds(3)) {
			const delivered = await deliver([id], { n8nAnswers: 200 });
			expect(getIds(delivered)).toEqual([id]);
			expect(delivered.result.webhookResponse).toEqual({ success: true });
		}
	});

	it('what arrives while it is stored goes into the next execution, in the order of arrival', async () => {
		const [a, b, c, d, e, f] = newIds(6) as [number, number, number, number, number, number];
		const first = await deliver([a]);
		const second = deliver([b, c]);
		expect(await isWaiting(second)).toBe(true);
		const others = [await deliver([d]), await deliver([e])];
		for (const other of others) expect(other.result).toEqual({ noWebhookResponse: true });
		expect(await isWaiting(second)).toBe(true);
		first.finish(200);
		const carrying = await second;
		expect(getIds(carrying)).toEqual([b, c, d, e]);
		const third = deliver([f]);
		expect(await isWaiting(third)).toBe(true);
		expect(others.map(({ answer }) => answer.ended)).toEqual([undefined, undefined]);
		carrying.finish(200);
		for (const other of others) expect(other.answer).toEqual(SUCCESS);
		expect(getIds(await third)).toEqual([f]);
	});

	it('at most 100 items, and the records of one delivery always together', async () => {
		const first = await deliver(newIds(1));
		const [a, b, c, d, e] = [60, 40, 1, 150, 1].map(newIds) as [number[], number[], number[], number[], number[]];
		const second = deliver(a);
		await settle();
		await deliver(b);
		const third = deliver(c);
		const fourth = deliver(d);
		const fifth = deliver(e);
		await settle();
		first.finish(200);
		for (const [carrying, ids] of [
			[second, [...a, ...b]],
			[third, c],
			[fourth, d],
			[fifth, e],
		] as const) {
			expect(getIds(await carrying)).toEqual(ids);
			(await carrying).finish(200);
		}
	});

	it('off by default: each delivery starts the workflow', async () => {
		const ids = newIds(3);
		const all = await Promise.all(ids.map((id) => deliver([id], { options: { groupDeliveries: undefined } })));
		expect(all.map(getIds)).toEqual(ids.map((id) => [id]));
	});

	it('two triggers have nothing to do with each other', async () => {
		const [a, b] = newIds(2) as [number, number];
		await deliver([a]);
		expect(getIds(await deliver([b], { trigger: 'another' }))).toEqual([b]);
	});

	it('"Listen for test event" groups nothing, and waits for no production execution', async () => {
		const [a, b, c] = newIds(3) as [number, number, number];
		await deliver([a]);
		expect(getIds(await deliver([b], { mode: 'manual' }))).toEqual([b]);
		expect(getIds(await deliver([c], { mode: 'manual' }))).toEqual([c]);
	});
});

describe('what was not stored is never acknowledged', () => {
	it.each([500, 503])('n8n answers %s: all of the group are asked to come again, and pass then', async (status) => {
		const ids = newIds(3) as [number, number, number];
		const first = await deliver(newIds(1));
		const carrying = deliver([ids[0]]);
		await settle();
		const others = [await deliver([ids[1]]), await deliver([ids[2]])];
		first.finish(200);
		(await carrying).finish(status);
		for (const other of others) expect(other.answer).toEqual(TRY_AGAIN);
		expect(engine.logs.filter((line) => line.includes('asked Casso to retry'))).toHaveLength(2);
		await settle();
		for (const id of ids) expect(getIds(await deliver([id], { n8nAnswers: 200 }))).toEqual([id]);
	});

	it('the next group starts after a failure, too', async () => {
		const [a, b] = newIds(2) as [number, number];
		const first = await deliver([a]);
		const second = deliver([b]);
		await settle();
		first.finish(500);
		expect(getIds(await second)).toEqual([b]);
	});

	it('n8n does not answer: after 25 s the next delivery starts what waits', async () => {
		const [a, b, c, d] = newIds(4) as [number, number, number, number];
		const stuck = await deliver([a]);
		const second = deliver([b]);
		await settle();
		const other = await deliver([c]);
		jest.advanceTimersByTime(24_999);
		expect(await isWaiting(second)).toBe(true);
		jest.advanceTimersByTime(1);
		await deliver([d]);
		expect(getIds(await second)).toEqual([b, c, d]);
		stuck.finish(200);
		expect(other.answer.ended).toBeUndefined();
		(await second).finish(200);
		expect(other.answer).toEqual(SUCCESS);
	});
});

describe('callers that hang up', () => {
	it('before the group starts: they are left out, and pass when they come again', async () => {
		const [a, b, c, d] = newIds(4) as [number, number, number, number];
		const first = await deliver([a]);
		const second = deliver([b]);
		await settle();
		const gone = await deliver([c]);
		gone.disconnect();
		await settle();
		const again = await deliver([c]);
		const last = await deliver([d]);
		first.finish(200);
		expect(getIds(await second)).toEqual([b, c, d]);
		(await second).finish(200);
		expect([gone.answer.ended, again.answer, last.answer]).toEqual([undefined, SUCCESS, SUCCESS]);
	});

	it('the one whose request starts the group, while it waits: the others are stored nevertheless', async () => {
		const [a, b, c] = newIds(3) as [number, number, number];
		const first = await deliver([a]);
		const hangUp = new EventEmitter();
		const carrying = deliver([b], { hangUp });
		await settle();
		const other = await deliver([c]);
		hangUp.emit('now');
		first.finish(200);
		expect(getIds(await carrying)).toEqual([c]);
		(await carrying).finish(200);
		expect(other.answer).toEqual(SUCCESS);
		expect(getIds(await deliver([b], { n8nAnswers: 200 }))).toEqual([b]);
	});

	it.each([
		[200, SUCCESS],
		[500, TRY_AGAIN],
	])('the same after it has started: n8n answers %s, and so are the others', async (status, expected) => {
		const [a, b, c] = newIds(3) as [number, number, number];
		const first = await deliver([a]);
		const carrying = deliver([b]);
		await settle();
		const other = await deliver([c]);
		first.finish(200);
		(await carrying).disconnect();
		expect(other.answer.ended).toBeUndefined();
		(await carrying).finish(status);
		expect(other.answer).toEqual(expected);
	});

	it('all of them: nothing is started, and the next delivery starts at once', async () => {
		const [a, b, c, d] = newIds(4) as [number, number, number, number];
		const first = await deliver([a]);
		const hangUp = new EventEmitter();
		const carrying = deliver([b], { hangUp });
		await settle();
		(await deliver([c])).disconnect();
		hangUp.emit('now');
		first.finish(200);
		expect((await carrying).result).toEqual({ noWebhookResponse: true });
		expect(getIds(await deliver([d]))).toEqual([d]);
	});
});

describe('repeats', () => {
	it('a copy in the same group is one item, and is acknowledged once that is stored', async () => {
		const [a, b] = newIds(2) as [number, number];
		const first = await deliver([a]);
		const second = deliver([b]);
		const copy = deliver([b]);
		const copyOfFirst = deliver([a]);
		expect(await isWaiting(Promise.race([second, copy, copyOfFirst]))).toBe(true);
		first.finish(200);
		expect((await copyOfFirst).answer).toEqual(SUCCESS);
		expect(getIds(await second)).toEqual([b]);
		expect(await isWaiting(copy)).toBe(true);
		(await second).finish(200);
		expect((await copy).answer).toEqual(SUCCESS);
		expect(getIds(await copy)).toEqual([]);
	});

	it('a copy of one that was not stored takes its place', async () => {
		const [a, b] = newIds(2) as [number, number];
		const first = await deliver([a]);
		const second = deliver([b]);
		await settle();
		const copy = deliver([b]);
		first.finish(200);
		(await second).finish(500);
		expect(getIds(await copy)).toEqual([b]);
	});

	it('with Ignore Repeats off, both pass', async () => {
		const [a, b] = newIds(2) as [number, number];
		const options = { ignoreRepeats: false };
		const first = await deliver([a], { options });
		const second = deliver([b], { options });
		await settle();
		await deliver([b], { options });
		first.finish(200);
		expect(getIds(await second)).toEqual([b, b]);
	});
});
