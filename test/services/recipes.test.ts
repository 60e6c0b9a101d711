/**
 * The recipe "Reconciled ledger" in a real n8n with a real Postgres on 127.0.0.1:5432 (or PGHOST, PGPORT, PGUSER,
 * PGPASSWORD, PGDATABASE), in a database of its own that is dropped afterwards.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { GoogleSheets } from '../e2e/harness/googleSheets/googleSheets';
import { everySeconds } from '../e2e/harness/pollTimes';
import { startRecipeHost, type RecipeHost, importRecipe, runRecipe, waitFor } from '../e2e/harness/recipes';
import type { Scratch } from '../e2e/harness/scratchN8n';
import { makeScratchDatabase, type ScratchDatabase } from './harness/scratchDatabase';

const LEDGER = '4-reconciled-ledger.json';
const WAIT_MS = 90_000;

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;
let ledger: ScratchDatabase;

before(async () => {
	ledger = await makeScratchDatabase();
	host = await startRecipeHost({ transactions: 30, deliveries: { deadlineMs: WAIT_MS } });
	({ google, scratch } = host);
	await scratch.n8n.api.putCredential('Postgres', 'postgres', { ...ledger.access, ssl: 'disable' });
});

after(async () => {
	await host?.close();
	await ledger?.close();
});

async function count(): Promise<number> {
	const { rows } = await ledger.client.query<{ count: number }>('SELECT count(*)::int AS count FROM bank_transactions');
	return rows[0]?.count ?? 0;
}

function told(): string[] {
	return google.messages.map(({ body }) => (body as { text: string }).text);
}

test('webhook and poll write one row for each transaction; follow-up actions run once for each row', async () => {
	const { api } = scratch.n8n;
	const { casso } = scratch.sandbox;
	// Every ten seconds in place of every 15 minutes; n8n wants a fixed second in each entry.
	const recipe = await importRecipe(api, LEDGER, '', (node) => {
		if (node.name !== 'Casso Polling Trigger') return;
		node.parameters.pollTimes = everySeconds(10);
	});
	await runRecipe(api, recipe, 'Once: make the table');
	await runRecipe(api, recipe, 'Once: make the table');
	await api.publish(recipe.id);

	// Some come twice by webhook, some never: those only the poll can find. The poll sees all of them.
	casso.deliveryFaults.add({ kind: 'duplicate', count: 10 });
	const memos = [
		"O'Brien; DROP TABLE bank_transactions;--",
		'$1 {{ $json.id }} 5.000.000đ',
		'Nguyễn Văn A chuyển khoản',
	];
	const added = casso.addTransactions([
		...Array.from({ length: 30 }, (_, index) => ({ amount: 10_000 + index, memo: memos[index] ?? `lan ${index}` })),
		...Array.from({ length: 10 }, (_, index) => ({ amount: -20_000 - index, memo: `missed ${index}`, silent: true })),
	]);
	await waitFor(
		async () => (await count()) >= 40,
		WAIT_MS,
		() => 'the ledger lacks rows',
	);
	await casso.whenIdle();
	// Another poll or two, so that what the webhook brought has been reported by the poll as well.
	const polledBefore = polls();
	await waitFor(
		() => polls() >= polledBefore + 2,
		WAIT_MS,
		() => 'no poll came',
	);
	await waitFor(
		async () => (await api.executions(recipe.id)).results.every(({ status }) => status === 'success'),
		WAIT_MS,
		() => 'a run did not succeed',
	);
	await api.unpublish(recipe.id);

	assert.equal(await count(), 40);
	assert.equal(told().length, 40, 'a follow-up ran for a row that was there already, or not for a new one');
	assert.ok(
		await isInAPoll(recipe.id, 'lan 5'),
		'no transaction was reported by webhook and poll alike: the test shows nothing',
	);
	const { rows } = await ledger.client.query<{
		transaction_id: string;
		amount: string;
		description: string;
		account_number: string;
	}>('SELECT transaction_id, amount, description, account_number FROM bank_transactions');
	const byId = new Map(rows.map((row) => [row.transaction_id, row]));
	for (const transaction of added) {
		const row = byId.get(String(transaction.id));
		assert.equal(Number(row?.amount), transaction.amount);
		assert.equal(row?.description, transaction.description);
		assert.equal(row.account_number, casso.data.accounts.find(({ id }) => id === transaction.accountId)?.accountNumber);
	}
});

test('a burst by webhook: one row and one message for each, in fewer runs, though Telegram refuses one at first', async () => {
	const { api } = scratch.n8n;
	const { casso } = scratch.sandbox;
	const [rowsBefore, toldBefore] = [await count(), told().length];
	const recipe = await importRecipe(api, LEDGER, '', (node) => {
		if (node.name === 'Casso Polling Trigger') Object.assign(node, { disabled: true });
	});
	await api.publish(recipe.id);
	// A retry of all items of its run would send the earlier ones again.
	google.refusedOnce = 'burst 40';
	casso.addTransactions(Array.from({ length: 60 }, (_, index) => ({ amount: 30_000 + index, memo: `burst ${index}` })));
	await casso.whenIdle(true);
	await waitFor(
		async () => (await api.executions(recipe.id)).results.every(({ status }) => status === 'success'),
		WAIT_MS,
		() => 'a run did not succeed',
	);
	await api.unpublish(recipe.id);
	assert.equal((await count()) - rowsBefore, 60);
	assert.equal(google.refusedOnce, undefined);
	assert.equal(told().length - toldBefore, 60);
	assert.equal(new Set(told().slice(toldBefore)).size, 60);
	assert.ok((await api.executions(recipe.id)).results.length < 60, 'nothing was grouped');
});

/** Whether a run that the poll started brought a transaction with this memo. */
async function isInAPoll(workflowId: string, memo: string): Promise<boolean> {
	const { results } = await scratch.n8n.api.executions(workflowId);
	const started = await Promise.all(
		results.filter(({ mode }) => mode === 'trigger').map(async ({ id }) => await scratch.n8n.api.execution(id)),
	);
	return started.some(({ data }) => data.includes(`"${memo}"`));
}

function polls(): number {
	return scratch.sandbox.casso.requests.list({ path: '/v2/transactions' }).length;
}
