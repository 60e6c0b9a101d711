/**
 * The Casso Trigger published, unpublished and restarted in a real n8n, on its publication service and on its older
 * path: exactly one webhook at Casso while published, none after, also if Casso is down at a start.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Progress } from '../../hosts/progress';
import { openGate, type Gate } from './harness/gate';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential, publish, triggerWorkflow } from './harness/triggerWorkflow';
import { until } from './harness/until';

const CYCLES = 50;
const RESTARTS = 10;
const OLDER_PATH = { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' };

const progress = new Progress();

for (const isOlderPath of [false, true]) {
	void describe(isOlderPath ? 'older path' : 'publication service', () => {
		let scratch: Scratch;
		let gate: Gate;
		let workflowId: string;
		let path: string;

		before(async () => {
			scratch = await startScratch({ env: isOlderPath ? OLDER_PATH : {} });
			gate = await openGate(scratch.sandbox.cassoUrl);
			const credentials = await apiCredential(scratch.n8n.api, scratch.sandbox.apiKey, gate.url);
			const workflow = triggerWorkflow({ direction: 'any' }, credentials);
			path = workflow.path;
			workflowId = (await scratch.n8n.api.createWorkflow(workflow)).id;
		});

		after(async () => {
			await gate?.close();
			await scratch?.close();
		});

		const hooks = (): { id: number; url: string }[] =>
			scratch.sandbox.casso.webhooks.list().map(({ id, url }) => ({ id, url }));
		const publishNow = async (): Promise<void> => await publish(scratch.n8n.api, workflowId, isOlderPath);
		const unpublishNow = async (): Promise<void> => {
			await scratch.n8n.api.unpublish(workflowId);
			await until('the webhook is removed', () => hooks().length === 0);
		};

		/** A transaction at Casso starts the workflow. */
		const expectDelivery = async (): Promise<void> => {
			const { id } = scratch.sandbox.casso.addTransaction({ amount: 1_000 });
			const delivered = (): string | undefined =>
				scratch.sandbox.casso.webhooks.deliveries.list({ transactionId: id })[0]?.state;
			await until('the delivery succeeds', () => delivered() === 'succeeded');
		};

		test(`${CYCLES} cycles of publishing and unpublishing`, async () => {
			for (let cycle = 1; cycle <= CYCLES; cycle++) {
				await publishNow();
				assert.deepEqual(
					hooks().map(({ url }) => url),
					[`${scratch.n8n.url}/webhook/${path}`],
				);
				await unpublishNow();
				if (cycle % 10 === 0) progress.update(`${cycle} of ${CYCLES} cycles\n`);
			}
		});

		test(`${RESTARTS} restarts, half of them with Casso down`, async () => {
			await publishNow();
			const registered = hooks();
			const outages: (() => Promise<void> | void)[] = [
				() => gate.close(),
				() => void scratch.sandbox.casso.faults.add({ kind: 'httpError', status: 500 }),
				() => void scratch.sandbox.casso.faults.add({ kind: 'httpError', status: 429, retryAfterSeconds: 60 }),
				() => void scratch.sandbox.casso.faults.add({ kind: 'never' }),
				() => void scratch.sandbox.casso.faults.add({ kind: 'reset', afterBytes: 0 }),
			];
			for (let round = 0; round < RESTARTS; round++) {
				const outage = round % 2 === 1 ? outages[(round - 1) / 2] : undefined;
				await outage?.();
				await scratch.restart();
				// The older path activates workflows after n8n is ready.
				await until(
					'the workflow is active',
					async () => (await fetch(`${scratch.n8n.url}/webhook/${path}`, { method: 'POST' })).status === 401,
				);
				assert.deepEqual(hooks(), registered, `after restart ${round + 1}`);
				await expectDelivery();
				if (outage === outages[0]) await gate.open();
				scratch.sandbox.casso.faults.clear();
				progress.update(`${round + 1} of ${RESTARTS} restarts\n`);
			}
			assert.deepEqual(hooks(), registered);
			await unpublishNow();
		});

		/** n8n 1 may still be publishing what it found at its start, and registers once more. */
		async function settledHooks(): Promise<ReturnType<typeof hooks>> {
			for (let before = hooks(); ; before = hooks()) {
				await sleep(1_000);
				if (JSON.stringify(before) === JSON.stringify(hooks())) return before;
			}
		}

		test('"Listen for test event" beside production leaves production alone', async () => {
			await publishNow();
			await until('the webhook is registered', () => hooks().length === 1);
			const production = await settledHooks();
			const { api } = scratch.n8n;
			await api.runWorkflow(workflowId, 'Casso Trigger');
			await until('the test webhook is registered', () => hooks().length === 2);
			const added = hooks().filter(({ id }) => id !== production[0]?.id);
			assert.deepEqual(
				added.map(({ url }) => /\/webhook-test\//.test(url)),
				[true],
				JSON.stringify({ production, now: hooks() }),
			);
			await api.call('DELETE', `/rest/test-webhook/${workflowId}`);
			await until('the test webhook is removed', () => hooks().length === 1);
			assert.deepEqual(hooks(), production);
			await expectDelivery();
			await unpublishNow();
		});

		test('a webhook that was removed at Casso is repaired by unpublishing and publishing', async () => {
			await publishNow();
			for (const hook of scratch.sandbox.casso.webhooks.list()) scratch.sandbox.casso.webhooks.remove(hook);
			await scratch.n8n.api.unpublish(workflowId);
			await publishNow();
			assert.equal(hooks().length, 1);
			await expectDelivery();
			await unpublishNow();
		});

		test('options that make no sense fail when the workflow is published, and register nothing', async () => {
			const credentials = await apiCredential(scratch.n8n.api, scratch.sandbox.apiKey, gate.url);
			const { id } = await scratch.n8n.api.createWorkflow(triggerWorkflow({ filters: { minAmount: -5 } }, credentials));
			await assert.rejects(publish(scratch.n8n.api, id, isOlderPath), /Minimum Amount/);
			assert.equal(hooks().length, 0);
		});
	});
}
