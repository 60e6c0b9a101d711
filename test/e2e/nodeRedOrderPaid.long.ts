/** The recipe "order paid", as it is published, in a real Node-RED with the real nodes for sheets and mail. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { packPackages } from '../../hosts/tarball';
import { eventually, prepareHosts } from './harness/nodeRedHost';
import { connectWebhook, getId, installRecipeNodes, keptOnDisk, morePolls, TEAM } from './harness/nodeRedRecipes';
import { type Running, SheetShop } from './harness/sheetShop';

const ORDER_PAID = '3-order-paid.json';
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

function order(code: string): unknown[] | undefined {
	const row = shop.records('Orders').find((one) => one.code === code);
	return row && [row.received, row.status, row.difference];
}

/** Lets the payments arrive, then runs until the sheet says what it should. */
async function pay(
	{ host, nodes, run }: Running,
	payments: { amount: number; memo: string }[],
	isDone: () => boolean,
): Promise<void> {
	const kept = (): number => Object.keys((keptOnDisk(host, nodes).payments as object | undefined) ?? {}).length;
	const before = kept();
	shop.sandbox.casso.addTransactions(payments);
	await eventually('the payments', () => kept() === before + payments.length, WAIT_MS);
	await eventually(
		'the orders',
		async () => {
			await run();
			await new Promise((resolve) => setTimeout(resolve, 300));
			return isDone();
		},
		WAIT_MS,
	);
}

const subjects = (): string[] => shop.mail.mails.map(({ subject }) => subject).sort();

test('order paid: in full, in parts, too much, for nobody; told once each; what users write beside it stays', async () => {
	shop.spreadsheet.addSheet('Orders');
	const orders = [
		['code', 'amount', '', '', '', 'customer'],
		['DH1001', 500_000, '', '', '', 'Lan'],
		['DH1002', '300.000 ₫', '', '', '', 'Minh'],
		['DH1003', '200,000', '', '', '', 'Hoa'],
		['', '', '', '', '', 'a line of its own'],
		['DH1004', 100_000, '', '', '', 'Binh'],
		['DH1005', 'a lot', '', '', '', 'An'],
		['Ж-6', 5, '', '', '', 'Vy'],
	];
	shop.spreadsheet.update([{ range: 'Orders!A1:F8', values: orders }], 'RAW');
	await shop.withRecipe(ORDER_PAID, async (running) => {
		await connectWebhook(running.host, shop.sandbox, '/casso/orders');
		await pay(
			running,
			[
				{ amount: 500_000, memo: 'MBVCB.123.dh1001 thanh toan' },
				{ amount: 100_000, memo: 'DH 1002 dot 1' },
				{ amount: 250_000, memo: 'DH1003' },
				{ amount: 70_000, memo: '<img src=x> an trua' },
				{ amount: 60_000, memo: 'DH10041' },
			],
			() => shop.mail.mails.length >= 4,
		);
		assert.deepEqual(['DH1001', 'DH1002', 'DH1003', 'DH1004', 'DH1005', 'Ж-6'].map(order), [
			[500_000, 'paid', 0],
			[100_000, 'underpaid', -200_000],
			[250_000, 'overpaid', 50_000],
			[0, 'unpaid', -100_000],
			['', 'no amount in VND', ''],
			['', 'not a payment code', ''],
		]);
		assert.deepEqual(
			shop.records('Orders').map((row) => row.customer),
			['Lan', 'Minh', 'Hoa', 'a line of its own', 'Binh', 'An', 'Vy'],
		);
		assert.deepEqual(subjects(), [
			'DH1001: paid',
			'DH1002: part payment, 200000 VND missing',
			'DH1003: paid, 50000 VND too much',
			'Payments that name no order, or several: 2',
		]);
		const strangers = shop.mail.mails.find(({ subject }) => subject.startsWith('Payments'));
		assert.deepEqual([strangers?.to, strangers?.html], [TEAM, ''], 'a payer wrote HTML into the mail');
		assert.match(strangers?.text ?? '', /70000 VND · .*‹img src=x> an trua/);
		assert.match(strangers?.text ?? '', /60000 VND · .*DH10041/);

		// Polls bring all of them again: nothing is written, nobody is told.
		const writes = shop.google.api.count('write');
		await morePolls(shop.sandbox, 2);
		const reads = shop.google.api.count('read');
		await eventually(
			'another run',
			async () => {
				await running.run();
				return shop.google.api.count('read') >= reads + 2;
			},
			WAIT_MS,
		);
		assert.deepEqual([shop.google.api.count('write'), shop.mail.mails.length], [writes, 4]);

		// Rows were sorted by hand, and a cell was emptied: the next run puts the recipe's columns right.
		const [header, ...rows] = shop.spreadsheet.rows('Orders');
		shop.spreadsheet.update(
			[
				{
					range: 'Orders!A1:F8',
					values: [
						header,
						...rows
							.toReversed()
							.map((row) => Array.from({ length: 6 }, (_, at) => (at < 2 || at > 4 ? (row[at] ?? '') : ''))),
					],
				},
			],
			'RAW',
		);
		await pay(running, [{ amount: 200_000, memo: 'DH1002 dot 2' }], () => order('DH1002')?.[1] === 'paid');
		await eventually('told', () => shop.mail.mails.length === 5);
		assert.deepEqual(['DH1001', 'DH1002', 'DH1003'].map(order), [
			[500_000, 'paid', 0],
			[300_000, 'paid', 0],
			[250_000, 'overpaid', 50_000],
		]);
		assert.equal(shop.mail.mails.at(-1)?.subject, 'DH1002: paid');
		assert.equal(shop.mail.mails.at(-1)?.text.split('\n').length, 2, 'both parts are listed');
	});
});

test('order paid: while Google is away nothing is handled; over a restart and a lost answer the payment counts once', async () => {
	shop.spreadsheet.addSheet('Orders');
	shop.spreadsheet.update(
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
	await shop.withRecipe(ORDER_PAID, async (running) => {
		let { host } = running;
		await connectWebhook(host, shop.sandbox, '/casso/orders');
		// The Google node tries an update four times; each takes effect, and each answer is lost.
		shop.google.api.addFault({ status: 503, call: 'values.update', count: 4, carriedOut: true });
		shop.sandbox.casso.addTransaction({ amount: 80_000, memo: 'DH2001' });
		await shop.sandbox.casso.whenIdle();
		await eventually(
			'the lost answers',
			async () => {
				await running.run();
				await new Promise((resolve) => setTimeout(resolve, 200));
				return shop.calls('values.update') >= 4;
			},
			WAIT_MS,
		);
		assert.deepEqual(shop.mail.mails, []);
		await host.stop();
		host = await host.restart();
		try {
			await eventually(
				'told',
				async () => {
					await host.api.inject(getId(running.nodes, 'every minute'));
					await new Promise((resolve) => setTimeout(resolve, 300));
					return shop.mail.mails.length > 0;
				},
				WAIT_MS,
			);
			const reads = shop.google.api.count('read');
			await eventually(
				'another run',
				async () => {
					await host.api.inject(getId(running.nodes, 'every minute'));
					return shop.google.api.count('read') >= reads + 2;
				},
				WAIT_MS,
			);
			assert.deepEqual(order('DH2001'), [80_000, 'paid', 0]);
			assert.deepEqual(subjects(), ['DH2001: paid']);
		} finally {
			await host.stop();
		}
	});
});
