/** What a published Casso Trigger does when n8n starts on its older path: every row of the table, against the sandbox. */
import type { ApiFault } from '@saoke/sandbox';
import { LifecycleBench, URL, type TriggerHost } from './harness/triggerLifecycle';

let bench: LifecycleBench;

beforeEach(async () => {
	bench = await LifecycleBench.start();
});

afterEach(async () => {
	await bench.close();
});

describe('a start of n8n on the older path, Casso answering', () => {
	it('registers nothing new, ten times', async () => {
		const host = bench.host();
		await host.activate();
		const before = bench.hooks();
		for (let round = 0; round < 10; round++) await host.activate();
		expect(bench.hooks()).toEqual(before);
	});

	it.each<[string, (host: TriggerHost) => void]>([
		[
			'the webhook was removed at Casso',
			() => bench.sandbox.casso.webhooks.remove(bench.sandbox.casso.webhooks.list()[0] as never),
		],
		[
			'its address was changed at Casso',
			() =>
				bench.sandbox.casso.webhooks.update(bench.sandbox.casso.webhooks.list()[0] as never, {
					webhook: 'http://127.0.0.1:9/x',
				}),
		],
		[
			'its direction was changed at Casso',
			() => bench.sandbox.casso.webhooks.update(bench.sandbox.casso.webhooks.list()[0] as never, { income_only: true }),
		],
		['the direction was changed in the node', (host) => (host.parameters = { direction: 'in' })],
		['the address of n8n changed', (host) => (host.state.url = 'http://127.0.0.1:1/earlier')],
		['the hash was lost', (host) => delete host.state.tokenHash],
	])('registers again if %s, and says why', async (_name, change) => {
		const host = bench.host();
		await host.activate();
		change(host);
		await host.activate();
		expect(bench.hooks().filter(({ url }) => url === URL)).toHaveLength(1);
		expect(host.state.webhookId).toBe(bench.hooks().find(({ url }) => url === URL)?.id);
		expect(host.state.tokenHash).toBeDefined();
	});

	it('does not touch the webhook of an earlier address: it may belong to a copy of this workflow', async () => {
		const host = bench.host();
		await host.activate();
		const earlier = bench.sandbox.casso.webhooks.list()[0];
		bench.sandbox.casso.webhooks.update(earlier as never, { webhook: 'http://127.0.0.1:1/earlier' });
		host.state.url = 'http://127.0.0.1:1/earlier';
		await host.activate();
		expect(bench.hooks().map(({ url }) => url)).toEqual(['http://127.0.0.1:1/earlier', URL]);
		expect(bench.engine.logs.at(-1)).toContain(
			`Webhook ${earlier?.id} at Casso points to another address and is not removed`,
		);
	});

	const REFUSALS: [string, ApiFault | undefined][] = [
		['401', undefined],
		['403', { kind: 'httpError', status: 403 }],
	];

	it.each(REFUSALS)(
		'keeps the registration for %s: a throw would remove a webhook that receives',
		async (_name, fault) => {
			const host = bench.host();
			await host.activate();
			const before = { state: { ...host.state }, hooks: bench.hooks() };
			if (fault) bench.fail({ ...fault, method: 'GET' });
			else host.use(await bench.engineWithKey('revoked'));
			for (const start of ['init', 'leadershipChange'] as const) await host.activate(start);
			expect({ state: host.state, hooks: bench.hooks() }).toEqual(before);
		},
	);

	it.each(REFUSALS)('tells a person who publishes of %s, with the next step', async (_name, fault) => {
		const host = bench.host();
		await host.activate();
		if (fault) bench.fail({ ...fault, method: 'GET' });
		else host.use(await bench.engineWithKey('revoked'));
		await expect(host.activate('update')).rejects.toThrow(/HTTP 40[13].*\. .*(check|key)/i);
	});

	it('keeps the registration at a start with a parameter that makes no sense, and refuses it to a person', async () => {
		const host = bench.host();
		await host.activate();
		const before = bench.hooks();
		host.parameters = { direction: 'sideways' };
		await host.activate('init');
		expect(bench.hooks()).toEqual(before);
		expect(bench.engine.logs.at(-1)).toMatch(/^warn Casso Trigger keeps its registration, although .*Trigger On/);
		await expect(host.activate('update')).rejects.toThrow('Trigger On');
	});
});

describe('a start of n8n on the older path, Casso silent', () => {
	async function expectKept(host: TriggerHost): Promise<void> {
		const before = { state: { ...host.state }, hooks: bench.hooks() };
		await host.activate();
		expect(host.state).toEqual(before.state);
		expect(bench.hooks()).toEqual(before.hooks);
	}

	it.each<ApiFault>([
		{ kind: 'httpError', status: 500 },
		{ kind: 'httpError', status: 503, retryAfterSeconds: 60 },
		{ kind: 'httpError', status: 429, retryAfterSeconds: 60 },
		{ kind: 'reset', afterBytes: 0 },
		{ kind: 'html', status: 200 },
	])('keeps the registration for $kind $status', async (fault) => {
		const host = bench.host();
		await host.activate();
		bench.fail(fault);
		await expectKept(host);
		expect(bench.engine.logs.at(-1)).toMatch(/^warn Casso Trigger keeps its registration and continues to receive/);
		expect(bench.engine.logs.at(-1)).not.toMatch(/authorization/i);
		expect(bench.calls().filter((call) => !call.startsWith('GET'))).toEqual([
			'DELETE /v2/webhooks',
			'POST /v2/webhooks',
		]);
	});

	it('keeps it where the connection is refused', async () => {
		const host = bench.host();
		await host.activate();
		const before = { ...host.state };
		await bench.sandbox.close();
		await host.activate();
		expect(host.state).toEqual(before);
	});

	it('keeps it where Casso never answers, and lets n8n start within ten seconds', async () => {
		const host = bench.host();
		await host.activate();
		bench.fail({ kind: 'never' });
		await expectKept(host);
	});

	it('throws where nothing is registered yet', async () => {
		bench.fail({ kind: 'httpError', status: 500 });
		await expect(bench.host().activate()).rejects.toThrow('HTTP 500');
	});
});
