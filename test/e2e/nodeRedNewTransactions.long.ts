/** The recipe "new transaction → Google Sheets", as it is published, in a real Node-RED with node-red-contrib-google-sheets. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { SandboxTransaction } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { eventually, prepareHosts, type TestHost } from './harness/nodeRedHost';
import { connectWebhook, getId, installRecipeNodes, keptOnDisk, morePolls } from './harness/nodeRedRecipes';
import { SheetShop } from './harness/sheetShop';

const TO_SHEET = '1-new-transaction-to-google-sheets.json';
const COLUMNS = [
	'transactionKey',
	'transactedAt',
	'amount',
	'description',
	'accountNumber',
	'bankName',
	'counterpartyName',
	'counterpartyAccount',
	'reference',
	'runningBalance',
];
const WAIT_MS = 60_000;

let shop: SheetShop;

before(async () => {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	shop = await SheetShop.open();
});

after(async () => {
	await shop?.close();
});

beforeEach(async () => {
	await shop.renew(WAIT_MS);
});

afterEach(async () => {
	await shop.sandbox.close();
});

test('new transactions: 200 deliveries, 50 in parallel, all polled as well and 10 by the poll alone, are rows once each, however often it runs', async (t) => {
	shop.spreadsheet.addSheet('Transactions');
	await shop.withRecipe(TO_SHEET, async ({ host, nodes, run }) => {
		await connectWebhook(host, shop.sandbox, '/casso/to-sheet');
		shop.google.latencyMs = 300;
		const memos = [
			'=1+1',
			'=IMPORTXML("http://example.com","//a")',
			'+84901234567',
			'-5',
			'0012',
			'1e5',
			"'quoted",
			'TRUE',
			'2026-01-02',
		];
		const added = shop.sandbox.casso.addTransactions(
			Array.from({ length: 210 }, (_, index) => ({
				amount: 10_000 + index,
				memo: memos[index] ?? `DH${1000 + index} chuyen khoan`,
				silent: index >= 200,
				counterparty: { accountNumber: '0009876543210', name: 'NGUYEN VAN A' },
			})),
		);
		await eventually(
			'rows',
			async () => {
				await Promise.all([run(), run(), run()]);
				return shop.keys().length >= added.length;
			},
			WAIT_MS,
		);
		await shop.sandbox.casso.whenIdle();
		// Polls have brought all of them again; runs go on until none waits.
		await morePolls(shop.sandbox, 2);
		await eventually(
			'nothing waits',
			async () => {
				await run();
				return nothingWaits(host, nodes);
			},
			WAIT_MS,
		);
		assert.deepEqual(shop.spreadsheet.rows('Transactions')[0], COLUMNS);
		assert.deepEqual(shop.keys().sort(), added.map((one) => shop.getKey(one)).sort());
		const byKey = new Map(shop.records('Transactions').map((row) => [row.transactionKey, row]));
		for (const [index, memo] of memos.entries())
			assert.equal(byKey.get(shop.getKey(added[index] as SandboxTransaction))?.description, memo, 'a memo was changed');
		assert.deepEqual(
			shop.spreadsheet.rows('Transactions', 'FORMULA'),
			shop.spreadsheet.rows('Transactions'),
			'a formula is in the sheet',
		);
		for (const row of byKey.values()) {
			assert.equal(row.counterpartyAccount, '0009876543210');
			assert.equal(typeof row.accountNumber, 'string');
			assert.equal(typeof row.amount, 'number');
		}
		assert.ok(shop.google.api.count() <= 12, `${shop.google.api.count()} requests`);
		t.diagnostic(`${added.length} rows: ${shop.calls('values.get')} reads, ${shop.calls('values.append')} writes`);
	});
});

test('new transactions: what Google did not take waits, over a restart too; a lost answer writes nothing twice', async () => {
	shop.spreadsheet.addSheet('Transactions');
	await shop.withRecipe(TO_SHEET, async (first) => {
		let { host } = first;
		const inject = getId(first.nodes, 'every minute');
		await connectWebhook(host, shop.sandbox, '/casso/to-sheet');
		const added = shop.sandbox.casso.addTransactions(
			Array.from({ length: 20 }, (_, index) => ({ amount: 5_000 + index })),
		);
		await shop.sandbox.casso.whenIdle();
		shop.google.api.addFault({ status: 503, call: 'values.append' });
		await eventually(
			'the refused write',
			async () => {
				await host.api.inject(inject);
				return shop.calls('values.append') === 1;
			},
			WAIT_MS,
		);
		assert.deepEqual(shop.keys(), []);
		await host.stop();
		host = await host.restart();
		try {
			shop.google.api.addFault({ status: 503, call: 'values.append', carriedOut: true });
			await eventually(
				'the write whose answer was lost',
				async () => {
					await host.api.inject(inject);
					return shop.calls('values.append') === 2;
				},
				WAIT_MS,
			);
			// All of them are found in the sheet.
			await eventually(
				'nothing waits',
				async () => {
					await host.api.inject(inject);
					return nothingWaits(host, first.nodes);
				},
				WAIT_MS,
			);
			assert.equal(shop.calls('values.append'), 2);
			assert.deepEqual(shop.keys().sort(), added.map((one) => shop.getKey(one)).sort());
		} finally {
			await host.stop();
		}
	});
});

function nothingWaits(host: TestHost, nodes: FlowNode[]): boolean {
	const { waiting } = keptOnDisk(host, nodes);
	return waiting !== undefined && Object.keys(waiting as object).length === 0;
}
