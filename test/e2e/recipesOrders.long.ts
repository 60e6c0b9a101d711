/** The recipes "Order paid" and "Portfolio cash history", imported, published and run in a real n8n. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
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
import type { Scratch } from './harness/scratchN8n';

const ORDER_PAID = '3-order-paid.json';
const CASH_HISTORY = '5-portfolio-cash-history-to-google-sheets.json';
const WAIT_MS = 60_000;

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;
let spreadsheet: Spreadsheet;

before(async () => {
	host = await startRecipeHost({ transactions: 20, deliveries: { deadlineMs: WAIT_MS } });
	({ google, scratch } = host);
});

after(async () => {
	await host?.close();
});

beforeEach(() => {
	google.api.reset();
	google.messages.length = 0;
	spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

function records(title: string): Record<string, unknown>[] {
	const [header = [], ...rows] = spreadsheet.rows(title);
	return rows.map((row) => Object.fromEntries(header.map((name, index) => [String(name), row[index] ?? ''])));
}

function order(code: string): Record<string, unknown> | undefined {
	return records('Orders').find((row) => row.code === code);
}

function told(): unknown[] {
	return google.messages.map(({ body }) => (body as { text: string }).text);
}

/** Publishes the recipe, lets the payments arrive, and waits until each is kept. */
async function pay(recipe: Recipe, payments: { amount: number; memo: string }[]): Promise<void> {
	const { api } = scratch.n8n;
	const table = await api.ensureTable('Casso payments', []);
	const before = (await api.rows(table)).count;
	await api.publish(recipe.id);
	scratch.sandbox.casso.addTransactions(payments);
	const arrived = async (): Promise<boolean> => (await api.rows(table)).count >= before + payments.length;
	await waitFor(arrived, WAIT_MS, () => 'the payments did not arrive');
	await api.unpublish(recipe.id);
}

test('order paid: in full, in parts, too much, for nobody; told once each; a later run changes nothing', async () => {
	const { api } = scratch.n8n;
	spreadsheet.addSheet('Orders');
	const orders = [
		['code', 'amount', 'customer'],
		['DH1001', 500_000, 'Lan'],
		['DH1002', 300_000, 'Minh'],
		['DH1003', 200_000, 'Hoa'],
		['', '', ''],
		['DH1004', 100_000, 'Binh'],
	];
	spreadsheet.update([{ range: 'Orders!A1:C6', values: orders }], 'RAW');
	const recipe = await importRecipe(api, ORDER_PAID, spreadsheet.id);
	await runRecipe(api, recipe, 'Once: make the table');
	await pay(recipe, [
		{ amount: 500_000, memo: 'MBVCB.123.dh1001 thanh toan' },
		{ amount: 100_000, memo: 'DH 1002 dot 1' },
		{ amount: 250_000, memo: 'DH1003' },
		{ amount: 70_000, memo: 'an trua' },
		{ amount: 60_000, memo: 'DH10041' },
		{ amount: 100_000, memo: 'PHAM BINH chuyen tien' },
	]);
	// A retry of all messages would send the earlier ones again.
	google.refusedOnce = 'DH1003';
	await runRecipe(api, recipe, 'Every minute');
	assert.equal(google.refusedOnce, undefined);
	assert.deepEqual(
		['DH1001', 'DH1002', 'DH1003'].map((code) => [order(code)?.status, order(code)?.settled, order(code)?.difference]),
		[
			['paid', true, 0],
			['underpaid', false, -200_000],
			['overpaid', true, 50_000],
		],
	);
	assert.equal(order('DH1004')?.status, '');
	assert.deepEqual(
		records('Orders').map((row) => row.customer),
		['Lan', 'Minh', 'Hoa', '', 'Binh'],
	);
	assert.deepEqual(told().sort(), [
		'DH1001: paid',
		'DH1002: part payment, 200000 VND missing',
		'DH1003: paid, 50000 VND too much',
	]);

	const [requests, sheet] = [google.api.count('write'), JSON.stringify(spreadsheet.rows('Orders'))];
	await runRecipe(api, recipe, 'Every minute');
	assert.equal(google.api.count('write'), requests);

	await pay(recipe, [{ amount: 200_000, memo: 'DH1002 dot 2' }]);
	await runRecipe(api, recipe, 'Every minute');
	assert.deepEqual([order('DH1002')?.status, order('DH1002')?.settled, order('DH1002')?.difference], ['paid', true, 0]);
	assert.equal((JSON.parse(String(order('DH1002')?.received)) as unknown[]).length, 2);
	assert.equal(told().length, 4);
	assert.notEqual(JSON.stringify(spreadsheet.rows('Orders')), sheet);

	const table = await api.ensureTable('Casso payments', []);
	const { rows } = await api.rows(table);
	assert.ok(rows.every((row) => row.handledAt !== null));
	assert.deepEqual(
		rows
			.filter((row) => row.reason !== null)
			.map((row) => [row.description, row.reason])
			.sort(),
		[
			['DH10041', 'noCode'],
			['PHAM BINH chuyen tien', 'noCode: perhaps DH1004'],
			['an trua', 'noCode'],
		],
	);
});

test('order paid: while Google is away nothing is marked as handled; afterwards the payment counts once', async () => {
	const { api } = scratch.n8n;
	spreadsheet.addSheet('Orders');
	spreadsheet.update(
		[
			{
				range: 'Orders!A1:B2',
				values: [
					['code', 'amount'],
					['DH2001', 80_000],
				],
			},
		],
		'RAW',
	);
	const recipe = await importRecipe(api, ORDER_PAID, spreadsheet.id);
	await runRecipe(api, recipe, 'Once: make the table');
	await pay(recipe, [{ amount: 80_000, memo: 'DH2001' }]);
	google.api.addFault({ status: 503, call: 'values.get' });
	await assert.rejects(runRecipe(api, recipe, 'Every minute'));
	google.api.addFault({ status: 503, call: 'values.batchUpdate', carriedOut: true });
	await assert.rejects(runRecipe(api, recipe, 'Every minute'));
	await runRecipe(api, recipe, 'Every minute');
	await runRecipe(api, recipe, 'Every minute');
	assert.deepEqual([order('DH2001')?.status, order('DH2001')?.difference], ['paid', 0]);
	assert.equal((JSON.parse(String(order('DH2001')?.received)) as unknown[]).length, 1);
});

test('portfolio cash history: every movement stands in the sheet once; the second run writes nothing', async () => {
	spreadsheet.addSheet('Cash history');
	const { simplize } = scratch.sandbox;
	const recipe = await importRecipe(scratch.n8n.api, CASH_HISTORY, spreadsheet.id);
	simplize.addCashMovement({ portfolioId: 862, amount: 1_500_000, note: '=1+1', description: '0012' });
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	const rows = records('Cash history');
	assert.ok(rows.length > 1, `${rows.length} rows`);
	assert.equal(new Set(rows.map((row) => row.cashKey)).size, rows.length);
	const added = rows.find((row) => row.note === '=1+1');
	assert.deepEqual([added?.amount, added?.description, added?.portfolioId], [1_500_000, '0012', added?.portfolioId]);
	const [writes, sheet] = [google.api.count('write'), JSON.stringify(spreadsheet.rows('Cash history'))];
	await runRecipe(scratch.n8n.api, recipe, 'Every night');
	assert.equal(google.api.count('write'), writes);
	assert.equal(JSON.stringify(spreadsheet.rows('Cash history')), sheet);
});
