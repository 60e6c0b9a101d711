/** The recipes that keep a Google sheet, imported, published and run in a real n8n with n8n's own Google Sheets node. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { SandboxTransaction } from '@saoke/sandbox';
import type { GoogleSheets } from './harness/googleSheets/googleSheets';
import type { Spreadsheet } from './harness/googleSheets/spreadsheet';
import {
	startRecipeHost,
	type RecipeHost,
	importRecipe,
	newSpreadsheetId,
	removeWorkflows,
	runRecipe,
	waitFor,
	type Recipe,
} from './harness/recipes';
import type { N8nNode } from '../../hosts/n8nApi';
import type { Scratch } from './harness/scratchN8n';

const MONTH_ROWS = 5_000;
const NEW_TO_SHEET = '1-new-transaction-to-google-sheets.json';
const BACKFILL = '2-nightly-backfill-to-google-sheets.json';
const COLUMNS = [
	'transactedAt',
	'amount',
	'description',
	'accountNumber',
	'bankName',
	'counterpartyName',
	'counterpartyAccount',
	'reference',
	'runningBalance',
	'transactionKey',
];

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;
let spreadsheet: Spreadsheet;

before(async () => {
	host = await startRecipeHost({ transactions: MONTH_ROWS, historyDays: 28, deliveries: { deadlineMs: 60_000 } });
	({ google, scratch } = host);
});

after(async () => {
	await host?.close();
});

beforeEach(() => {
	google.api.reset();
	spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
	spreadsheet.addSheet('Orders');
	spreadsheet.addSheet('Transactions');
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

async function imported(file: string, edit?: (node: N8nNode) => void): Promise<Recipe> {
	return await importRecipe(scratch.n8n.api, file, spreadsheet.id, edit);
}

/** As the recipes make it, e.g. `0071000888888/42`. */
function getKey(transaction: SandboxTransaction): string {
	const account = scratch.sandbox.casso.data.accounts.find(({ id }) => id === transaction.accountId);
	return `${account?.accountNumber ?? ''}/${transaction.id}`;
}

/** The sheet as records by its header row. */
function records(): Record<string, unknown>[] {
	const [header = [], ...rows] = spreadsheet.rows('Transactions');
	return rows.map((row) => Object.fromEntries(header.map((name, index) => [String(name), row[index] ?? ''])));
}

/** Changes the period as the recipe's page tells: the days to read, up to today. */
function days(count: number): (node: N8nNode) => void {
	return ({ parameters }) => {
		if (parameters.period === undefined) return;
		parameters.period = 'custom';
		parameters.fromDate = `={{ $now.minus({ days: ${count} }).toISODate() }}`;
		parameters.toDate = '={{ $now.toISODate() }}';
	};
}

function at<T>(list: readonly T[], index: number): T {
	const one = list[index];
	if (one === undefined) throw new Error(`There is no number ${index}`);
	return one;
}

test('backfill: a month of 5,000 rows stands in the sheet once, within the quota; the second run writes nothing', async (t) => {
	const recipe = await imported(BACKFILL, days(31));
	const startedMs = Date.now();
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const firstMs = Date.now() - startedMs;
	const rows = records();
	assert.deepEqual(spreadsheet.rows('Transactions')[0], COLUMNS);
	assert.equal(rows.length, MONTH_ROWS);
	const expected = new Set(scratch.sandbox.casso.data.transactions.range(null, 0, Infinity).list.map(getKey));
	assert.deepEqual(new Set(rows.map((row) => row.transactionKey)), expected);
	assert.equal(google.api.refused(), 0, 'the quota was reached');
	const [reads, writes] = [google.api.count('read'), google.api.count('write')];
	assert.ok(writes <= 10, `${writes} writes`);

	const stood = JSON.stringify(spreadsheet.rows('Transactions'));
	const secondStartedMs = Date.now();
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	assert.equal(JSON.stringify(spreadsheet.rows('Transactions')), stood);
	assert.equal(google.api.count('write'), writes, 'the second run wrote');
	t.diagnostic(
		`first run: ${reads} reads, ${writes} writes, ${firstMs} ms; second run: ${google.api.count('read') - reads} reads, 0 writes, ${Date.now() - secondStartedMs} ms`,
	);
});

test('backfill: a row that was removed or spoilt by hand comes back, other columns and rows stay', async () => {
	const recipe = await imported(BACKFILL, days(1));
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const count = records().length;
	assert.ok(count > 100);
	spreadsheet.update(
		[
			{ range: 'Transactions!K1:K2', values: [['checked by'], ['Lan']] },
			{ range: 'Transactions!B3', values: [[1]] },
		],
		'RAW',
	);
	const before = records();
	spreadsheet.update([{ range: 'Transactions!A4:J4', values: [COLUMNS.map(() => '')] }], 'RAW');
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const after = records();
	assert.equal(after[0]?.['checked by'], 'Lan');
	assert.notEqual(after[1]?.amount, 1);
	const keys = after.map((row) => row.transactionKey).filter((key) => key !== '');
	assert.equal(keys.length, count);
	assert.equal(new Set(keys).size, count);
	assert.ok(keys.includes(before[2]?.transactionKey));
});

test('backfill: quota and outage are ridden out, and a write whose answer was lost is not made twice', async () => {
	const recipe = await imported(BACKFILL, days(1));
	google.api.addFault({ status: 429, call: 'values.get' });
	google.api.addFault({ status: 503, call: 'values.append', carriedOut: true });
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const keys = records().map((row) => row.transactionKey);
	assert.ok(keys.length > 100);
	assert.equal(new Set(keys).size, keys.length);
	assert.equal(google.api.refused(), 2);
});

test('new transactions: 200 deliveries, 50 in parallel, are 200 rows, with a handful of requests', async (t) => {
	const { api } = scratch.n8n;
	const recipe = await imported(NEW_TO_SHEET);
	await runRecipe(api, recipe, 'Once: make the table');
	google.latencyMs = 300;
	await api.publish(recipe.id);
	const memos = [
		'=1+1',
		'=IMPORTXML("http://example.com","//a")',
		'+84901234567',
		'-5',
		'0012',
		'1e5',
		"'quoted",
		'TRUE',
	];
	const added = scratch.sandbox.casso.addTransactions(
		Array.from({ length: 200 }, (_, index) => ({
			amount: 10_000 + index,
			memo: memos[index] ?? `DH${1000 + index} chuyen khoan`,
			counterparty: { accountNumber: '0009876543210', name: 'NGUYEN VAN A' },
		})),
	);
	const startedMs = Date.now();
	await waitFor(
		() => records().length >= 200,
		135_000,
		() => `only ${records().length} rows came`,
	);
	const tookMs = Date.now() - startedMs;
	await waitFor(
		async () => (await api.executions(recipe.id)).results.every((one) => one.status === 'success'),
		60_000,
		() => 'runs did not end',
	);
	await api.unpublish(recipe.id);
	google.latencyMs = 0;

	const rows = records();
	assert.deepEqual(new Set(rows.map((row) => row.transactionKey)), new Set(added.map(getKey)));
	assert.equal(rows.length, 200);
	assert.ok(google.api.count() <= 10, `${google.api.count()} requests`);
	const byKey = new Map(rows.map((row) => [row.transactionKey, row]));
	for (const [index, memo] of memos.entries())
		assert.equal(byKey.get(getKey(at(added, index)))?.description, memo, 'a memo was changed');
	assert.deepEqual(
		spreadsheet.rows('Transactions', 'FORMULA'),
		spreadsheet.rows('Transactions'),
		'a formula is in the sheet',
	);
	for (const row of rows) {
		assert.equal(typeof row.accountNumber, 'string');
		assert.equal(row.counterpartyAccount, '0009876543210');
		assert.equal(typeof row.amount, 'number');
	}
	t.diagnostic(`200 rows after ${tookMs} ms, ${google.api.count('read')} reads, ${google.api.count('write')} writes`);
});

test('new transactions: after an outage of Google the next minute writes what is missing, once', async () => {
	const { api } = scratch.n8n;
	const recipe = await imported(NEW_TO_SHEET);
	await runRecipe(api, recipe, 'Once: make the table');
	await api.publish(recipe.id);
	scratch.sandbox.casso.addTransactions(Array.from({ length: 20 }, (_, index) => ({ amount: 5_000 + index })));
	await scratch.sandbox.casso.whenIdle();
	await api.unpublish(recipe.id);
	google.api.addFault({ status: 503, call: 'values.get' });
	google.api.addFault({ status: 503, call: 'values.append', carriedOut: true });
	// The trigger answered when n8n had stored the executions; they may still be running.
	await waitFor(
		async () => (await api.executions(recipe.id)).results.every((one) => one.status === 'success'),
		60_000,
		() => 'runs did not end',
	);
	await assert.rejects(runRecipe(api, recipe, 'Every minute'));
	await assert.rejects(runRecipe(api, recipe, 'Every minute'));
	await runRecipe(api, recipe, 'Every minute');
	const keys = records().map((row) => row.transactionKey);
	assert.equal(keys.length, 20);
	assert.equal(new Set(keys).size, 20);
	const requests = google.api.count();
	await runRecipe(api, recipe, 'Every minute');
	assert.equal(google.api.count(), requests, 'a run with nothing to write asked Google');
});

test('a full sheet grows; if Google should refuse that, the run says so and nothing is lost', async () => {
	const recipe = await imported(BACKFILL, days(1));
	const sheet = spreadsheet.sheet('Transactions');
	sheet.rowCount = 50;
	spreadsheet.update(
		[
			{
				range: 'Transactions!A1:A50',
				values: Array.from({ length: 50 }, (_, index) => [index === 0 ? 'transactionKey' : `old/${index}`]),
			},
		],
		'RAW',
	);
	spreadsheet.quirks.appendBelowGrid = 'refuse';
	await assert.rejects(runRecipe(scratch.n8n.api, recipe, 'Every night'), /exceeds grid limits. Max rows: 50/);
	spreadsheet.quirks.appendBelowGrid = 'extend';
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	assert.ok(sheet.rowCount > 100);
	assert.equal(records().filter((row) => String(row.transactionKey).startsWith('old/')).length, 49);
	assert.equal(new Set(records().map((row) => row.transactionKey)).size, records().length);
});

test("RAW is what keeps memos and account numbers: with n8n's default cell format the same rows are spoilt", async () => {
	const recipe = await imported(BACKFILL, (node) => {
		days(1)(node);
		if (node.name === 'Write to the sheet')
			(node.parameters.options as Record<string, unknown>).cellFormat = 'USER_ENTERED';
	});
	const key = getKey(
		scratch.sandbox.casso.addTransaction({
			amount: 1,
			memo: '=40+2',
			counterparty: { accountNumber: '0012', name: 'A' },
		}),
	);
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const row = records().find((candidate) => candidate.transactionKey === key);
	assert.equal(row?.description, 42);
	assert.equal(row.counterpartyAccount, 12);
});

test('a service account works as well as a sign-in, and an expired sign-in is renewed', async () => {
	const { api } = scratch.n8n;
	const account = google.tokens.serviceAccount('robot@example.iam.gserviceaccount.com');
	const credential = await api.putCredential('Google robot', 'googleApi', { region: 'us-central1', ...account });
	google.tokens.expireAll();
	const recipe = await imported(BACKFILL, (node) => {
		days(1)(node);
		if (node.name !== 'Rows in the sheet') return;
		node.parameters.authentication = 'serviceAccount';
		node.credentials = { googleApi: credential };
	});
	await runRecipe(api, recipe, 'Every night');
	assert.ok(records().length > 100);
});
