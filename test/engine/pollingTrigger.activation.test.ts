/** What the Casso Polling Trigger does while n8n activates a workflow: a throw there would end the polling. */
import type { IDataObject, Workflow } from 'n8n-workflow';
import { startSandbox, type ApiFault, type Sandbox } from '@saoke/sandbox';
import { Engine } from './harness/engine';

const TYPE = 'n8n-nodes-casso.cassoPollingTrigger';

let sandbox: Sandbox;
let engine: Engine;

beforeEach(async () => {
	sandbox = await startSandbox({ accounts: 2, transactions: 10, historyDays: 3 });
	engine = await load(sandbox.apiKey);
});

afterEach(async () => {
	await sandbox.close();
});

async function load(apiKey: string): Promise<Engine> {
	return await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey, accessToken: '', baseUrl: sandbox.cassoUrl },
	});
}

let nextNode = 1;

function workflow(parameters: IDataObject = {}, using = engine): Workflow {
	return using.workflow({ type: TYPE, id: `poller-${nextNode++}`, parameters });
}

const OUTAGES: ApiFault[] = [
	{ kind: 'httpError', status: 500 },
	{ kind: 'httpError', status: 429, retryAfterSeconds: 600 },
	{ kind: 'reset', afterBytes: 0 },
	{ kind: 'html', status: 200 },
];

async function expectSurvival(fault: ApiFault, activation: 'init' | 'activate'): Promise<void> {
	const context = engine.pollContext(workflow(), { activation });
	sandbox.casso.faults.add(fault);
	expect(await engine.pollAgain(context)).toBeNull();
	expect(engine.logs.at(-1)).toMatch(/^warn Casso Polling Trigger could not poll while n8n activated/);
	if (fault.kind !== 'never') await expect(engine.pollAgain(context)).rejects.toThrow();
	sandbox.casso.faults.clear();
	const { id } = sandbox.casso.addTransaction({ amount: 1, time: Date.now() + 1000 });
	expect((await engine.pollAgain(context))?.map(({ json }) => json.id)).toEqual([id]);
}

describe.each(['init', 'activate'] as const)('an outage (%s)', (activation) => {
	it.each(OUTAGES)('$kind $status: the next poll reports it, and what arrived meanwhile comes', async (fault) => {
		await expectSurvival(fault, activation);
	});
});

it('where Casso never answers, n8n waits for it no longer than a few seconds', async () => {
	const startedAtMs = Date.now();
	await expectSurvival({ kind: 'never' }, 'init');
	expect(Date.now() - startedAtMs).toBeLessThan(20_000);
}, 30_000);

describe.each(['init', 'leadershipChange', 'activate', 'update'] as const)('an outage (%s)', (activation) => {
	it('keeps the place of a poller that had one', async () => {
		const published = workflow();
		await engine.poll(published, { activation: 'activate' });
		const { id } = sandbox.casso.addTransaction({ amount: 1 });
		sandbox.casso.faults.add({ kind: 'httpError', status: 500 });
		expect(await engine.poll(published, { activation })).toBeNull();
		sandbox.casso.faults.clear();
		expect((await engine.poll(published))?.map(({ json }) => json.id)).toEqual([id]);
	});
});

describe('what a person has to correct', () => {
	it('a wrong key is an error when publishing, and ends no polling when n8n starts', async () => {
		const wrong = await load('revoked');
		const published = workflow({}, wrong);
		for (const activation of ['activate', 'update'] as const)
			await expect(wrong.poll(published, { activation })).rejects.toThrow(/HTTP 401.*Check the key/);
		expect(published.staticData).toEqual({ 'node:Under Test': {}, global: {} });
		const context = wrong.pollContext(published, { activation: 'init' });
		expect(await wrong.pollAgain(context)).toBeNull();
		await expect(wrong.pollAgain(context)).rejects.toThrow('HTTP 401');
	});

	it('so is a parameter that makes no sense', async () => {
		const published = workflow({ direction: 'sideways' });
		for (const activation of ['activate', 'update'] as const)
			await expect(engine.poll(published, { activation })).rejects.toThrow('Trigger On');
		const context = engine.pollContext(published, { activation: 'init' });
		expect(await engine.pollAgain(context)).toBeNull();
		await expect(engine.pollAgain(context)).rejects.toThrow('Trigger On');
	});
});

it('a regular poll of the durable scheduler reports an outage', async () => {
	const published = workflow();
	await engine.poll(published, { activation: 'activate' });
	sandbox.casso.faults.add({ kind: 'httpError', status: 500 });
	await expect(engine.poll(published)).rejects.toThrow('HTTP 500');
});
