/** Whose state a poller takes: n8n files static data under the node's name, and a user may change names at any time. */
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { Engine } from './harness/engine';

const TYPE = 'n8n-nodes-casso.cassoPollingTrigger';

let sandbox: Sandbox;
let engine: Engine;

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 2, transactions: 10, historyDays: 3 });
	engine = await Engine.load('.', {
		cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, accessToken: '', baseUrl: sandbox.cassoUrl },
	});
});

afterAll(async () => {
	await sandbox.close();
});

/** One workflow as n8n stores it. */
class Stored {
	staticData: IDataObject = {};

	/** What n8n's classic scheduler does for a node when the workflow is published: it polls at once. */
	async publish(id: string, name: string): Promise<unknown[]> {
		const workflow = engine.workflow(
			{ type: TYPE, id, name, parameters: {} },
			JSON.parse(JSON.stringify(this.staticData)) as IDataObject,
		);
		const items = await engine.poll(workflow, { activation: 'update' });
		this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		return (items ?? []).map(({ json }) => json.id);
	}
}

function add(): number {
	return sandbox.casso.addTransaction({ amount: 1_000 }).id;
}

it('a renamed node goes on where it was', async () => {
	const stored = new Stored();
	await stored.publish('a', 'Poll');
	const first = add();
	expect(await stored.publish('a', 'Bank')).toEqual([first]);
	const second = add();
	expect(await stored.publish('a', 'Poll')).toEqual([second]);
	expect(await stored.publish('a', 'Bank')).toEqual([]);
});

it('two nodes that swap their names keep their own places', async () => {
	const stored = new Stored();
	await stored.publish('a', 'One');
	const before = add();
	await stored.publish('b', 'Two');
	expect(await stored.publish('b', 'One')).toEqual([]);
	expect(await stored.publish('a', 'Two')).toEqual([before]);
});

it('a copy begins with nothing, also if it takes the name of the node that it was copied from', async () => {
	const stored = new Stored();
	await stored.publish('a', 'Poll');
	add();
	expect(await stored.publish('copy', 'Poll1')).toEqual([]);
	expect(await stored.publish('another copy', 'Poll')).toEqual([]);
	const later = add();
	expect(await stored.publish('copy', 'Poll')).toEqual([later]);
});

it('takes over what an earlier version kept under the name, and keeps it when the node is renamed afterwards', async () => {
	const stored = new Stored();
	await stored.publish('a', 'Poll');
	const { feed } = stored.staticData['node:Poll'] as { feed: IDataObject };
	stored.staticData = { 'node:Poll': { feed } };
	const first = add();
	expect(await stored.publish('a', 'Poll')).toEqual([first]);
	stored.staticData = { 'node:Poll': { feed: (stored.staticData['node:Poll'] as { feed: IDataObject }).feed } };
	expect(await stored.publish('a', 'Poll')).toEqual([]);
	const second = add();
	expect(await stored.publish('a', 'Bank')).toEqual([second]);
});
