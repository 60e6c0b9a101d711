/**
 * The example "Reconciled ledger" in a real n8n: deliveries that are lost for good and a ledger that refuses a write
 * leave no gap once the poller has come by, and nothing is there twice.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, vietnamDay } from '@saoke/core';
import type { SandboxTransaction } from '@saoke/sandbox';
import type { N8nWorkflow, TableRow } from '../../hosts/n8nApi';
import { ensureLedger, readExample, withCredentials } from '../../demo/start/workflows';
import { everySeconds } from './harness/pollTimes';
import { startScratch, type Scratch } from './harness/scratchN8n';

const TRANSFERS = 60;
const LEDGER_TABLE = 'Casso ledger';

let scratch: Scratch;
let tableId: string;
let workflowId: string;
const transfers: SandboxTransaction[] = [];

before(async () => {
	scratch = await startScratch({
		sandbox: {
			accounts: 3,
			transactions: 80,
			historyDays: 10,
			deliveries: { retryGapsMs: [], pauseWhenExhausted: false, deadlineMs: 60_000 },
		},
	});
	const { api } = scratch.n8n;
	tableId = await ensureLedger(api, 'reconciled-ledger.json');
	const cassoApi = await api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: scratch.sandbox.apiKey,
		baseUrl: scratch.sandbox.cassoUrl,
	});
	workflowId = (
		await api.createWorkflow(pollingOften(withCredentials(readExample('reconciled-ledger.json'), { cassoApi })))
	).id;
	await api.publish(workflowId);
	await polls(1);
});

after(async () => {
	await scratch?.close();
});

function pollingOften(workflow: N8nWorkflow): N8nWorkflow {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Casso Polling Trigger'
			? { ...node, parameters: { ...node.parameters, pollTimes: everySeconds(15) } }
			: node,
	);
	return { ...workflow, nodes };
}

/** Resolves when this many polls have been answered from now on. */
async function polls(count: number): Promise<void> {
	const requests = (): number =>
		scratch.sandbox.casso.requests
			.list({ method: 'GET', path: '/v2/transactions' })
			.filter(({ query, status }) => query.page === '1' && query.sort === 'DESC' && status === 200).length;
	const goal = requests() + count;
	const deadline = Date.now() + 120_000;
	while (requests() < goal) {
		assert.ok(Date.now() < deadline, 'n8n did not poll');
		await sleep(50);
	}
}

function transfer(input: { amount: number; time?: number }): SandboxTransaction {
	const { accounts } = scratch.sandbox.casso.data;
	const added = scratch.sandbox.casso.addTransaction({
		...input,
		memo: `DH${transfers.length}`,
		accountId: accounts[transfers.length % accounts.length]?.id,
	});
	transfers.push(added);
	return added;
}

/** n8n gives at most 100 rows a call. */
async function ledger(): Promise<TableRow[]> {
	const { rows, count } = await scratch.n8n.api.rows(tableId);
	assert.ok(count <= 100);
	return rows;
}

/** Waits until the number of rows is reached or no poll is due any more; then compares every row. */
async function expectLedger(message: string): Promise<void> {
	for (let round = 0; round < 2 && (await ledger()).length < transfers.length; round++) {
		await polls(1);
		await sleep(2_000);
	}
	const keyed = (await ledger())
		.map(
			(row) =>
				`${String(row.accountNumber)} ${String(row.transactionId)} ${String(row.amount)} ${String(row.description).slice(0, 2)}`,
		)
		.sort();
	const wanted = transfers
		.map(
			(one) =>
				`${scratch.sandbox.casso.data.getTransactionAccount(one).accountNumber} ${one.id} ${one.amount} ${one.description.slice(0, 2)}`,
		)
		.sort();
	assert.deepEqual(keyed, wanted, message);
}

async function renameLedger(from: string, to: string): Promise<void> {
	const { id } = (await scratch.n8n.api.call('GET', '/rest/projects/personal')) as { id: string };
	assert.equal(await scratch.n8n.api.ensureTable(from, []), tableId);
	await scratch.n8n.api.call('PATCH', `/rest/projects/${id}/data-tables/${tableId}`, { name: to });
}

test('publishing writes nothing of what was there before', async () => {
	assert.deepEqual(await ledger(), []);
});

test('with 30 % of the deliveries lost for good, late bookings included, the ledger is complete after the next polls', async () => {
	const { casso } = scratch.sandbox;
	casso.deliveryFaults.add({ kind: 'drop', probability: 0.3 });
	for (let number = 0; number < TRANSFERS; number++) {
		const isLate = number % 10 === 9;
		transfer({
			amount: number % 3 === 2 ? -1000 - number : 10_000 + number,
			time: isLate ? Date.now() - 47 * 3_600_000 : undefined,
		});
		await sleep(100);
	}
	await casso.whenIdle();
	const states = casso.deliveries.list().map(({ state }) => state);
	const lost = states.filter((state) => state === 'dropped').length;
	assert.ok(lost > TRANSFERS * 0.1 && lost < TRANSFERS * 0.5, `${lost} of ${TRANSFERS} deliveries were lost`);
	assert.ok(
		states.every((state) => state === 'dropped' || state === 'succeeded'),
		JSON.stringify(casso.deliveries.list().find(({ state }) => state === 'failed')?.attempts),
	);
	casso.deliveryFaults.clear();
	await expectLedger('after lost deliveries');
});

test('a ledger that refuses a write of the webhook until n8n gives up is complete after the next poll', async () => {
	await polls(1);
	await sleep(1_000);
	await renameLedger(LEDGER_TABLE, 'Elsewhere');
	const { id } = transfer({ amount: 777_000 });
	const deadline = Date.now() + 30_000;
	const isRefused = async (): Promise<boolean> =>
		(await scratch.n8n.api.executions(workflowId)).results.some(({ status }) => status === 'error');
	while (!(await isRefused())) {
		assert.ok(Date.now() < deadline, 'The execution did not fail');
		await sleep(200);
	}
	await renameLedger('Elsewhere', LEDGER_TABLE);
	assert.equal((await scratch.n8n.api.rows(tableId, { column: 'transactionId', value: String(id) })).count, 0);
	await expectLedger('after a refused write of the webhook');
});

test('a ledger that refuses one write of the poll has the row after the next try', async () => {
	scratch.sandbox.casso.deliveryFaults.add({ kind: 'drop', count: 1 });
	await polls(1);
	await sleep(500);
	await renameLedger(LEDGER_TABLE, 'Elsewhere');
	transfer({ amount: 888_000 });
	await polls(1);
	await sleep(1_000);
	await renameLedger('Elsewhere', LEDGER_TABLE);
	await expectLedger('after a refused write of the poll');
});

test('a transaction that was lost on every way comes with the nightly backfill', async () => {
	const { api } = scratch.n8n;
	await api.unpublish(workflowId);
	const { id } = transfer({ amount: 999_000 });
	const before = (await api.rows(tableId)).count;
	const run = await api.runWorkflow(workflowId, 'Every Night');
	const deadline = Date.now() + 60_000;
	while (!(await api.execution(run)).finished) {
		assert.ok(Date.now() < deadline, 'The backfill did not finish');
		await sleep(100);
	}
	assert.equal((await api.rows(tableId, { column: 'transactionId', value: String(id) })).count, 1);
	// It also brings what was there before the workflow was published.
	const { count } = await api.rows(tableId);
	const firstDay = Date.parse(`${addDays(vietnamDay(Date.now()), -6)}T00:00:00+07:00`);
	const { start, end } = scratch.sandbox.casso.data.transactions.range(null, firstDay, Infinity);
	assert.ok(count > before && count === end - start, `${before}, then ${count} rows of ${end - start}`);
});
