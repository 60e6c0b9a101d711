/** Node Casso, resource Webhook, through n8n's real engine: the token comes from its credential and is never seen again. */
import type { IDataObject } from 'n8n-workflow';
import { SECURE_TOKEN, startCassoEngine, type CassoEngine } from './harness/casso';
import { Engine } from './harness/engine';

let casso: CassoEngine;

beforeAll(async () => {
	casso = await startCassoEngine();
});
beforeEach(() => {
	casso.sandbox.casso.reset();
});
afterAll(async () => {
	await casso.sandbox.close();
});

const webhookUrl = 'https://example.com/hook?a=1';
const webhook = (operation: string, more: IDataObject = {}): IDataObject => ({
	resource: 'webhook',
	operation,
	...more,
});
const create = async (url = webhookUrl, incomeOnly = false): Promise<number> => {
	const [json] = await casso.json(webhook('create', { webhookUrl: url, incomeOnly }));
	return Number(json?.id);
};

it('lives from create to delete', async () => {
	const id = await create(webhookUrl, true);
	expect(await casso.json(webhook('get', { webhookId: id }))).toMatchObject([
		{ id, url: webhookUrl, incomeOnly: true },
	]);
	expect(
		await casso.json(webhook('update', { webhookId: id, webhookUrl: 'https://example.com/2', incomeOnly: false })),
	).toMatchObject([{ id, url: 'https://example.com/2', incomeOnly: false }]);
	expect(await casso.json(webhook('delete', { deleteBy: 'id', webhookId: id }))).toEqual([{ deleted: true }]);
	expect((await casso.failure(webhook('get', { webhookId: id }))).message).toContain('HTTP 404');
});

it('registers the token of the credential', async () => {
	const id = await create();
	expect(casso.sandbox.casso.webhooks.get(id)?.secret).toBe(SECURE_TOKEN);
	expect(casso.requests()[0]).toMatchObject({
		method: 'POST',
		path: '/v2/webhooks',
		body: { webhook: webhookUrl, secure_token: '***', income_only: false },
	});
});

it.each(['empty', 'token'] as const)('the output never shows the token, with param2 %s', async (param2) => {
	casso.sandbox.casso.quirks.set({ param2 });
	const created = await casso.json(webhook('create', { webhookUrl }));
	const id = Number(created[0]?.id);
	const seen = [
		created,
		await casso.json(webhook('get', { webhookId: id })),
		await casso.json(webhook('update', { webhookId: id, webhookUrl })),
	];
	expect(JSON.stringify(seen)).not.toContain(SECURE_TOKEN);
	expect(JSON.stringify(seen)).toContain(param2 === 'token' ? '"param2":"********"' : '"param2":""');
});

it('Delete by URL removes every one with this address and says whether there was any', async () => {
	await create();
	await create();
	const other = await create('https://example.com/other');
	expect(await casso.json(webhook('delete', { deleteBy: 'url', webhookUrl }))).toEqual([{ deleted: true }]);
	expect(await casso.json(webhook('delete', { deleteBy: 'url', webhookUrl }))).toEqual([{ deleted: false }]);
	expect(await casso.json(webhook('get', { webhookId: other }))).toMatchObject([{ id: other }]);
});

it.each(['null', 'emptyBody'] as const)('Delete succeeds with the body %s', async (body) => {
	casso.sandbox.casso.quirks.set({ deleteByIdBody: body, deleteByUrlBody: body });
	expect(await casso.json(webhook('delete', { deleteBy: 'id', webhookId: await create() }))).toEqual([
		{ deleted: true },
	]);
	await create();
	expect(await casso.json(webhook('delete', { deleteBy: 'url', webhookUrl }))).toEqual([{ deleted: true }]);
});

it('several items, each with its own address and link', async () => {
	const items = await casso.items(
		webhook('create', { webhookUrl: '={{ $json.url }}', incomeOnly: '={{ $json.in }}' }),
		[
			{ url: 'https://example.com/a', in: true },
			{ url: 'https://example.com/b', in: false },
		],
	);
	expect(items.map(({ json, pairedItem }) => [json.url, json.incomeOnly, pairedItem])).toEqual([
		['https://example.com/a', true, { item: 0 }],
		['https://example.com/b', false, { item: 1 }],
	]);
});

describe('refused before any request', () => {
	it.each([
		[
			'Webhook URL: The webhook URL is not a web address [item 0]',
			webhook('create', { webhookUrl: 'example.com/hook' }),
		],
		['Webhook URL: The webhook URL is not a web address [item 0]', webhook('create', { webhookUrl: '={{ 5 }}' })],
		[
			'Webhook URL: The webhook URL is not a web address [item 0]',
			webhook('delete', { deleteBy: 'url', webhookUrl: '={{ undefined }}' }),
		],
		['Webhook ID: Invalid Casso ID [item 0]', webhook('get', { webhookId: '5/../6' })],
		['Webhook ID: Invalid Casso ID [item 0]', webhook('delete', { deleteBy: 'id', webhookId: 'all' })],
		['Webhook ID: Invalid Casso ID [item 0]', webhook('update', { webhookId: 'x', webhookUrl })],
	])('%s', async (message, parameters) => {
		expect((await casso.failure(parameters)).message).toBe(message);
		expect(casso.requests()).toEqual([]);
	});

	it('without a token in the credential', async () => {
		const { sandbox } = casso;
		const engine = await Engine.load('.', {
			cassoApi: { authentication: 'apiKey', apiKey: sandbox.apiKey, baseUrl: sandbox.cassoUrl },
			cassoWebhookApi: { securityKey: 'never-to-be-used-as-token', secureToken: ' ' },
		});
		const { data } = await engine.run(casso.casso(webhook('create', { webhookUrl })));
		expect(data.resultData.error?.message).toMatch(/^Secure Token: /);
		expect(JSON.stringify(data)).not.toContain('never-to-be-used-as-token');
		expect(casso.requests()).toEqual([]);
	});
});
