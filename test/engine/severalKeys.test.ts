/** Several shops in one run: the credential is an expression of the item, and nothing of one shop reaches another. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { custom, Engine } from './harness/engine';
import { closeAll, ids, node as simplizeNode, start } from './simplize/support';
import { locator } from './harness/casso';

let shops: [Sandbox, Sandbox];
let engine: Engine;

beforeAll(async () => {
	shops = [
		await startSandbox({ apiKey: 'AK_CS.first-shop.key', accounts: 2, transactions: 20, seed: 1 }),
		await startSandbox({ apiKey: 'AK_CS.second-shop.key', accounts: 2, transactions: 20, seed: 2 }),
	];
	engine = await Engine.load('.', {
		cassoApi: {
			authentication: 'apiKey',
			apiKey: '={{ $json.key }}',
			accessToken: '',
			baseUrl: '={{ $json.url }}',
		},
		cassoWebhookApi: { secureToken: '={{ $json.token }}' },
	});
});
beforeEach(() => {
	for (const shop of shops) shop.casso.reset();
});
afterAll(async () => {
	await Promise.all(shops.map(async (shop) => await shop.close()));
	await closeAll();
});

const getAccountLabel = (shop: Sandbox): { id: number; accountNumber: string } => {
	const [first] = shop.casso.data.accounts;
	if (!first) throw new Error('the sandbox has no account');
	return first;
};
const itemOf = (shop: Sandbox): IDataObject => ({
	key: shop.apiKey,
	url: shop.cassoUrl,
	account: getAccountLabel(shop).id,
	number: getAccountLabel(shop).accountNumber,
	token: `token-of-${shop.apiKey}`,
});
const run = async (parameters: IDataObject): Promise<INodeExecutionData[]> =>
	await engine.items({ type: 'n8n-nodes-casso.casso', parameters }, [...shops, ...shops].map(itemOf));
const values = (items: INodeExecutionData[], name: string): unknown[] => items.map(({ json }) => json[name]);
/** One value for each of the four items: first, second, first, second shop. */
const byShop = (read: (shop: Sandbox) => unknown): unknown[] => [...shops, ...shops].map(read);

it('User: Get reads the user behind the key of the item', async () => {
	const raw = await run({ resource: 'user', operation: 'get', simple: false });
	expect(raw.map(({ json }) => (json.bankAccs as { id: number }[]).map(({ id }) => id))).toEqual(
		byShop((shop) => shop.casso.data.accounts.map(({ id }) => id)),
	);
});

it('Account: Get Many, Get and Sync', async () => {
	const many = await run({ resource: 'account', operation: 'getAll', returnAll: false, limit: 1 });
	expect(values(many, 'accountNumber')).toEqual(byShop((shop) => getAccountLabel(shop).accountNumber));
	for (const operation of ['get', 'sync']) {
		for (const account of [locator('={{ $json.account }}'), locator('={{ $json.number }}')]) {
			const found = await run({ resource: 'account', operation, account });
			expect(values(found, 'accountNumber')).toEqual(byShop((shop) => getAccountLabel(shop).accountNumber));
		}
	}
});

it('Payment: Create QR prints the account of the item’s own shop', async () => {
	const items = await run({
		resource: 'payment',
		operation: 'createQr',
		account: locator('={{ $json.account }}'),
		amount: 1000,
	});
	expect(values(items, 'accountNumber')).toEqual(byShop((shop) => getAccountLabel(shop).accountNumber));
	for (const { json } of items) expect(json.payload).toContain(json.accountNumber);
});

it('Transaction: Get Many and Get', async () => {
	const added = shops.map((shop, index) => shop.casso.addTransaction({ amount: 1_000 + index, silent: true }));
	const amounts = (): unknown[] => byShop((shop) => 1_000 + shops.indexOf(shop));
	const newest = { resource: 'transaction', operation: 'getAll', returnAll: false, limit: 1, sort: 'DESC' };
	expect(values(await run(newest), 'amount')).toEqual(amounts());
	const ofOne = { ...newest, accountScope: 'one', account: locator('={{ $json.account }}') };
	const numbers = values(await run({ ...ofOne, ...custom('2020-01-01') }), 'accountNumber');
	expect(numbers).toEqual(byShop((shop) => getAccountLabel(shop).accountNumber));
	const [one, two] = added;
	const byId = { resource: 'transaction', operation: 'get' };
	const get = `={{ $json.key === '${shops[0].apiKey}' ? ${String(one?.id)} : ${String(two?.id)} }}`;
	expect(values(await run({ ...byId, transactionId: get }), 'amount')).toEqual(amounts());
});

it('Webhook: Create, Update, Get and Delete, each with the token of the item', async () => {
	const webhookUrl = 'https://example.com/hook';
	const made = await run({ resource: 'webhook', operation: 'create', webhookUrl });
	const secrets = byShop((shop) => shop.casso.webhooks.get(Number(made[shops.indexOf(shop)]?.json.id))?.secret);
	expect(secrets).toEqual(byShop((shop) => `token-of-${shop.apiKey}`));
	const webhookId = made[0]?.json.id as number;
	await run({ resource: 'webhook', operation: 'update', webhookId, webhookUrl });
	await run({ resource: 'webhook', operation: 'get', webhookId });
	await run({ resource: 'webhook', operation: 'delete', deleteBy: 'url', webhookUrl });
	for (const shop of shops) expect(shop.casso.requests.list()).toHaveLength(8);
});

it('items with the same key share one connection: its accounts are asked for once', async () => {
	await run({ resource: 'payment', operation: 'createQr', account: locator('={{ $json.account }}') });
	for (const shop of shops) {
		const lookups = shop.casso.requests.list().filter(({ path }) => path === '/v2/accounts');
		expect(lookups).toHaveLength(1);
	}
});

it('a failing key fails its own items alone, and no key is in any error', async () => {
	const result = await engine.run(
		{
			type: 'n8n-nodes-casso.casso',
			parameters: { resource: 'user', operation: 'get' },
			onError: 'continueRegularOutput',
		},
		[itemOf(shops[0]), { ...itemOf(shops[1]), key: 'AK_CS.wrong.key' }, { url: shops[0].cassoUrl }, itemOf(shops[1])],
	);
	const items = result.data.resultData.runData['Under Test']?.[0]?.data?.main?.[0] ?? [];
	expect(items.map(({ json }) => 'error' in json)).toEqual([false, true, true, false]);
	expect(JSON.stringify(items)).not.toMatch(/AK_CS/);
});

it('Simplize reads with the key of the item, and masks it', async () => {
	const benches = [
		await start({ apiKey: 'key-of-the-first', apiSecret: 'secret-of-the-first' }),
		await start({ apiKey: 'key-of-the-second', apiSecret: 'secret-of-the-second' }),
	];
	const simplize = await Engine.load('packages/n8n-nodes-simplize', {
		simplizePartnerApi: {
			baseUrl: '={{ $json.url }}',
			apiKey: '={{ $json.key }}',
			apiSecret: '={{ $json.secret }}',
			recvWindow: 5000,
			signaturePayload: 'query+body',
			signatureEncoding: 'hex',
		},
	});
	const input = benches.map(({ sandbox, credential }) => ({
		url: sandbox.simplizeUrl,
		key: credential.apiKey,
		secret: credential.apiSecret,
	})) as IDataObject[];
	const operations: [resource: string, operation: string, parameters: IDataObject][] = [
		['cashHistory', 'getAll', { ...ids, ...custom('2000-01-01'), returnAll: false, limit: 1 }],
		['stockTransaction', 'getAll', { ...ids, ...custom('2000-01-01'), returnAll: false, limit: 1 }],
		['portfolio', 'get', ids],
		['portfolio', 'getSyncStatus', {}],
		['user', 'getAll', { returnAll: false, limit: 1 }],
		['signing', 'detect', ids],
	];
	for (const [resource, operation, parameters] of operations) {
		for (const { sandbox } of benches) sandbox.simplize.calls.clear();
		const items = await simplize.items(simplizeNode(resource, operation, parameters), input);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		for (const { sandbox } of benches) {
			expect(sandbox.simplize.calls.list().length).toBeGreaterThan(0);
			if (resource !== 'signing')
				expect(sandbox.simplize.calls.list().every(({ status }) => status === 200)).toBe(true);
		}
	}
});
