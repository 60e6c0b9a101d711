/**
 * A real n8n killed with SIGKILL in the middle of a burst of 500 transactions and started again, Casso delivering again
 * what was not acknowledged: every transaction is in n8n afterwards, in the sink or in a stored execution. The same for
 * deliveries that are grouped.
 */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Progress } from '../../hosts/progress';
import { query } from './harness/database';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential, ROW_COLUMNS, triggerWorkflow } from './harness/triggerWorkflow';
import { until } from './harness/until';

const TRANSACTIONS = 500;
/** Real time between attempts: above the memory's 5 s and n8n's start. */
const RETRY_MS = 12_000;

const progress = new Progress();
let scratch: Scratch;

beforeEach(async () => {
	scratch = await startScratch({
		sandbox: { deliveries: { maxParallel: 20, retryGapsMs: Array.from({ length: 8 }, () => RETRY_MS) } },
	});
});

afterEach(async () => {
	await scratch?.close();
});

for (const groupDeliveries of [false, true]) {
	test(`nothing that was acknowledged is lost, and nothing else either${groupDeliveries ? ', grouped' : ''}`, async () => {
		const { n8n, sandbox } = scratch;
		const tableId = await n8n.api.ensureTable('Ledger', ROW_COLUMNS);
		const credentials = await apiCredential(n8n.api, sandbox.apiKey, sandbox.cassoUrl);
		const { id: workflowId } = await n8n.api.createWorkflow(
			triggerWorkflow({ options: { groupDeliveries } }, credentials, 'upsert', 'Ledger'),
		);
		await n8n.api.publish(workflowId);
		const sent = sandbox.casso.addTransactions(
			Array.from({ length: TRANSACTIONS }, (_, number) => ({ amount: 1_000 + number })),
		);
		await until('a part was acknowledged', () => acknowledged() > TRANSACTIONS / 3, 300_000);
		await n8n.kill();
		const before = acknowledged();
		progress.step(`killed after ${before} of ${TRANSACTIONS} were acknowledged`);
		assert.ok(before < TRANSACTIONS, 'the burst was over before the kill');
		await scratch.restart();
		await until('every delivery is acknowledged', () => acknowledged() === TRANSACTIONS, 180_000);
		await until('nothing runs any more', () => unfinished(workflowId, "'new', 'running'").length === 0, 60_000).catch(
			() => undefined,
		);
		const inSink = new Set(
			query(n8n.userFolder, `SELECT transactionId FROM data_table_user_${tableId}`).map((row) =>
				String(row.transactionId),
			),
		);
		const crashed = unfinished(workflowId, "'new', 'running', 'crashed', 'error'");
		const inExecutions = new Set(
			sent.map(({ id }) => String(id)).filter((id) => crashed.some((data) => new RegExp(`"id":${id}\\b`).test(data))),
		);
		const lost = sent.map(({ id }) => String(id)).filter((id) => !inSink.has(id) && !inExecutions.has(id));
		const onlyStored = [...inExecutions].filter((id) => !inSink.has(id)).length;
		progress.step(`in the sink ${inSink.size}, only in an unfinished execution ${onlyStored}, lost ${lost.length}`);
		assert.deepEqual(lost, []);
	});
}

function acknowledged(): number {
	return scratch.sandbox.casso.webhooks.deliveries.list({ state: 'succeeded' }).length;
}

/** Stored data of executions in one of the states. */
function unfinished(workflowId: string, states: string): string[] {
	const sql = `SELECT d.data AS data FROM execution_entity e JOIN execution_data d ON d.executionId = e.id WHERE e.workflowId = '${workflowId}' AND e.status IN (${states})`;
	return query(scratch.n8n.userFolder, sql).map((row) => String(row.data));
}
