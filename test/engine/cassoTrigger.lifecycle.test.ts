/** Publishing and unpublishing a Casso Trigger in n8n's own hook context, against the sandbox; the same on both of n8n's paths. */
import { hashSecureToken } from '@saoke/core';
import type { ApiFault } from '@saoke/sandbox';
import { LifecycleBench, URL } from './harness/triggerLifecycle';

let bench: LifecycleBench;

beforeEach(async () => {
	bench = await LifecycleBench.start();
});

afterEach(async () => {
	await bench.close();
});

describe('publish and unpublish', () => {
	it('leaves one webhook while published and none after, over many cycles', async () => {
		const host = bench.host();
		for (let cycle = 0; cycle < 20; cycle++) {
			await host.activate();
			expect(bench.hooks()).toHaveLength(1);
			await host.unpublish();
			expect(bench.hooks()).toHaveLength(0);
			expect(host.state).toEqual({});
		}
	});

	it('stores the id, the address and the hash of a token of 32 or more characters, and no token', async () => {
		const host = bench.host({ direction: 'in' });
		await host.activate();
		const [hook] = bench.sandbox.casso.webhooks.list();
		expect(hook).toMatchObject({ url: URL, incomeOnly: true, dialect: 'legacy' });
		expect(hook?.secret.length).toBeGreaterThanOrEqual(32);
		expect(host.state).toEqual({
			webhookId: hook?.id,
			url: URL,
			tokenHash: hashSecureToken(hook?.secret ?? ''),
			nodeId: 'under-test',
			changedAt: expect.any(Number) as number,
		});
		expect(JSON.stringify(host.stored) + bench.engine.logs.join()).not.toContain(hook?.secret);
	});

	it('deletes by own address first, and never touches webhooks with other addresses', async () => {
		const other = bench.sandbox.casso.webhooks.createByApi({
			webhook: 'http://127.0.0.1:9/other',
			secure_token: 'x',
			income_only: false,
		});
		bench.sandbox.casso.webhooks.createByApi({ webhook: URL, secure_token: 'left over', income_only: false });
		const host = bench.host();
		await host.activate();
		expect(bench.calls()).toEqual(['DELETE /v2/webhooks', 'POST /v2/webhooks']);
		expect(bench.hooks().filter(({ url }) => url === URL)).toHaveLength(1);
		await host.unpublish();
		expect(bench.hooks()).toEqual([{ id: other.id, url: other.url, incomeOnly: false }]);
	});

	it.each([
		{ kind: 'reset', afterBytes: 0 },
		{ kind: 'httpError', status: 502, carriedOut: true },
		{ kind: 'html', carriedOut: true },
	] as ApiFault[])('a create whose answer is lost ($kind) fails, and leaves no second webhook', async (fault) => {
		const host = bench.host();
		bench.fail({ ...fault, method: 'POST', count: 1 });
		await expect(host.activate()).rejects.toThrow();
		expect(bench.hooks().length).toBeLessThanOrEqual(1);
		await host.activate();
		expect(bench.hooks()).toHaveLength(1);
	});

	it('a registration whose storing n8n lost is repaired by publishing again', async () => {
		const host = bench.host();
		await host.activate();
		host.stored = {};
		await host.activate();
		expect(bench.hooks()).toHaveLength(1);
		expect(host.state.webhookId).toBe(bench.hooks()[0]?.id);
	});

	it('removing a webhook that is gone already is fine', async () => {
		const host = bench.host();
		await host.activate();
		bench.sandbox.casso.webhooks.remove(bench.sandbox.casso.webhooks.list()[0] as never);
		await host.unpublish();
		expect(host.state).toEqual({});
		await host.unpublish();
		expect(bench.engine.logs.filter((line) => line.includes('could not remove'))).toEqual([]);
	});

	it('a removal that fails is logged, does not throw, and is finished by the next publish', async () => {
		const host = bench.host();
		await host.activate();
		bench.fail({ kind: 'httpError', status: 500, method: 'DELETE', count: 1 });
		await host.unpublish();
		expect(bench.engine.logs.at(-1)).toMatch(/^warn Casso Trigger could not remove webhook \d+ at Casso: .*HTTP 500/);
		await host.activate();
		expect(bench.hooks()).toHaveLength(1);
		await host.unpublish();
		expect(bench.hooks()).toHaveLength(0);
	});

	it('after a removal whose answer was lost, publishing does not trust what is stored while Casso is silent', async () => {
		const host = bench.host();
		await host.activate();
		bench.fail({ kind: 'httpError', status: 502, method: 'DELETE', carriedOut: true, count: 1 });
		await host.unpublish();
		expect(bench.hooks()).toHaveLength(0);
		bench.fail({ kind: 'httpError', status: 500 });
		await expect(host.activate()).rejects.toThrow('HTTP 500');
		bench.sandbox.casso.faults.clear();
		await host.activate();
		expect(bench.hooks()).toHaveLength(1);
	});

	it('unpublished while an outage holds up the check at a start of n8n, it is not registered again', async () => {
		const host = bench.host();
		await host.activate();
		const callsBefore = bench.calls().length;
		bench.fail({ kind: 'reset', afterBytes: 0, method: 'GET', count: 1 });
		const starting = host.activate('init');
		while (bench.calls().length === callsBefore) await new Promise((resolve) => setTimeout(resolve, 5));
		await host.unpublish();
		expect(bench.hooks()).toEqual([]);
		await starting;
		expect(bench.hooks()).toEqual([]);
		await host.activate();
		expect(bench.hooks()).toHaveLength(1);
	});

	it('unpublishing removes the webhook that is there, also where another node wrote back an earlier registration', async () => {
		const host = bench.host({ direction: 'in' });
		await host.activate();
		const earlier = host.stored;
		await host.unpublish();
		host.parameters = { direction: 'any' };
		await host.activate();
		host.stored = earlier;
		await host.unpublish();
		expect(bench.hooks()).toEqual([]);
		expect(host.state).toEqual({});
	});

	it('a test run beside production has its own webhook and leaves production alone', async () => {
		const host = bench.host();
		await host.activate();
		const before = bench.hooks();
		const test = host.load({});
		const options = { mode: 'manual', activation: 'manual', isTest: true } as const;
		expect(await bench.engine.lifecycle(test, 'checkExists', options)).toBe(false);
		await bench.engine.lifecycle(test, 'create', options);
		expect(bench.hooks()).toHaveLength(2);
		expect(bench.hooks()[1]?.url).toContain('/webhook-test/');
		await bench.engine.lifecycle(test, 'delete', { mode: 'internal', activation: 'update', isTest: true });
		expect(bench.hooks()).toEqual(before);
	});
});

describe('manual registration', () => {
	it('asks Casso for nothing and stores nothing', async () => {
		const host = bench.host({ registration: 'manual' });
		await host.activate();
		await host.unpublish();
		expect(bench.calls()).toEqual([]);
		expect(host.state).toEqual({});
	});

	it('a change from automatic to manual removes the webhook', async () => {
		const host = bench.host();
		await host.activate();
		await host.unpublish();
		host.parameters = { registration: 'manual' };
		await host.activate();
		expect(bench.hooks()).toHaveLength(0);
	});
});

it('warns when the address is not public https, without the address of the webhook itself', async () => {
	await bench.host().activate();
	expect(bench.engine.logs[0]).toBe(
		'warn Casso Trigger: Casso cannot reach http://127.0.0.1:5678, because it exists only on this machine or in a private network. Give n8n a public https address (N8N_WEBHOOK_URL, in older versions WEBHOOK_URL), then unpublish and publish this workflow',
	);
});
