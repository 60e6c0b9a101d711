/**
 * A Casso Trigger and a poll in one workflow. n8n keeps one static data for both, and a poll that stands unchanged while
 * the trigger is published again writes back what it holds from before: the present registration must survive that.
 */
import fc from 'fast-check';
import type { IDataObject, Workflow } from 'n8n-workflow';
import { LifecycleBench, type TriggerHost } from './harness/triggerLifecycle';

let bench: LifecycleBench;
let host: TriggerHost;

beforeEach(async () => {
	bench = await LifecycleBench.start();
	host = bench.host();
});

afterEach(async () => {
	await bench.close();
});

/** A published poll: it keeps the workflow that it began with. */
class Poll {
	private readonly workflow: Workflow;

	constructor() {
		this.workflow = bench.engine.workflow(
			{ type: 'n8n-nodes-casso.cassoPollingTrigger', name: 'Poll', parameters: {} },
			copy(host.stored),
		);
	}

	/** One poll that finds something, so that n8n saves the static data. */
	async run(): Promise<void> {
		bench.sandbox.casso.addTransactions([{ amount: 1_000, silent: true }]);
		await bench.engine.poll(this.workflow);
		host.stored = copy(this.workflow.staticData);
	}
}

function copy(staticData: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(staticData)) as IDataObject;
}

async function publishAnew(): Promise<void> {
	await host.unpublish();
	host.parameters = { direction: host.parameters.direction === 'in' ? 'any' : 'in' };
	await host.activate();
}

/** The token that Casso was given. */
function token(): string {
	const [webhook, ...more] = bench.sandbox.casso.webhooks.list();
	if (!webhook || more.length > 0) throw new Error('There is not exactly one webhook at Casso');
	return webhook.secret;
}

async function isTaken(secureToken: string): Promise<boolean> {
	const body = JSON.stringify({
		error: 0,
		data: [{ id: 0, tid: 'test', amount: 1, description: '', when: '2026-11-20 10:00:00' }],
	});
	const { answer } = await bench.engine.deliver(host.load(), { body, headers: { 'secure-token': secureToken } });
	return answer.status === 200;
}

it('takes the token of today, and no longer that of before, after the poll wrote back the earlier registration', async () => {
	await host.activate();
	const poll = new Poll();
	const earlier = token();
	await publishAnew();
	await poll.run();
	expect(host.state.tokenHash).not.toBe(undefined);
	expect([await isTaken(token()), await isTaken(earlier)]).toEqual([true, false]);
});

it('is registered also where the poll never knew of it', async () => {
	const poll = new Poll();
	await host.activate();
	await poll.run();
	expect(host.state).toEqual({});
	expect(await isTaken(token())).toBe(true);
});

it('stays removed: publishing while Casso is silent does not trust what the poll wrote back', async () => {
	await host.activate();
	const poll = new Poll();
	await host.unpublish();
	await poll.run();
	bench.fail({ kind: 'httpError', status: 500 });
	await expect(host.activate()).rejects.toThrow('HTTP 500');
});

it('is removed as it is today, not as the poll remembers it', async () => {
	await host.activate();
	const poll = new Poll();
	await publishAnew();
	await poll.run();
	await host.unpublish();
	expect(bench.hooks()).toEqual([]);
	expect(bench.calls().at(-1)).toBe('DELETE /v2/webhooks/N');
});

describe('a test run beside it, which n8n removes in the same way as a published webhook', () => {
	const CREATE = { mode: 'manual', activation: 'manual', isTest: true } as const;
	const DELETE = { mode: 'internal', activation: 'update', isTest: true } as const;

	it('leaves it as it is', async () => {
		await host.activate();
		const poll = new Poll();
		const test = host.load({});
		const production = token();
		await bench.engine.lifecycle(test, 'create', CREATE);
		await poll.run();
		expect(await isTaken(production)).toBe(true);
		await bench.engine.lifecycle(test, 'delete', DELETE);
		await poll.run();
		expect(await isTaken(production)).toBe(true);
	});

	it('leaves it as it is, also where Casso refuses the test webhook', async () => {
		await host.activate();
		const poll = new Poll();
		const test = host.load({});
		bench.fail({ kind: 'httpError', status: 500, method: 'POST', count: 1 });
		await expect(bench.engine.lifecycle(test, 'create', CREATE)).rejects.toThrow('HTTP 500');
		await bench.engine.lifecycle(test, 'delete', DELETE);
		await poll.run();
		expect(await isTaken(token())).toBe(true);
	});
});

it('takes the token of today also where the clock was set back in between', async () => {
	await host.activate();
	const poll = new Poll();
	await poll.run();
	const now = Date.now();
	const clock = jest.spyOn(Date, 'now').mockImplementation(() => now - 3_600_000);
	await publishAnew();
	clock.mockRestore();
	await poll.run();
	expect(await isTaken(token())).toBe(true);
});

it('does not forget, by a poll, that nobody knows whether its webhook is still there', async () => {
	await host.activate();
	const poll = new Poll();
	bench.fail({ kind: 'httpError', status: 502, method: 'DELETE', carriedOut: true, count: 1 });
	await host.unpublish();
	await poll.run();
	bench.fail({ kind: 'httpError', status: 500 });
	await expect(host.activate()).rejects.toThrow('HTTP 500');
});

it('does not trust, on a second try, what n8n read before its removal', async () => {
	await host.activate();
	const readBefore = copy(host.stored);
	await host.unpublish();
	host.stored = readBefore;
	bench.fail({ kind: 'httpError', status: 500 });
	await expect(host.activate()).rejects.toThrow('HTTP 500');
});

it('holds in whatever order is published, polled and started again', async () => {
	const steps = fc.array(fc.constantFrom('publish', 'poll', 'restart'), { minLength: 2, maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(steps, async (order) => {
			host = bench.host();
			await host.activate();
			let poll = new Poll();
			for (const step of order) {
				if (step === 'publish') await publishAnew();
				if (step === 'poll') await poll.run();
				if (step === 'restart') poll = new Poll();
				expect(await isTaken(token())).toBe(true);
			}
			await host.unpublish();
			expect(bench.hooks()).toEqual([]);
		}),
		{ numRuns: 25 },
	);
});
