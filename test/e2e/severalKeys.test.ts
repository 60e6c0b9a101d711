/** Two shops in one run of a real n8n: the key is an expression of the item, and each shop gets its own answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { N8nNode } from '../../hosts/n8nApi';
import { getItems } from './harness/executionData';
import { startScratch, type Scratch } from './harness/scratchN8n';

const TRIGGER = 'When clicking ‘Execute workflow’';

let scratch: Scratch;
let second: Sandbox;

before(async () => {
	scratch = await startScratch({ sandbox: { apiKey: 'AK_CS.first-shop', accounts: 2, transactions: 10, seed: 1 } });
	second = await startSandbox({ apiKey: 'AK_CS.second-shop', accounts: 2, transactions: 10, seed: 2 });
});

after(async () => {
	await second.close();
	await scratch.close();
});

test('user, accounts, transactions and the account on the QR are those of the key of each item', async () => {
	const { api } = scratch.n8n;
	const shops = [scratch.sandbox, second];
	const credential = await api.putCredential('Shop of the item', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: '={{ $json.key }}',
		accessToken: '',
		baseUrl: '={{ $json.url }}',
	});
	for (const [index, shop] of shops.entries())
		shop.casso.addTransaction({ amount: 1_000 + index, silent: true, accountId: shop.casso.data.accounts[0]?.id });
	const input = shops.map((shop) => ({
		key: shop.apiKey,
		url: shop.cassoUrl,
		account: shop.casso.data.accounts[1]?.accountNumber,
	}));
	const locator = { __rl: true, mode: 'id', value: '={{ $json.account }}' };
	const newest = { returnAll: false, limit: 1, sort: 'DESC' };
	const operations: Record<string, Record<string, unknown>> = {
		User: { resource: 'user', operation: 'get', simple: false },
		Accounts: { resource: 'account', operation: 'getAll', returnAll: true },
		Transactions: { resource: 'transaction', operation: 'getAll', ...newest },
		QR: { resource: 'payment', operation: 'createQr', account: locator, amount: 5_000 },
	};
	const answers: Record<string, Record<string, unknown>[]> = {};
	for (const [name, parameters] of Object.entries(operations)) {
		const nodes: N8nNode[] = [
			node(TRIGGER, 'n8n-nodes-base.manualTrigger', {}, 1),
			node('Shops', 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: JSON.stringify({ shops: input }) }, 3.4),
			node('Each', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'shops' }, 1),
			{ ...node(name, 'n8n-nodes-casso.casso', parameters, 1), credentials: { cassoApi: credential } },
		];
		const connections = Object.fromEntries(
			nodes
				.slice(0, -1)
				.map((from, index) => [from.name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }]),
		);
		const { id } = await api.createWorkflow({ name, nodes, connections, settings: { executionOrder: 'v1' } });
		const { status, data } = await api.runToEnd(id, TRIGGER);
		assert.equal(status, 'success', data.slice(0, 2_000));
		answers[name] = getItems(data, name).map(({ json }) => json);
	}
	const numbers = shops.map((shop) => shop.casso.data.accounts.map(({ accountNumber }) => accountNumber));
	const getIds = (user: Record<string, unknown>): unknown[] => (user.bankAccs as { id: number }[]).map(({ id }) => id);
	assert.deepEqual(
		answers.User?.map(getIds),
		shops.map((shop) => shop.casso.data.accounts.map(({ id }) => id)),
	);
	assert.deepEqual(
		answers.Accounts?.map(({ accountNumber }) => accountNumber),
		numbers.flat(),
	);
	assert.deepEqual(
		answers.Transactions?.map(({ amount }) => amount),
		[1_000, 1_001],
	);
	assert.deepEqual(
		answers.QR?.map(({ accountNumber }) => accountNumber),
		numbers.map(([, own]) => own),
	);
	for (const { payload, accountNumber } of answers.QR ?? []) assert.ok(String(payload).includes(String(accountNumber)));
});

function node(name: string, type: string, parameters: Record<string, unknown>, typeVersion: number): N8nNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}
