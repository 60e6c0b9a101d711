/**
 * The recipe "Reconciled ledger" for Node-RED, with a real Postgres on 127.0.0.1:5432 (or PGHOST, PGPORT, PGUSER,
 * PGPASSWORD), in a database of its own that is dropped afterwards. node-red-contrib-postgresql has a stand-in here.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { ROOT } from '../../hosts/paths';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { startMailServer, type MailServer } from '../e2e/harness/mailServer';
import { eventually, prepareHosts, type TestHost } from '../e2e/harness/nodeRedHost';
import {
	connectWebhook,
	disconnectWebhooks,
	filledIn,
	firstPoll,
	getId,
	installRecipeNodes,
	MAIL_NODE,
	morePolls,
	readNodeRedRecipe,
	startRecipeHost,
	TEAM,
} from '../e2e/harness/nodeRedRecipes';
import { makeScratchDatabase, type ScratchDatabase } from './harness/scratchDatabase';

const LEDGER = '4-reconciled-ledger.json';
const WAIT_MS = 90_000;

let sandbox: Sandbox;
let mail: MailServer;
let ledger: ScratchDatabase;

before(async () => {
	ledger = await makeScratchDatabase();
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	mail = await startMailServer(MAIL_NODE);
	sandbox = await startSandbox({ transactions: 30, deliveries: { deadlineMs: WAIT_MS } });
});

after(async () => {
	await sandbox?.close();
	await mail?.close();
	await ledger?.close();
});

async function startHost(): Promise<TestHost> {
	return await startRecipeHost({
		settings: { nodesDir: [path.join(ROOT, 'test', 'services', 'nodes')] },
		env: { PGUSER: ledger.access.user, PGPASSWORD: ledger.access.password },
	});
}

/** The recipe with what its page asks for: server, mail, keys. */
function recipe(port = ledger.access.port): FlowNode[] {
	return filledIn(readNodeRedRecipe(LEDGER), { sandbox, mailPort: mail.port }, (node) => {
		if (node.type === 'postgreSQLConfig')
			return { ...node, host: ledger.access.host, port, database: ledger.access.database };
		// Seconds in place of ten, so that the test does not wait.
		return node.type === 'delay' ? { ...node, timeout: '1' } : node;
	});
}

async function count(): Promise<number> {
	const { rows } = await ledger.client.query<{ count: number }>('SELECT count(*)::int AS count FROM bank_transactions');
	return rows[0]?.count ?? 0;
}

async function makeTable(host: TestHost, nodes: FlowNode[]): Promise<void> {
	await host.api.inject(getId(nodes, 'once: make the table'));
	await eventually(
		'the table',
		async () => {
			const { rows } = await ledger.client.query<{ name: string | null }>(
				"SELECT to_regclass('bank_transactions') AS name",
			);
			return rows[0]?.name !== null;
		},
		WAIT_MS,
	);
}

test('webhook and poll write one row for each transaction; the team is told once for each row', async () => {
	const host = await startHost();
	try {
		const nodes = recipe();
		await host.api.deploy(nodes);
		await makeTable(host, nodes);
		await firstPoll(sandbox);
		await connectWebhook(host, sandbox, '/casso/ledger');
		// Some come twice by webhook, some never: those only the poll can find. The poll sees all of them.
		sandbox.casso.deliveryFaults.add({ kind: 'duplicate', count: 10 });
		const memos = [
			"O'Brien; DROP TABLE bank_transactions;--",
			'$1 {{msg.payload.id}} 5.000.000đ',
			'<b>Nguyễn Văn A</b> chuyển khoản',
		];
		const added = sandbox.casso.addTransactions([
			...Array.from({ length: 30 }, (_, index) => ({ amount: 10_000 + index, memo: memos[index] ?? `lan ${index}` })),
			...Array.from({ length: 10 }, (_, index) => ({ amount: -20_000 - index, memo: `missed ${index}`, silent: true })),
		]);
		await eventually('rows', async () => (await count()) >= added.length, WAIT_MS);
		await sandbox.casso.whenIdle();
		await morePolls(sandbox, 2);
		await eventually('mails', () => mail.mails.length >= added.length, WAIT_MS);
		assert.equal(await count(), added.length);
		assert.equal(mail.mails.length, added.length, 'somebody was told of a row that was there already');
		assert.ok(
			mail.mails.every(({ to, html }) => to === TEAM && html === ''),
			'a payer wrote HTML into a mail',
		);
		const { rows } = await ledger.client.query<{
			transaction_id: string;
			amount: string;
			description: string;
			account_number: string;
		}>('SELECT * FROM bank_transactions');
		const byId = new Map(rows.map((row) => [row.transaction_id, row]));
		for (const transaction of added) {
			const row = byId.get(String(transaction.id));
			assert.equal(Number(row?.amount), transaction.amount);
			assert.equal(row?.description, transaction.description);
			assert.equal(
				row.account_number,
				sandbox.casso.data.accounts.find(({ id }) => id === transaction.accountId)?.accountNumber,
			);
			assert.ok(
				mail.mails.some(({ subject }) =>
					subject.startsWith(`${transaction.amount > 0 ? '+' : ''}${transaction.amount} VND`),
				),
			);
		}
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
});

test('what the database did not take is tried again until it stands there, once', async () => {
	const host = await startHost();
	try {
		await host.api.deploy(recipe());
		await connectWebhook(host, sandbox, '/casso/ledger');
		mail.mails.length = 0;
		const before = await count();
		// As if the server had gone: every insert fails.
		await ledger.client.query('ALTER TABLE bank_transactions RENAME TO away');
		const added = sandbox.casso.addTransactions(
			Array.from({ length: 5 }, (_, index) => ({ amount: 30_000 + index, memo: `sau ${index}` })),
		);
		await sandbox.casso.whenIdle();
		const refused = (): number => host.log().match(/relation "bank_transactions" does not exist/g)?.length ?? 0;
		await eventually('each was refused at least twice', () => refused() >= 2 * added.length, WAIT_MS);
		assert.equal(mail.mails.length, 0);
		await ledger.client.query('ALTER TABLE away RENAME TO bank_transactions');
		await eventually('rows', async () => (await count()) >= before + added.length, WAIT_MS);
		await eventually('mails', () => mail.mails.length >= added.length, WAIT_MS);
		assert.equal(await count(), before + added.length);
		assert.equal(mail.mails.length, added.length);
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
});
