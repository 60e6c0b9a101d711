/**
 * A burst of deliveries at every example and recipe that begins with a Casso Trigger, in a real n8n: they group what arrives
 * together, and their nodes take all items, so that nothing is missing. Recipe 4 needs Postgres: test/services/recipes.test.ts.
 */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { ensureLedger, importExample, readExample } from '../../demo/start/workflows';
import { ROOT } from '../../hosts/paths';
import { query } from './harness/database';
import type { GoogleSheets } from './harness/googleSheets/googleSheets';
import {
	startRecipeHost,
	type RecipeHost,
	importRecipe,
	newSpreadsheetId,
	removeWorkflows,
	runRecipe,
} from './harness/recipes';
import type { Scratch } from './harness/scratchN8n';
import { until } from './harness/until';

const BURST = 60;
/** The recipe waits three seconds after each message. */
const MESSAGES = 8;
const WAIT_MS = 90_000;

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;

before(async () => {
	host = await startRecipeHost({ transactions: 0, deliveries: { maxParallel: 30, deadlineMs: WAIT_MS } });
	({ google, scratch } = host);
});

after(async () => {
	await host?.close();
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

/** Sends a burst to a workflow. @returns the ids of the transactions, once nothing runs any more */
async function sendBurst(workflowId: string, count: number): Promise<string[]> {
	const { n8n, sandbox } = scratch;
	const executions = (where: string): number => {
		const sql = `SELECT count(*) AS count FROM execution_entity WHERE workflowId = '${workflowId}' AND ${where}`;
		return Number(query(n8n.userFolder, sql)[0]?.count);
	};
	await n8n.api.publish(workflowId);
	const sent = sandbox.casso.addTransactions(
		Array.from({ length: count }, (_, number) => ({ amount: 1_000_000 + number, memo: `burst ${number}` })),
	);
	await sandbox.casso.whenIdle(true);
	const ids = sent.map(({ id }) => id);
	for (const id of ids)
		assert.equal(sandbox.casso.webhooks.deliveries.list({ transactionId: id })[0]?.state, 'succeeded');
	await until('every execution has ended', () => executions("status IN ('new', 'running', 'waiting')") === 0, WAIT_MS);
	assert.equal(executions("status != 'success'"), 0);
	const started = executions("mode = 'webhook'");
	assert.ok(started < count, `${started} executions: nothing was grouped`);
	return ids.map(String).sort();
}

/** @param column that holds the id, alone or behind the account number */
function getIds(tableId: string, column: string): string[] {
	return query(scratch.n8n.userFolder, `SELECT ${column} AS id FROM data_table_user_${tableId}`)
		.map(({ id }) => String(id).replace(/^.*\//, ''))
		.sort();
}

test('each of them groups what arrives together', () => {
	const folder = path.join(ROOT, 'examples', 'n8n');
	const triggers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.json'))
		.flatMap((file) => readExample(file).nodes.filter(({ type }) => type === 'n8n-nodes-casso.cassoTrigger'));
	assert.ok(triggers.length >= 6);
	for (const { parameters } of triggers) assert.deepEqual(parameters.options, { groupDeliveries: true });
});

for (const file of ['new-transaction-to-ledger.json', 'reconciled-ledger.json']) {
	test(`${file}: one row for each transaction`, async () => {
		const { api } = scratch.n8n;
		const tableId = await ensureLedger(api, file);
		const before = new Set(getIds(tableId, 'transactionId'));
		const cassoApi = await api.putCredential('Casso', 'cassoApi', {
			authentication: 'apiKey',
			apiKey: scratch.sandbox.apiKey,
			baseUrl: scratch.sandbox.cassoUrl,
		});
		const ids = await sendBurst(await importExample(api, file, { cassoApi }), BURST);
		assert.deepEqual(
			getIds(tableId, 'transactionId').filter((id) => !before.has(id)),
			ids,
		);
	});
}

for (const [file, table, column] of [
	['1-new-transaction-to-google-sheets.json', 'Casso to Google Sheets', 'transactionKey'],
	['3-order-paid.json', 'Casso payments', 'transactionId'],
] as const) {
	test(`${file}: one row of the table for each transaction`, async () => {
		const recipe = await importRecipe(scratch.n8n.api, file, newSpreadsheetId(), (node) => {
			if (node.name === 'Every minute') Object.assign(node, { disabled: true });
		});
		await runRecipe(scratch.n8n.api, recipe, 'Once: make the table');
		const ids = await sendBurst(recipe.id, BURST);
		// The recipe has made it, with its columns.
		assert.deepEqual(getIds(await scratch.n8n.api.ensureTable(table, []), column), ids);
	});
}

test('6-money-arrived-to-telegram.json: one message for each transaction', async () => {
	google.messages.length = 0;
	const recipe = await importRecipe(scratch.n8n.api, '6-money-arrived-to-telegram.json', '');
	await sendBurst(recipe.id, MESSAGES);
	const texts = google.messages.map(({ body }) => (body as { text: string }).text);
	assert.equal(texts.length, MESSAGES);
	for (let number = 0; number < MESSAGES; number++)
		assert.equal(texts.filter((text) => new RegExp(`burst ${number}\\b`).test(text)).length, 1);
});
