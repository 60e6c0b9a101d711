/**
 * The recipes for Node-RED that keep a Google sheet, as they are published, in a real Node-RED with the real nodes of
 * others that they name: node-red-contrib-google-sheets and node-red-node-email.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startSandbox, type Sandbox, type SandboxTransaction } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { startGoogleSheets, type GoogleSheets } from './harness/googleSheets/googleSheets';
import type { Spreadsheet } from './harness/googleSheets/spreadsheet';
import type { ServiceAccount } from './harness/googleSheets/tokens';
import { startMailServer, type MailServer } from './harness/mailServer';
import { eventually, prepareHosts, startTestHost, type TestHost } from './harness/nodeRedHost';
import {
	connectWebhook,
	disconnectWebhooks,
	filledIn,
	firstPoll,
	getId,
	installRecipeNodes,
	keptOnDisk,
	MAIL_NODE,
	morePolls,
	nodeRedRecipes,
	readNodeRedRecipe,
	startRecipeHost,
	TEAM,
} from './harness/nodeRedRecipes';
import { newSpreadsheetId } from './harness/recipes';

const TO_SHEET = '1-new-transaction-to-google-sheets.json';
const ORDER_PAID = '3-order-paid.json';
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

let google: GoogleSheets;
let account: ServiceAccount;
let mail: MailServer;
let sandbox: Sandbox;
let spreadsheet: Spreadsheet;

before(async () => {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	google = await startGoogleSheets();
	account = google.tokens.serviceAccount('till@example.iam.gserviceaccount.com');
	mail = await startMailServer(MAIL_NODE);
});

after(async () => {
	await mail?.close();
	await google?.close();
});

beforeEach(async () => {
	sandbox = await startSandbox({ transactions: 20, deliveries: { deadlineMs: WAIT_MS } });
	google.api.reset();
	google.latencyMs = 0;
	mail.mails.length = 0;
	spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
});

afterEach(async () => {
	await sandbox.close();
});

interface Running {
	host: TestHost;
	nodes: FlowNode[];
	/** Presses the button that else presses itself every minute. */
	run: () => Promise<void>;
}

async function withRecipe(
	file: string,
	work: (running: Running) => Promise<void>,
	edit?: (node: FlowNode) => FlowNode,
): Promise<void> {
	const host = await startRecipeHost({ env: google.env });
	try {
		const address = `https://docs.google.com/spreadsheets/d/${spreadsheet.id}/edit#gid=0`;
		const nodes = filledIn(
			readNodeRedRecipe(file),
			{ sandbox, mailPort: mail.port, spreadsheet: address, account },
			edit,
		);
		await host.api.deploy(nodes);
		await firstPoll(sandbox);
		await work({ host, nodes, run: async () => await host.api.inject(getId(nodes, 'every minute')) });
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
}

/** As the recipes make it, e.g. `0071000888888/42`. */
function getKey(transaction: SandboxTransaction): string {
	const own = sandbox.casso.data.accounts.find(({ id }) => id === transaction.accountId);
	return `${own?.accountNumber ?? ''}/${transaction.id}`;
}

function records(title: string): Record<string, unknown>[] {
	const [header = [], ...rows] = spreadsheet.rows(title);
	return rows.map((row) => Object.fromEntries(header.map((name, index) => [String(name), row[index] ?? ''])));
}

function keys(): unknown[] {
	return records('Transactions').map((row) => row.transactionKey);
}

function calls(name: string): number {
	return google.api.requests.filter(({ call }) => call === name).length;
}

test('recipes are imported where none of the nodes that they name is installed: their notes say which, and no key is in them', async () => {
	const host = await startTestHost(5);
	try {
		for (const file of nodeRedRecipes()) {
			const nodes = readNodeRedRecipe(file);
			const note = nodes.find(({ type }) => type === 'comment');
			const wanted = {
				GSheet: 'node-red-contrib-google-sheets',
				'e-mail': 'node-red-node-email',
				'telegram sender': 'node-red-contrib-telegrambot',
				postgresql: 'node-red-contrib-postgresql',
			};
			const named = Object.entries(wanted)
				.filter(([type]) => nodes.some((node) => node.type === type))
				.map(([, name]) => name);
			assert.ok(note, `${file} has no note`);
			for (const name of named)
				assert.ok(String(note.name).includes(name) && String(note.info).includes(name), `${file}: ${name}`);
			assert.equal(
				nodes.some((node) => 'credentials' in node),
				false,
			);
		}
		const offered = await (await host.api.call('GET', '/library/examples/flows/@saoke/node-red-saoke/recipes')).text();
		for (const file of nodeRedRecipes())
			assert.ok(offered.includes(file.replace('.json', '')), `${file} is not in the editor's Import menu`);
		const all = nodeRedRecipes().flatMap(readNodeRedRecipe);
		assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'ids are unique over all recipes');
		await host.api.deploy(all);
		const back = await host.api.flows();
		assert.deepEqual(back.map(({ id }) => id).sort(), all.map(({ id }) => id).sort());
		assert.equal(host.exitCode(), undefined);
	} finally {
		await host.dispose();
	}
});

test('new transactions: 200 deliveries, 50 in parallel, all polled as well and 10 by the poll alone, are rows once each, however often it runs', async (t) => {
	spreadsheet.addSheet('Transactions');
	await withRecipe(TO_SHEET, async ({ host, nodes, run }) => {
		await connectWebhook(host, sandbox, '/casso/to-sheet');
		google.latencyMs = 300;
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
		const added = sandbox.casso.addTransactions(
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
				return keys().length >= added.length;
			},
			WAIT_MS,
		);
		await sandbox.casso.whenIdle();
		// Polls have brought all of them again; runs go on until none waits.
		await morePolls(sandbox, 2);
		await eventually(
			'nothing waits',
			async () => {
				await run();
				return nothingWaits(host, nodes);
			},
			WAIT_MS,
		);
		assert.deepEqual(spreadsheet.rows('Transactions')[0], COLUMNS);
		assert.deepEqual(keys().sort(), added.map(getKey).sort());
		const byKey = new Map(records('Transactions').map((row) => [row.transactionKey, row]));
		for (const [index, memo] of memos.entries())
			assert.equal(byKey.get(getKey(added[index] as SandboxTransaction))?.description, memo, 'a memo was changed');
		assert.deepEqual(
			spreadsheet.rows('Transactions', 'FORMULA'),
			spreadsheet.rows('Transactions'),
			'a formula is in the sheet',
		);
		for (const row of byKey.values()) {
			assert.equal(row.counterpartyAccount, '0009876543210');
			assert.equal(typeof row.accountNumber, 'string');
			assert.equal(typeof row.amount, 'number');
		}
		assert.ok(google.api.count() <= 12, `${google.api.count()} requests`);
		t.diagnostic(`${added.length} rows: ${calls('values.get')} reads, ${calls('values.append')} writes`);
	});
});

test('new transactions: what Google did not take waits, over a restart too; a lost answer writes nothing twice', async () => {
	spreadsheet.addSheet('Transactions');
	await withRecipe(TO_SHEET, async (first) => {
		let { host } = first;
		const inject = getId(first.nodes, 'every minute');
		await connectWebhook(host, sandbox, '/casso/to-sheet');
		const added = sandbox.casso.addTransactions(Array.from({ length: 20 }, (_, index) => ({ amount: 5_000 + index })));
		await sandbox.casso.whenIdle();
		google.api.addFault({ status: 503, call: 'values.append' });
		await eventually(
			'the refused write',
			async () => {
				await host.api.inject(inject);
				return calls('values.append') === 1;
			},
			WAIT_MS,
		);
		assert.deepEqual(keys(), []);
		await host.stop();
		host = await host.restart();
		try {
			google.api.addFault({ status: 503, call: 'values.append', carriedOut: true });
			await eventually(
				'the write whose answer was lost',
				async () => {
					await host.api.inject(inject);
					return calls('values.append') === 2;
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
			assert.equal(calls('values.append'), 2);
			assert.deepEqual(keys().sort(), added.map(getKey).sort());
		} finally {
			await host.stop();
		}
	});
});

function nothingWaits(host: TestHost, nodes: FlowNode[]): boolean {
	const { waiting } = keptOnDisk(host, nodes);
	return waiting !== undefined && Object.keys(waiting as object).length === 0;
}

function order(code: string): unknown[] | undefined {
	const row = records('Orders').find((one) => one.code === code);
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
	sandbox.casso.addTransactions(payments);
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

const subjects = (): string[] => mail.mails.map(({ subject }) => subject).sort();

test('order paid: in full, in parts, too much, for nobody; told once each; what users write beside it stays', async () => {
	spreadsheet.addSheet('Orders');
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
	spreadsheet.update([{ range: 'Orders!A1:F8', values: orders }], 'RAW');
	await withRecipe(ORDER_PAID, async (running) => {
		await connectWebhook(running.host, sandbox, '/casso/orders');
		await pay(
			running,
			[
				{ amount: 500_000, memo: 'MBVCB.123.dh1001 thanh toan' },
				{ amount: 100_000, memo: 'DH 1002 dot 1' },
				{ amount: 250_000, memo: 'DH1003' },
				{ amount: 70_000, memo: '<img src=x> an trua' },
				{ amount: 60_000, memo: 'DH10041' },
			],
			() => mail.mails.length >= 4,
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
			records('Orders').map((row) => row.customer),
			['Lan', 'Minh', 'Hoa', 'a line of its own', 'Binh', 'An', 'Vy'],
		);
		assert.deepEqual(subjects(), [
			'DH1001: paid',
			'DH1002: part payment, 200000 VND missing',
			'DH1003: paid, 50000 VND too much',
			'Payments that name no order, or several: 2',
		]);
		const strangers = mail.mails.find(({ subject }) => subject.startsWith('Payments'));
		assert.deepEqual([strangers?.to, strangers?.html], [TEAM, ''], 'a payer wrote HTML into the mail');
		assert.match(strangers?.text ?? '', /70000 VND · .*‹img src=x> an trua/);
		assert.match(strangers?.text ?? '', /60000 VND · .*DH10041/);

		// Polls bring all of them again: nothing is written, nobody is told.
		const writes = google.api.count('write');
		await morePolls(sandbox, 2);
		const reads = google.api.count('read');
		await eventually(
			'another run',
			async () => {
				await running.run();
				return google.api.count('read') >= reads + 2;
			},
			WAIT_MS,
		);
		assert.deepEqual([google.api.count('write'), mail.mails.length], [writes, 4]);

		// Rows were sorted by hand, and a cell was emptied: the next run puts the recipe's columns right.
		const [header, ...rows] = spreadsheet.rows('Orders');
		spreadsheet.update(
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
		await eventually('told', () => mail.mails.length === 5);
		assert.deepEqual(['DH1001', 'DH1002', 'DH1003'].map(order), [
			[500_000, 'paid', 0],
			[300_000, 'paid', 0],
			[250_000, 'overpaid', 50_000],
		]);
		assert.equal(mail.mails.at(-1)?.subject, 'DH1002: paid');
		assert.equal(mail.mails.at(-1)?.text.split('\n').length, 2, 'both parts are listed');
	});
});

test('order paid: while Google is away nothing is handled; over a restart and a lost answer the payment counts once', async () => {
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
	await withRecipe(ORDER_PAID, async (running) => {
		let { host } = running;
		await connectWebhook(host, sandbox, '/casso/orders');
		// The Google node tries an update four times; each takes effect, and each answer is lost.
		google.api.addFault({ status: 503, call: 'values.update', count: 4, carriedOut: true });
		sandbox.casso.addTransaction({ amount: 80_000, memo: 'DH2001' });
		await sandbox.casso.whenIdle();
		await eventually(
			'the lost answers',
			async () => {
				await running.run();
				await new Promise((resolve) => setTimeout(resolve, 200));
				return calls('values.update') >= 4;
			},
			WAIT_MS,
		);
		assert.deepEqual(mail.mails, []);
		await host.stop();
		host = await host.restart();
		try {
			await eventually(
				'told',
				async () => {
					await host.api.inject(getId(running.nodes, 'every minute'));
					await new Promise((resolve) => setTimeout(resolve, 300));
					return mail.mails.length > 0;
				},
				WAIT_MS,
			);
			const reads = google.api.count('read');
			await eventually(
				'another run',
				async () => {
					await host.api.inject(getId(running.nodes, 'every minute'));
					return google.api.count('read') >= reads + 2;
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
