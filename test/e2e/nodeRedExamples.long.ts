/** Every example of the Node-RED package, imported as it is published, wired to the sandbox, and seen to do its work. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import { exampleNames, readExample, wired } from '../../demo/nodeRed/exampleFlows';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { eventually, prepareHosts, startTestHost, type TestHost } from './harness/nodeRedHost';
import { connectWebhook, DISK, disconnectWebhooks, SECURITY_KEY } from './harness/nodeRedRecipes';
import { startTinyBroker } from './harness/tinyBroker';

let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(5);
	sandbox = await startSandbox({ transactions: 60, historyDays: 4, retryGapsMs: [] });
});

after(async () => {
	await sandbox.close();
});

function example(name: string, folder: string): FlowNode[] {
	return wired(readExample(name), {
		sandbox,
		secrets: { securityKey: SECURITY_KEY },
		folder,
	});
}

function readLines(host: TestHost, file: string): string[] {
	const full = path.join(host.userDir, file);
	return existsSync(full) ? readFileSync(full, 'utf8').split('\n').slice(0, -1) : [];
}

async function withExample(
	name: string,
	work: (host: TestHost, nodes: FlowNode[]) => Promise<void>,
	change: (node: FlowNode) => FlowNode = (node) => node,
): Promise<void> {
	const host = await startTestHost(5, { settingsCode: DISK });
	try {
		const nodes = example(name, host.userDir).map(change);
		await host.api.deploy(nodes);
		await work(host, nodes);
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
}

function getId(nodes: FlowNode[], type: string): string {
	const node = nodes.find((candidate) => candidate.type === type);
	assert.ok(node, `no ${type} in the example`);
	return node.id;
}

test('every example is imported into one Node-RED without an unknown type, and holds no key', async () => {
	const host = await startTestHost(5);
	try {
		const all = exampleNames().flatMap((name) => readExample(name));
		assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'ids are unique over all examples');
		assert.equal(
			all.some((node) => 'credentials' in node),
			false,
		);
		await host.api.deploy(all);
		await eventually('started', () => /Started flows/.test(host.log()));
		assert.doesNotMatch(host.log(), /missing types|unknown/i);
	} finally {
		await host.dispose();
	}
});

test('new transaction → CSV file, with text that a spreadsheet would take for a formula made harmless', async () => {
	await withExample('new-transaction-to-csv.json', async (host) => {
		await connectWebhook(host, sandbox, '/casso/new-transaction');
		const sent = sandbox.casso.addTransaction({ amount: 50_000, memo: '=HYPERLINK("x"), "quoted", và dấu' });
		const [line] = await eventually('line', () =>
			readLines(host, 'casso-transactions.csv').length > 0 ? readLines(host, 'casso-transactions.csv') : undefined,
		);
		assert.ok(line?.startsWith(`${sent.id},`), line);
		assert.ok(line?.includes(`"'=HYPERLINK(""x""), ""quoted"", và dấu"`), line);
	});
});

test('payment code → MQTT message', async () => {
	const broker = await startTinyBroker();
	try {
		await withExample(
			'payment-code-to-mqtt.json',
			async (host) => {
				await connectWebhook(host, sandbox, '/casso/till');
				await eventually('connected', () => /Connected to broker/.test(host.log()), 20_000);
				sandbox.casso.addTransaction({ amount: 99_000, memo: 'MBVCB.123.đh 4711.CT tu 0301' });
				sandbox.casso.addTransaction({ amount: 99_000, memo: 'no order here' });
				sandbox.casso.addTransaction({ amount: -99_000, memo: 'DH12 paid back' });
				await eventually('message', () => broker.published.length > 0);
				await new Promise((resolve) => setTimeout(resolve, 300));
				assert.equal(broker.published.length, 1);
				assert.equal(broker.published[0]?.topic, 'shop/paid');
				assert.deepEqual(
					(({ order, amount }) => ({ order, amount }))(
						JSON.parse(broker.published[0].payload) as { order: string; amount: number },
					),
					{ order: 'DH4711', amount: 99_000 },
				);
			},
			(node) => (node.type === 'mqtt-broker' ? { ...node, port: broker.port } : node),
		);
	} finally {
		await broker.close();
	}
});

test("yesterday's transactions as subject and body of an e-mail", async () => {
	await withExample('transactions-of-yesterday-by-e-mail.json', async (host, nodes) => {
		const yesterday = new Date(Date.now() + 7 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
		// The mail node sends text with a tag in it as HTML.
		sandbox.casso.addTransactions([
			{ amount: 5_000, memo: 'qua <img src=x> tang', time: `${yesterday} 09:00:00`, silent: true },
			{
				amount: 6_000,
				memo: 'an < b',
				counterparty: { name: '<a href="https://evil.example">Saoke</a>' },
				time: `${yesterday} 09:01:00`,
				silent: true,
			},
		]);
		await host.api.inject(getId(nodes, 'inject'));
		const answer = await fetch(`${sandbox.cassoUrl}/v2/transactions?fromDate=${yesterday}&toDate=${yesterday}`, {
			headers: { authorization: `Apikey ${sandbox.apiKey}` },
		});
		const count = ((await answer.json()) as { data: { totalRecords: number } }).data.totalRecords;
		assert.ok(count > 0, 'the sandbox has transactions of yesterday');
		await eventually('e-mail', () => host.log().includes(`Bank transactions of yesterday: ${count}, in `));
		await eventually('the body', () => host.log().includes('‹img src=x> tang'));
		assert.match(host.log(), /‹a href=/);
		assert.doesNotMatch(host.log(), /<[a-z][\s\S]*>/i);
	});
});

test('Simplize cash history → CSV', async () => {
	await withExample('simplize-cash-history-to-csv.json', async (host, nodes) => {
		await host.api.inject(getId(nodes, 'inject'));
		const lines = await eventually('file', () =>
			readLines(host, 'simplize-cash-history.csv').length > 1
				? readLines(host, 'simplize-cash-history.csv')
				: undefined,
		);
		assert.equal(
			lines[0],
			'transactionId,portfolioId,ticker,transactionType,transactionTypeName,amount,transactedAt,createdAt,note,description',
		);
		assert.match(lines[1] ?? '', /^\d+,\d+,/);
	});
});

test('transactions of last month → CSV, and none of another month', async () => {
	const name = 'transactions-of-last-month-to-csv.json';
	await withExample(name, async (host, nodes) => {
		const today = new Date(Date.now() + 7 * 3_600_000);
		const dayAt = (month: number, day: number): string =>
			new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + month, day)).toISOString().slice(0, 10);
		const [first, last] = [dayAt(-1, 1), dayAt(0, 0)];
		const inside = [first, last].map((day) =>
			sandbox.casso.addTransaction({ amount: 1234, memo: `DH ${day}`, time: `${day} 12:00:00`, silent: true }),
		);
		await host.api.inject(getId(nodes, 'inject'));
		const lines = await eventually('file', () =>
			readLines(host, 'casso-last-month.csv').length > 2 ? readLines(host, 'casso-last-month.csv') : undefined,
		);
		assert.match(lines[0] ?? '', /^transactionId,accountNumber,transactedAt,amount,/);
		const rows = lines.slice(1);
		for (const { id } of inside) assert.equal(rows.filter((row) => row.startsWith(`${id},`)).length, 1);
		const month = first.slice(0, 7);
		assert.ok(
			rows.every((row) => row.split(',')[2]?.startsWith(month)),
			'all are of last month',
		);
	});
});

test('orders in flow context: part payments add up, each order is marked once it is paid', async () => {
	await withExample('orders-in-flow-context.json', async (host, nodes) => {
		await host.api.inject(getId(nodes, 'inject'));
		await connectWebhook(host, sandbox, '/casso/orders-in-context');
		for (const amount of [200_000, 299_000, 1_000])
			sandbox.casso.addTransaction({ amount, memo: 'MBVCB.1.DH1024 tra tien' });
		sandbox.casso.addTransaction({ amount: 5_000, memo: 'an trua' });
		await eventually('paid', () => /status: 'paid'/.test(host.log()), 15_000);
		await eventually('money for no order', () => /reason: 'noCode'/.test(host.log()));
		assert.match(host.log(), /status: 'underpaid'/);
	});
});

test('accounts and balances', async () => {
	await withExample('accounts-and-balances.json', async (host, nodes) => {
		await host.api.inject(getId(nodes, 'inject'));
		await eventually('accounts', () =>
			sandbox.casso.data.accounts.every(({ accountNumber }) => host.log().includes(accountNumber)),
		);
	});
});

test('webhook and poll into one file: each transaction one line, over both ways and a restart', async () => {
	const name = 'webhook-and-poll-into-one-file.json';
	const quick = (node: FlowNode): FlowNode => (node.type === 'casso-poll' ? { ...node, interval: '5' } : node);
	await withExample(
		name,
		async (first) => {
			let host = first;
			await baseline(host);
			await connectWebhook(host, sandbox, '/casso/both');
			const sent = Array.from({ length: 20 }, (_, at) =>
				sandbox.casso.addTransaction({ amount: 1000 + at, memo: `DH${at}` }),
			);
			await eventually('lines', () => readLines(host, 'casso-ledger.csv').length >= sent.length, 20_000);
			// The poll meets all of them again, and a restart forgets what the webhook remembers.
			await new Promise((resolve) => setTimeout(resolve, 6_000));
			await host.stop();
			host = await host.restart();
			await new Promise((resolve) => setTimeout(resolve, 6_000));
			assert.deepEqual(idsInFile(host).sort(), sent.map(({ id }) => id).sort());
			await host.stop();
		},
		quick,
	);
});

test('after a kill, what was acknowledged and not finished comes back through the poll', async () => {
	const name = 'webhook-and-poll-into-one-file.json';
	// A step that takes its time stands between "seen?" and the file: everything is in the air when the machine dies.
	const slow = (node: FlowNode): FlowNode => {
		if (node.type === 'casso-poll') return { ...node, interval: '5' };
		return node.name === 'seen?' ? { ...node, wires: [['slow']] } : node;
	};
	const host = await startTestHost(5, { settingsCode: DISK });
	let again: TestHost | undefined;
	try {
		const nodes = example(name, host.userDir).map(slow);
		const seen = nodes.find((node) => node.name === 'seen?');
		const row = nodes.find((node) => node.name === 'to a row');
		await host.api.deploy([
			...nodes,
			{
				id: 'slow',
				type: 'delay',
				z: seen?.z,
				pauseType: 'delay',
				timeout: '4',
				timeoutUnits: 'seconds',
				wires: [[row?.id ?? '']],
			},
		]);
		await baseline(host);
		await connectWebhook(host, sandbox, '/casso/both');
		const sent = Array.from({ length: 10 }, (_, at) =>
			sandbox.casso.addTransaction({ amount: 2000 + at, memo: `DH${at}` }),
		);
		await sandbox.casso.whenIdle();
		const deliveries = sandbox.casso.webhooks.deliveries
			.list({ state: 'succeeded' })
			.filter(({ kind }) => kind === 'transactions');
		assert.ok(
			sent.every(({ id }) => deliveries.some(({ transactionIds }) => transactionIds.includes(id))),
			'all were acknowledged',
		);
		await host.kill();
		assert.deepEqual(idsInFile(host), [], 'nothing was finished');
		disconnectWebhooks(sandbox);
		again = await host.restart();
		await eventually('all came back', () => idsInFile(host).length >= sent.length, 30_000);
		assert.deepEqual(idsInFile(host).sort(), sent.map(({ id }) => id).sort());
	} finally {
		disconnectWebhooks(sandbox);
		await again?.stop();
		await host.dispose();
	}
});

/** The poll has noted what is there already. */
async function baseline(host: TestHost): Promise<void> {
	const folder = path.join(host.userDir, 'saoke-state');
	await eventually('the first poll', () => existsSync(folder), 15_000);
}

function idsInFile(host: TestHost): number[] {
	return readLines(host, 'casso-ledger.csv').map((line) => Number(line.split(',')[0]));
}
