/** Settings of the Casso Trigger that make no sense fail when it is published, not at the first payment. */
import type { IDataObject } from 'n8n-workflow';
import { Engine } from './harness/engine';
import { LifecycleBench, TriggerHost } from './harness/triggerLifecycle';

let bench: LifecycleBench;

beforeEach(async () => {
	bench = await LifecycleBench.start();
});

afterEach(async () => {
	await bench.close();
});

describe('what makes no sense fails when it is published', () => {
	const manual = { registration: 'manual' };
	const secrets = { securityKey: 'K', previousSecurityKey: '', secureToken: 'T', previousSecureToken: '' };

	it.each<[string, IDataObject, string]>([
		['a negative amount', { filters: { minAmount: -1 } }, 'Minimum Amount'],
		['a fraction of a dong', { filters: { minAmount: 0.5 } }, 'Minimum Amount'],
		['accounts that are none', { filters: { accountNumbers: ' , ' } }, 'Account Numbers'],
		['a blank text', { filters: { description: '  ' } }, 'Description Contains'],
		['an unknown direction', { direction: 'sideways' }, 'Trigger On'],
		['a negative window', { ...manual, options: { replayWindowMinutes: -1 } }, 'Replay Window'],
	])('%s', async (_name, parameters, message) => {
		const workflow = bench.host(parameters).load();
		for (const step of ['checkExists', 'create'] as const) {
			await expect(bench.engine.lifecycle(workflow, step)).rejects.toThrow(message);
		}
		expect(bench.calls()).toEqual([]);
	});

	it.each<[string, Record<string, string>, IDataObject, string]>([
		['no secret at all', { securityKey: '', secureToken: '' }, {}, 'Casso Webhook API'],
		['white space around a key', { securityKey: ' K' }, {}, 'white space'],
		['a key that serves as a token', { secureToken: 'K' }, {}, 'never accepted'],
		['only a token, and legacy not accepted', { securityKey: '' }, {}, 'legacy deliveries are not accepted'],
		['legacy accepted, and no token', { secureToken: '' }, { allowLegacy: true }, 'Accept Legacy Deliveries'],
	])('%s', async (_name, change, options, message) => {
		const using = await Engine.load('.', { cassoWebhookApi: { ...secrets, ...change } });
		const workflow = new TriggerHost(using, { ...manual, options }).load();
		await expect(using.lifecycle(workflow, 'checkExists')).rejects.toThrow(message);
	});
});
