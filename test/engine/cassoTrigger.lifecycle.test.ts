/** The Casso Trigger's lifecycle in n8n's own hook context, against the sandbox: every row of the tables, on both paths. */
import { startSandbox, type ApiFault, type Sandbox } from '@saoke/sandbox';
import { hashSecureToken } from '@saoke/core';
import type { IDataObject, Workflow } from 'n8n-workflow';
import { Engine } from './harness/engine';

const URL = 'http://127.0.0.1:5678/webhook/hook-id/casso';
const STATE_KEY = 'node:Under Test';

let sandbox: Sandbox;
let engine: Engine;
let open: Sandbox[] = [];

beforeEach(async () => {
	sandbox = await start();
	engine = await load(sandbox);
});

afterEach(async () => {
	await Promise.all(open.map((each) => each.close()));
	open = [];
});

async function start(): Promise<Sandbox> {
	const started = await startSandbox({ port: 0, seed: 1 });
	open.push(started);
	return started;
}

async function load(at: Sandbox, apiKey = at.apiKey): Promise<Engine> {
	return await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey, baseUrl: at.cassoUrl },
		cassoWebhookApi: { securityKey: 'K'.repeat(64), previousSecurityKey: '', secureToken: 'T'.repeat(32), previousSecureToken: '' },
	});
}

/** What n8n does around the node: it keeps static data as JSON and gives every step a workflow made from it. */
class Host {
	stored: IDataObject = {};

	constructor(public parameters: IDataObject = {}, private using = engine) {}

	use(other: Engine): void {
		this.using = other;
	}

	/** Publishing on either path, and a start of n8n on the older one. On a throw n8n calls delete on a workflow of its own. */
	async activate(): Promise<void> {
		const workflow = this.load();
		try {
			if (!(await this.using.lifecycle(workflow, 'checkExists'))) await this.using.lifecycle(workflow, 'create');
		} catch (error) {
			await this.unpublish();
			throw error;
		}
		this.save(workflow);
	}

	async unpublish(): Promise<void> {
		const workflow = this.load();
		await this.using.lifecycle(workflow, 'delete', { mode: 'internal', activation: 'update' });
		this.save(workflow);
	}

	/** A workflow as n8n makes it for one step; with empty static data, for "Listen for test event". */
	load(staticData: IDataObject = JSON.parse(JSON.stringify(this.stored)) as IDataObject): Workflow {
		return this.using.workflow({ type: 'n8n-nodes-casso.cassoTrigger', parameters: this.parameters }, staticData);
	}

	private save(workflow: Workflow): void {
		this.stored = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	}

	get state(): IDataObject {
		return (this.stored[STATE_KEY] ?? {}) as IDataObject;
	}
}

function hooks(at = sandbox): { id: number; url: string; incomeOnly: boolean }[] {
	return at.casso.webhooks.list().map(({ id, url, incomeOnly }) => ({ id, url, incomeOnly }));
}

function fail(fault: ApiFault): void {
	sandbox.casso.faults.add(fault);
}

function calls(): string[] {
	return sandbox.casso.requests.list().map(({ method, path }) => `${method} ${path.replace(/\d+$/, 'N')}`);
}

describe('publish and unpublish', () => {
	it('leaves one webhook while published and none after, over many cycles', async () => {
		const host = new Host();
		for (let cycle = 0; cycle < 20; cycle++) {
			await host.activate();
			expect(hooks()).toHaveLength(1);
			await host.unpublish();
			expect(hooks()).toHaveLength(0);
			expect(host.state).toEqual({});
		}
	});

	it('stores the id, the address and the hash of a token of 32 or more characters, and no token', async () => {
		const host = new Host({ direction: 'in' });
		await host.activate();
		const [hook] = sandbox.casso.webhooks.list();
		expect(hook).toMatchObject({ url: URL, incomeOnly: true, dialect: 'legacy' });
		expect(hook?.secret.length).toBeGreaterThanOrEqual(32);
		expect(host.state).toEqual({ webhookId: hook?.id, url: URL, tokenHash: hashSecureToken(hook?.secret ?? '') });
		expect(JSON.stringify(host.stored) + engine.logs.join()).not.toContain(hook?.secret);
	});

	it('deletes by own address first, and never touches webhooks with other addresses', async () => {
		const other = sandbox.casso.webhooks.createByApi({ webhook: 'http://127.0.0.1:9/other', secure_token: 'x', income_only: false });
		sandbox.casso.webhooks.createByApi({ webhook: URL, secure_token: 'left over', income_only: false });
		const host = new Host();
		await host.activate();
		expect(calls()).toEqual(['DELETE /v2/webhooks', 'POST /v2/webhooks']);
		expect(hooks().filter(({ url }) => url === URL)).toHaveLength(1);
		await host.unpublish();
		expect(hooks()).toEqual([{ id: other.id, url: other.url, incomeOnly: false }]);
	});

	it.each([{ kind: 'reset', afterBytes: 0 }, { kind: 'httpError', status: 502, carriedOut: true }, { kind: 'html', carriedOut: true }] as ApiFault[])(
		'a create whose answer is lost ($kind) fails, and leaves no second webhook',
		async (fault) => {
			const host = new Host();
			fail({ ...fault, method: 'POST', count: 1 });
			await expect(host.activate()).rejects.toThrow();
			expect(hooks().length).toBeLessThanOrEqual(1);
			await host.activate();
			expect(hooks()).toHaveLength(1);
		},
	);

	it('a registration whose storing n8n lost is repaired by publishing again', async () => {
		const host = new Host();
		await host.activate();
		host.stored = {};
		await host.activate();
		expect(hooks()).toHaveLength(1);
		expect(host.state.webhookId).toBe(hooks()[0]?.id);
	});

	it('removing a webhook that is gone already is fine', async () => {
		const host = new Host();
		await host.activate();
		sandbox.casso.webhooks.remove(sandbox.casso.webhooks.list()[0] as never);
		await host.unpublish();
		expect(host.state).toEqual({});
		await host.unpublish();
		expect(engine.logs.filter((line) => line.includes('could not remove'))).toEqual([]);
	});

	it('a removal that fails is logged, does not throw, and is finished by the next publish', async () => {
		const host = new Host();
		await host.activate();
		fail({ kind: 'httpError', status: 500, method: 'DELETE', count: 1 });
		await host.unpublish();
		expect(engine.logs.at(-1)).toMatch(/^warn Casso Trigger could not remove webhook \d+ at Casso: .*HTTP 500/);
		await host.activate();
		expect(hooks()).toHaveLength(1);
		await host.unpublish();
		expect(hooks()).toHaveLength(0);
	});

	it('after a removal whose answer was lost, publishing does not trust what is stored while Casso is silent', async () => {
		const host = new Host();
		await host.activate();
		fail({ kind: 'httpError', status: 502, method: 'DELETE', carriedOut: true, count: 1 });
		await host.unpublish();
		expect(hooks()).toHaveLength(0);
		fail({ kind: 'httpError', status: 500 });
		await expect(host.activate()).rejects.toThrow('HTTP 500');
		sandbox.casso.faults.clear();
		await host.activate();
		expect(hooks()).toHaveLength(1);
	});

	it('unpublishing removes the webhook that is there, also where another node wrote back an earlier registration', async () => {
		const host = new Host({ direction: 'in' });
		await host.activate();
		const earlier = host.stored;
		await host.unpublish();
		host.parameters = { direction: 'any' };
		await host.activate();
		host.stored = earlier;
		await host.unpublish();
		expect(hooks()).toEqual([]);
		expect(host.state).toEqual({});
	});

	it('a test run beside production has its own webhook and leaves production alone', async () => {
		const host = new Host();
		await host.activate();
		const before = hooks();
		const test = host.load({});
		const options = { mode: 'manual', activation: 'manual', isTest: true } as const;
		expect(await engine.lifecycle(test, 'checkExists', options)).toBe(false);
		await engine.lifecycle(test, 'create', options);
		expect(hooks()).toHaveLength(2);
		expect(hooks()[1]?.url).toContain('/webhook-test/');
		await engine.lifecycle(test, 'delete', options);
		expect(hooks()).toEqual(before);
	});
});

describe('a start of n8n on the older path, Casso answering', () => {
	it('registers nothing new, ten times', async () => {
		const host = new Host();
		await host.activate();
		const before = hooks();
		for (let round = 0; round < 10; round++) await host.activate();
		expect(hooks()).toEqual(before);
	});

	it.each<[string, (host: Host) => void]>([
		['the webhook was removed at Casso', () => sandbox.casso.webhooks.remove(sandbox.casso.webhooks.list()[0] as never)],
		['its address was changed at Casso', () => sandbox.casso.webhooks.update(sandbox.casso.webhooks.list()[0] as never, { webhook: 'http://127.0.0.1:9/x' })],
		['its direction was changed at Casso', () => sandbox.casso.webhooks.update(sandbox.casso.webhooks.list()[0] as never, { income_only: true })],
		['the direction was changed in the node', (host) => (host.parameters = { direction: 'in' })],
		['the address of n8n changed', (host) => (host.state.url = 'http://127.0.0.1:1/earlier')],
		['the hash was lost', (host) => delete host.state.tokenHash],
	])('registers anew where %s, and says why', async (_name, change) => {
		const host = new Host();
		await host.activate();
		change(host);
		await host.activate();
		expect(hooks().filter(({ url }) => url === URL)).toHaveLength(1);
		expect(host.state.webhookId).toBe(hooks().find(({ url }) => url === URL)?.id);
		expect(host.state.tokenHash).toBeDefined();
	});

	it('does not touch the webhook of an earlier address: it may belong to a copy of this workflow', async () => {
		const host = new Host();
		await host.activate();
		const earlier = sandbox.casso.webhooks.list()[0];
		sandbox.casso.webhooks.update(earlier as never, { webhook: 'http://127.0.0.1:1/earlier' });
		host.state.url = 'http://127.0.0.1:1/earlier';
		await host.activate();
		expect(hooks().map(({ url }) => url)).toEqual(['http://127.0.0.1:1/earlier', URL]);
		expect(engine.logs.at(-1)).toContain(`Webhook ${earlier?.id} at Casso still points to the earlier one`);
	});

	it.each<[string, ApiFault | undefined]>([
		['401', undefined],
		['403', { kind: 'httpError', status: 403 }],
		['an unreadable answer', { kind: 'html', status: 200 }],
	])('throws for %s with the next step', async (_name, fault) => {
		const host = new Host();
		await host.activate();
		const before = hooks();
		if (fault) fail({ ...fault, method: 'GET' });
		else host.use(await load(sandbox, 'revoked'));
		const failure = host.activate();
		await expect(failure).rejects.toMatchObject({ description: expect.stringMatching(/check|key/i) as string });
		if (!fault) expect(hooks()).toEqual(before);
	});
});

describe('a start of n8n on the older path, Casso silent', () => {
	async function expectKept(host: Host): Promise<void> {
		const before = { state: { ...host.state }, hooks: hooks() };
		await host.activate();
		expect(host.state).toEqual(before.state);
		expect(hooks()).toEqual(before.hooks);
	}

	it.each<ApiFault>([
		{ kind: 'httpError', status: 500 },
		{ kind: 'httpError', status: 503, retryAfterSeconds: 60 },
		{ kind: 'httpError', status: 429, retryAfterSeconds: 60 },
		{ kind: 'reset', afterBytes: 0 },
	])('keeps the registration for $kind $status', async (fault) => {
		const host = new Host();
		await host.activate();
		fail(fault);
		await expectKept(host);
		expect(engine.logs.at(-1)).toMatch(/^warn Casso Trigger keeps its registration and goes on receiving/);
		expect(engine.logs.at(-1)).not.toMatch(/authorization/i);
		expect(calls().filter((call) => !call.startsWith('GET'))).toEqual(['DELETE /v2/webhooks', 'POST /v2/webhooks']);
	});

	it('keeps it where the connection is refused', async () => {
		const host = new Host();
		await host.activate();
		const before = { ...host.state };
		await sandbox.close();
		await host.activate();
		expect(host.state).toEqual(before);
	});

	it('keeps it where Casso never answers, and lets n8n start within ten seconds', async () => {
		const host = new Host();
		await host.activate();
		fail({ kind: 'never' });
		await expectKept(host);
	});

	it('throws where nothing is registered yet', async () => {
		fail({ kind: 'httpError', status: 500 });
		await expect(new Host().activate()).rejects.toThrow('HTTP 500');
	});
});

describe('manual registration', () => {
	it('asks Casso for nothing and stores nothing', async () => {
		const host = new Host({ registration: 'manual' });
		await host.activate();
		await host.unpublish();
		expect(calls()).toEqual([]);
		expect(host.state).toEqual({});
	});

	it('a change from automatic to manual removes the webhook', async () => {
		const host = new Host();
		await host.activate();
		await host.unpublish();
		host.parameters = { registration: 'manual' };
		await host.activate();
		expect(hooks()).toHaveLength(0);
	});
});

describe('what makes no sense fails when it is published', () => {
	const manual = { registration: 'manual' };
	const secrets = { securityKey: 'K', previousSecurityKey: '', secureToken: 'T', previousSecureToken: '' };

	it.each<[string, IDataObject, string]>([
		['a negative amount', { filters: { minAmount: -1 } }, 'Minimum Amount'],
		['a fraction of a dong', { filters: { minAmount: 0.5 } }, 'Minimum Amount'],
		['accounts that are none', { filters: { accountNumbers: ' , ' } }, 'Account Numbers'],
		['a blank text', { filters: { description: '  ' } }, 'Description Contains'],
		['an unknown direction', { direction: 'sideways' }, 'Direction'],
		['a negative window', { ...manual, options: { replayWindowMinutes: -1 } }, 'Replay Window'],
	])('%s', async (_name, parameters, message) => {
		const workflow = new Host(parameters).load();
		for (const step of ['checkExists', 'create'] as const) {
			await expect(engine.lifecycle(workflow, step)).rejects.toThrow(message);
		}
		expect(calls()).toEqual([]);
	});

	it.each<[string, Record<string, string>, IDataObject, string]>([
		['no secret at all', { securityKey: '', secureToken: '' }, {}, 'Casso Webhook API'],
		['white space around a key', { securityKey: ' K' }, {}, 'white space'],
		['a key that serves as a token', { secureToken: 'K' }, {}, 'never serves'],
		['only a token, and legacy not accepted', { securityKey: '' }, {}, 'legacy deliveries are not accepted'],
		['legacy accepted, and no token', { secureToken: '' }, { isLegacyAllowed: true }, 'Accept Legacy Deliveries'],
	])('%s', async (_name, change, options, message) => {
		const using = await Engine.load('.', { cassoWebhookApi: { ...secrets, ...change } });
		const workflow = new Host({ ...manual, options }, using).load();
		await expect(using.lifecycle(workflow, 'checkExists')).rejects.toThrow(message);
	});
});

it('warns when the address is not public https, without the address of the webhook itself', async () => {
	await new Host().activate();
	expect(engine.logs[0]).toBe(
		'warn Casso Trigger: Casso cannot reach http://127.0.0.1:5678, because it exists only on this machine or in a private network. Give n8n a public https address (N8N_WEBHOOK_URL, in older versions WEBHOOK_URL), then unpublish and publish this workflow',
	);
});
