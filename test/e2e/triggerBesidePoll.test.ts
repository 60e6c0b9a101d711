/**
 * A Casso Trigger and a Casso Polling Trigger in one workflow of a real n8n, under both of its schedulers: n8n keeps one
 * static data for both, and the poll must not undo what the trigger registered when it was published again.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { N8nWorkflow } from '../../hosts/n8nApi';
import { everySeconds } from './harness/pollTimes';
import { post, type Answer } from './harness/post';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential, triggerWorkflow } from './harness/triggerWorkflow';
import { until } from './harness/until';

const DURABLE = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
const WAIT_MS = 90_000;

for (const [name, env] of [
	['its classic scheduler', {}],
	['its durable scheduler', DURABLE],
] as const) {
	describe(`under ${name}`, () => {
		let scratch: Scratch;

		before(async () => {
			scratch = await startScratch({ env, sandbox: { transactions: 5 } });
		});

		after(async () => {
			await scratch?.close();
		});

		const polls = (): number => scratch.sandbox.casso.requests.list({ path: '/v2/transactions' }).length;
		const token = (): string => scratch.sandbox.casso.webhooks.list()[0]?.secret ?? '';

		async function deliver(path: string, secureToken: string): Promise<Answer> {
			const body = JSON.stringify({
				error: 0,
				data: [{ id: 0, tid: 'test', amount: 1, description: '', when: '2026-11-20 10:00:00' }],
			});
			return await post(`${scratch.n8n.url}/webhook/${path}`, { body, headers: { 'secure-token': secureToken } });
		}

		/** Waits until the poll has found a transaction that no webhook reported, and n8n has stored what followed. */
		async function untilPolled(workflowId: string): Promise<void> {
			const found = async (): Promise<number> => {
				const filter = encodeURIComponent(JSON.stringify({ workflowId, mode: 'trigger', status: ['success'] }));
				const { results } = (await scratch.n8n.api.call('GET', `/rest/executions?filter=${filter}&limit=20`)) as {
					results: { mode: string }[];
				};
				return results.filter(({ mode }) => mode === 'trigger').length;
			};
			const before = await found();
			scratch.sandbox.casso.addTransactions([{ amount: 8_000, silent: true }]);
			await until('the poll has found it', async () => (await found()) > before, WAIT_MS);
		}

		/** As somebody who tries the trigger in the editor while it is published. */
		async function listenForOneEvent(workflowId: string): Promise<void> {
			const { webhooks } = scratch.sandbox.casso;
			await scratch.n8n.api.runWorkflow(workflowId, 'Casso Trigger');
			await until('the test webhook is registered', () => webhooks.list().length === 2);
			scratch.sandbox.casso.addTransaction({ amount: 6_000 });
			await until('the test webhook is removed after one event', () => webhooks.list().length === 1);
		}

		test('the trigger takes the token of today after the poll saved what it holds from before, over a restart and a test run', async () => {
			const { api } = scratch.n8n;
			const credentials = await apiCredential(api, scratch.sandbox.apiKey, scratch.sandbox.cassoUrl);
			const made = withPoll(triggerWorkflow({}, credentials), credentials);
			const { id } = await api.createWorkflow(made);
			await api.publish(id);
			await until('the first poll has set its baseline', () => polls() > 0, WAIT_MS);
			const earlier = token();
			await publishWithChange(api, id);
			assert.notEqual(token(), earlier);
			await untilPolled(id);
			assert.deepEqual(await deliver(made.path, token()), { status: 200, body: '{"success":true}' });
			assert.equal((await deliver(made.path, earlier)).status, 401);
			await scratch.restart();
			await untilPolled(id);
			assert.equal((await deliver(made.path, token())).status, 200);
			await listenForOneEvent(id);
			await untilPolled(id);
			assert.equal((await deliver(made.path, token())).status, 200);
			await scratch.n8n.api.unpublish(id);
			await until('the webhook is removed at Casso', () => scratch.sandbox.casso.webhooks.list().length === 0);
		});
	});
}

function withPoll<T extends N8nWorkflow>(workflow: T, credentials: N8nWorkflow['nodes'][number]['credentials']): T {
	const poll = {
		id: `poll-${workflow.name}`,
		name: 'Poll',
		type: 'n8n-nodes-casso.cassoPollingTrigger',
		typeVersion: 1,
		position: [0, 200] as [number, number],
		parameters: { pollTimes: everySeconds(5) },
		credentials,
	};
	return {
		...workflow,
		nodes: [...workflow.nodes, poll],
		connections: { ...workflow.connections, Poll: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	};
}

/** As the editor saves and publishes a change of the trigger alone. */
async function publishWithChange(api: Scratch['n8n']['api'], workflowId: string): Promise<void> {
	const { nodes, connections, name, settings, versionId } = await api.workflow(workflowId);
	for (const node of nodes)
		if (node.name === 'Casso Trigger') node.parameters = { ...node.parameters, direction: 'in' };
	await api.call('PATCH', `/rest/workflows/${workflowId}`, {
		id: workflowId,
		name,
		nodes,
		connections,
		settings,
		versionId,
	});
	await api.publish(workflowId);
}
