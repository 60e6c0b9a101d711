/**
 * The triggers in n8n's queue mode, on a real Postgres and a real Redis: registered by the main process, answered by the
 * webhook process, run by workers. What one process writes into a workflow's static data the others must see.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signWebhook } from '@saoke/core';
import { startSandbox, type Sandbox, type SandboxTransaction } from '@saoke/sandbox';
import { layGround, type Ground } from '../../bench/scaleOut/ground';
import { startSetup, type Setup } from '../../bench/scaleOut/setups';
import { makeSink, type Sink } from '../../bench/scaleOut/sink';
import type { N8nNode } from '../../hosts/n8nApi';
import { Progress } from '../../hosts/progress';
import { ledgerWorkflow, putPostgresCredential, type LedgerWorkflowOptions } from '../../demo/scaled/ledger';
import { withClient } from '../../demo/scaled/postgres';
import { everySeconds } from '../e2e/harness/pollTimes';
import { post, type Answer } from '../e2e/harness/post';
import { until } from '../e2e/harness/until';

const WAIT_MS = 90_000;

let ground: Ground;
let setup: Setup;
let sandbox: Sandbox;
let sink: Sink;
let credentials: { cassoApi: { id: string; name: string }; postgres: { id: string; name: string } };
let nextWebhook = 1;

before(async () => {
	ground = await layGround(new Progress());
	sandbox = await startSandbox({
		transactions: 0,
		deliveries: { retryGapsMs: Array.from({ length: 20 }, () => 6_000) },
	});
	sink = await makeSink(ground.postgres);
	setup = await startSetup('queue mode', ground);
	const { api } = setup;
	credentials = {
		cassoApi: await api.putCredential('Casso', 'cassoApi', {
			authentication: 'apiKey',
			apiKey: sandbox.apiKey,
			baseUrl: sandbox.cassoUrl,
		}),
		postgres: await putPostgresCredential(api, ground.postgres, sink.database),
	};
});

after(async () => {
	await setup?.close();
	await sink?.close();
	await sandbox?.close();
	await ground?.close();
});

interface Made {
	id: string;
	/** Of the webhook process itself. */
	url: string;
}

async function make(name: string, triggers: Pick<LedgerWorkflowOptions, 'trigger' | 'poll'>): Promise<Made> {
	const webhookId = `5a0ce000-0000-4000-8000-${String(nextWebhook++).padStart(12, '0')}`;
	const { id } = await setup.api.createWorkflow(
		ledgerWorkflow({ name, webhookId, postgres: credentials.postgres, ...triggers }),
	);
	return { id, url: `${setup.webhookUrl}/webhook/${webhookId}/casso` };
}

const automatic = (groupDeliveries = false): LedgerWorkflowOptions['trigger'] => ({
	parameters: { options: { groupDeliveries } },
	credentials: { cassoApi: credentials.cassoApi },
});
const poller = (): LedgerWorkflowOptions['poll'] => ({
	parameters: { pollTimes: everySeconds(10) },
	credentials: { cassoApi: credentials.cassoApi },
});

/** The token that Casso was given when the trigger registered. */
function token(): string {
	const [webhook, ...more] = sandbox.casso.webhooks.list();
	assert.ok(webhook && more.length === 0, 'there is not exactly one webhook at Casso');
	return webhook.secret;
}

async function deliverBy(url: string, secureToken: string): Promise<Answer> {
	const data = [
		{
			id: 1_000_000 + nextWebhook++,
			tid: 'FT1',
			amount: 1_000,
			description: 'by hand',
			when: '2026-11-20 10:00:00',
			bank_sub_acc_id: '0071000888888',
			subAccId: '0071000888888',
		},
	];
	const body = JSON.stringify({ error: 0, data });
	return await post(url, { body, headers: signWebhook(body, { secureToken }) });
}

async function countInLedger(sent: readonly SandboxTransaction[]): Promise<number> {
	const found = new Set((await sink.rows()).map(({ transaction_id }) => transaction_id));
	return sent.filter(({ id }) => found.has(String(id))).length;
}

async function inLedger(ids: readonly number[]): Promise<boolean> {
	const found = new Set((await sink.rows()).map(({ transaction_id }) => transaction_id));
	return ids.every((id) => found.has(String(id)));
}

async function unpublish({ id }: Made): Promise<void> {
	await setup.api.unpublish(id);
	await until('the webhook is removed at Casso', () => sandbox.casso.webhooks.list().length === 0);
}

async function countModes({ id }: Made): Promise<Record<string, number>> {
	const sql = `SELECT mode, count(*)::int AS count FROM execution_entity WHERE "workflowId" = $1 AND status = 'success' GROUP BY mode`;
	const { rows } = await withClient(
		ground.postgres,
		setup.database,
		async (client) => await client.query<{ mode: string; count: number }>(sql, [id]),
	);
	return Object.fromEntries(rows.map(({ mode, count }) => [mode, count]));
}

test('the webhook process takes the token that the main process registered, after each publishing, and no other', async () => {
	const made = await make('Automatic', { trigger: automatic() });
	for (let round = 0; round < 3; round++) {
		await setup.api.publish(made.id);
		assert.deepEqual(await deliverBy(made.url, token()), { status: 200, body: '{"success":true}' });
		assert.equal((await deliverBy(made.url, 'f'.repeat(64))).status, 401);
		const former = token();
		await unpublish(made);
		assert.equal((await deliverBy(made.url, former)).status, 404);
	}
});

test('a transfer goes from Casso through webhook process and worker into Postgres', async () => {
	const made = await make('Transfer', { trigger: automatic() });
	await setup.api.publish(made.id);
	const { id } = sandbox.casso.addTransaction({ amount: 5_000 });
	await until('the row is there', async () => await inLedger([id]));
	await until('the execution is stored', async () => (await countModes(made)).webhook === 1);
	await unpublish(made);
});

for (const groupDeliveries of [false, true]) {
	test(`what the webhook process answered before it was killed is written, and the rest comes again${groupDeliveries ? ', grouped' : ''}`, async () => {
		const made = await make('Killed', { trigger: automatic(groupDeliveries) });
		await setup.api.publish(made.id);
		const sent = sandbox.casso.addTransactions(
			Array.from({ length: 200 }, (_, number) => ({ amount: 9_000 + number })),
		);
		const acknowledged = (): number =>
			sent.filter(({ id }) => sandbox.casso.deliveries.list({ transactionId: id })[0]?.state === 'succeeded').length;
		await until('a part is acknowledged', () => acknowledged() > 30, WAIT_MS);
		await setup.cluster?.webhook.kill();
		const answered = acknowledged();
		assert.ok(answered < sent.length, 'the burst was over before the kill');
		await until('workers write what was acknowledged', async () => (await countInLedger(sent)) >= answered, WAIT_MS);
		await setup.cluster?.restartWebhook();
		await until('every delivery is acknowledged', () => acknowledged() === sent.length, WAIT_MS);
		await until('every row is there', async () => await inLedger(sent.map(({ id }) => id)), WAIT_MS);
		const { webhook: executions = 0 } = await countModes(made);
		assert.equal(executions < sent.length / 2, groupDeliveries, `${executions} executions`);
		await unpublish(made);
	});
}

test('"Listen for test event" goes to the main process and leaves production alone', async () => {
	const made = await make('Listening', { trigger: automatic() });
	await setup.api.publish(made.id);
	const production = token();
	await setup.api.runWorkflow(made.id, 'Casso Trigger');
	await until('the test webhook is registered', () => sandbox.casso.webhooks.list().length === 2);
	assert.match(sandbox.casso.webhooks.list()[1]?.url ?? '', new RegExp(`^${setup.api.url}/webhook-test/`));
	const { id } = sandbox.casso.addTransaction({ amount: 6_000 });
	await until('the test webhook is removed after one event', () => sandbox.casso.webhooks.list().length === 1);
	await until('both runs wrote the row', async () => await inLedger([id]));
	assert.equal(token(), production);
	assert.equal((await deliverBy(made.url, production)).status, 200);
	await unpublish(made);
});

test('a poll runs on the main process, its items on a worker; a restart of the main process repeats nothing', async () => {
	const made = await make('Polling', { poll: poller() });
	await setup.api.publish(made.id);
	await until('the first poll has set its baseline', () => polls() > 0, WAIT_MS);
	const first = sandbox.casso.addTransactions([{ amount: 7_000 }, { amount: 7_001 }]).map(({ id }) => id);
	await until('the rows are there', async () => await inLedger(first), WAIT_MS);
	const writes = await sink.writes();
	await setup.cluster?.main.stop();
	const second = sandbox.casso.addTransactions([{ amount: 7_002 }]).map(({ id }) => id);
	await setup.cluster?.restartMain();
	await until('the row that came meanwhile is there', async () => await inLedger(second), WAIT_MS);
	const polled = polls();
	await until('another poll has run', () => polls() > polled + 1, WAIT_MS);
	assert.equal(await sink.writes(), writes + 1, 'a poll brought something again');
	await setup.api.unpublish(made.id);
});

test('a poll beside a trigger that was published with a change takes its present registration along when it writes back the state from before', async () => {
	const made = await make('Both', { trigger: automatic(), poll: poller() });
	await setup.api.publish(made.id);
	const earlier = token();
	const polled = polls();
	await until('the first poll has set its baseline', () => polls() > polled, WAIT_MS);
	await change(made, (node) => {
		if (node.name === 'Casso Trigger') node.parameters = { ...node.parameters, direction: 'in' };
	});
	await setup.api.publish(made.id);
	const missedByWebhook = sandbox.casso.addTransactions([{ amount: 8_000, silent: true }]).map(({ id }) => id);
	await until('the poll has brought its row, and saved', async () => await inLedger(missedByWebhook), WAIT_MS);
	await until('the poll is stored', async () => ((await countModes(made)).trigger ?? 0) > 0);
	assert.deepEqual(await deliverBy(made.url, token()), { status: 200, body: '{"success":true}' });
	assert.equal((await deliverBy(made.url, earlier)).status, 401);
	await unpublish(made);
	assert.deepEqual(sandbox.casso.webhooks.list(), []);
});

test('with signed deliveries, a key that is changed in the credential counts a second later in the webhook process', async () => {
	const [first, second] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
	const store = async (securityKey: string): Promise<{ id: string; name: string }> =>
		await setup.api.putCredential('Key', 'cassoWebhookApi', { securityKey });
	const made = await make('Signed', {
		trigger: { parameters: { registration: 'manual' }, credentials: { cassoWebhookApi: await store(first) } },
	});
	await setup.api.publish(made.id);
	const body = JSON.stringify({
		error: 0,
		data: {
			id: 900,
			reference: 'FT',
			description: '',
			amount: 1,
			runningBalance: 1,
			transactionDateTime: '2026-11-20 10:00:00',
			accountNumber: '1',
			bankName: 'B',
		},
	});
	const statusWith = async (securityKey: string): Promise<number> =>
		(await post(made.url, { body, headers: signWebhook(body, { securityKey, signedAtMs: Date.now() }) })).status;
	assert.deepEqual([await statusWith(first), await statusWith(second)], [200, 401]);
	await store(second);
	// The trigger keeps what it read for a second.
	await until('the new key counts', async () => (await statusWith(second)) === 200, 2_000);
	assert.equal(await statusWith(first), 401);
	await setup.api.unpublish(made.id);
});

function polls(): number {
	return sandbox.casso.requests.list({ path: '/v2/transactions' }).length;
}

/** As the editor saves. */
async function change({ id }: Made, edit: (node: N8nNode) => void): Promise<void> {
	const { nodes, connections, name, settings, versionId } = await setup.api.workflow(id);
	nodes.forEach(edit);
	await setup.api.call('PATCH', `/rest/workflows/${id}`, { id, name, nodes, connections, settings, versionId });
}
