/** The Casso and Simplize nodes as tools of n8n's real AI Agent, in the whole n8n; the model follows a script. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { N8N_FULL_DIR } from '../../hosts/n8n';
import type { N8nNode } from '../../hosts/n8nApi';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { startScriptedModel, type OfferedTool, type ScriptedModel, type ToolCall } from './harness/scriptedModel';

const TRIGGER = 'When clicking ‘Execute workflow’';

let scratch: Scratch;
let model: ScriptedModel;
let credentials: Record<string, { id: string; name: string }>;
let nextName = 1;

before(async () => {
	model = await startScriptedModel();
	scratch = await startScratch({
		n8nDir: N8N_FULL_DIR,
		packages: ['n8n-nodes-casso', 'n8n-nodes-simplize'],
		sandbox: { accounts: 3, transactions: 60, seed: 5, simplize: { cashDays: 300 } },
	});
	const { api } = scratch.n8n;
	const { simplize, simplizeUrl, apiKey, cassoUrl } = scratch.sandbox;
	const casso = { authentication: 'apiKey', apiKey, accessToken: '', baseUrl: cassoUrl };
	const partner = {
		baseUrl: simplizeUrl,
		apiKey: simplize.apiKey,
		apiSecret: simplize.apiSecret,
		recvWindow: 5000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
	};
	credentials = {
		cassoApi: await api.putCredential('Casso', 'cassoApi', casso),
		simplizePartnerApi: await api.putCredential('Simplize', 'simplizePartnerApi', partner),
		openAiApi: await api.putCredential('Model', 'openAiApi', { apiKey: 'scripted', url: model.url }),
	};
});

after(async () => {
	await scratch.close();
	await model.close();
});

/** What n8n's editor writes when a person lets the model define a parameter. */
function fromAi(name: string, description: string, type = 'string'): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${name}', \`${description}\`, '${type}') }}`;
}

function tool(name: string, parameters: Record<string, unknown>, type = 'n8n-nodes-casso.cassoTool'): N8nNode {
	const credential = type.includes('simplize') ? 'simplizePartnerApi' : 'cassoApi';
	return {
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 200],
		parameters: { descriptionType: 'auto', ...parameters },
		credentials: { [credential]: credentials[credential] as { id: string; name: string } },
	};
}

/** Runs an agent with these tools and this script. @returns what the tools answered, as the model sees it */
async function runAgent(tools: N8nNode[], calls: ToolCall[]): Promise<{ results: string[]; offered: OfferedTool[] }> {
	const { api } = scratch.n8n;
	const agent: N8nNode = {
		id: 'agent',
		name: 'Agent',
		type: '@n8n/n8n-nodes-langchain.agent',
		typeVersion: 3,
		position: [200, 0],
		parameters: { promptType: 'define', text: 'Go on.', options: {} },
	};
	const chatModel: N8nNode = {
		id: 'model',
		name: 'Model',
		type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
		typeVersion: 1.2,
		position: [0, 400],
		parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: { maxRetries: 0 } },
		credentials: { openAiApi: credentials.openAiApi as { id: string; name: string } },
	};
	const trigger: N8nNode = {
		id: 'trigger',
		name: TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const connections: Record<string, unknown> = {
		[TRIGGER]: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
		Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
	};
	for (const { name } of tools) connections[name] = { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] };
	const workflow = {
		name: `Agent ${nextName++}`,
		nodes: [trigger, agent, chatModel, ...tools],
		connections,
		settings: { executionOrder: 'v1' },
	};
	const { id } = await api.createWorkflow(workflow);
	model.script(calls);
	const { status, data } = await api.runToEnd(id, TRIGGER);
	assert.equal(status, 'success', data.slice(0, 3_000));
	assert.ok(!data.includes(scratch.sandbox.apiKey), 'the stored execution holds the key');
	return { results: model.results(), offered: model.offered() };
}

const readRows = (result: string | undefined): Record<string, unknown>[] => {
	const parsed = JSON.parse(result ?? '') as unknown;
	return (Array.isArray(parsed) ? parsed : [parsed]) as Record<string, unknown>[];
};

const findTransactions = (): N8nNode =>
	tool('Find transactions', {
		resource: 'transaction',
		operation: 'getAll',
		returnAll: true,
		period: fromAi('Period', 'today, yesterday, last7Days, thisMonth, lastMonth, or custom with From and To'),
		fromDate: fromAi('From', 'first day, e.g. 2026-01-31'),
		toDate: fromAi('To', 'last day'),
		filters: {
			direction: fromAi('Direction', 'any, in or out'),
			accountNumbers: fromAi('Account_Numbers', 'account numbers, separated by commas'),
			description: fromAi('Description_Contains', 'text in the description'),
		},
	});
const find = (given: Record<string, unknown>): ToolCall => ({
	tool: 'Find_transactions',
	arguments: {
		Period: '',
		From: '',
		To: '',
		Direction: '',
		Account_Numbers: '',
		Description_Contains: '',
		...given,
	},
});

test('lists accounts', async () => {
	const { results, offered } = await runAgent(
		[tool('List accounts', { resource: 'account', operation: 'getAll', returnAll: true })],
		[{ tool: 'List_accounts', arguments: {} }],
	);
	assert.deepEqual(
		readRows(results[0]).map(({ accountNumber }) => accountNumber),
		scratch.sandbox.casso.data.accounts.map(({ accountNumber }) => accountNumber),
	);
	assert.match(offered[0]?.description ?? '', /many accounts/i);
});

test('finds transactions in plain days, by account number and by direction; an empty text means not set', async () => {
	const { casso } = scratch.sandbox;
	const [first, second] = casso.data.accounts;
	casso.addTransaction({ amount: 111_000, accountId: first?.id, memo: 'ZZ mot', silent: true });
	casso.addTransaction({ amount: -222_000, accountId: first?.id, memo: 'ZZ hai', silent: true });
	casso.addTransaction({ amount: 333_000, accountId: second?.id, memo: 'ZZ ba', silent: true });
	const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
	const slashed = today.split('-').reverse().join('/');
	const mine = { Description_Contains: 'ZZ' };
	const { results, offered } = await runAgent(
		[findTransactions()],
		[
			find({ ...mine, Period: 'today' }),
			find({ ...mine, Period: 'custom', From: slashed, To: today }),
			find({ ...mine, Account_Numbers: first?.accountNumber }),
			find({ ...mine, Direction: 'in' }),
			find(mine),
			find({ Period: 'custom', From: '2020-01-01', To: '31/01/2020' }),
		],
	);
	const amounts = results.slice(0, 5).map((result) => readRows(result).map(({ amount }) => amount));
	assert.deepEqual(amounts, [
		[111_000, -222_000, 333_000],
		[111_000, -222_000, 333_000],
		[111_000, -222_000],
		[111_000, 333_000],
		[111_000, -222_000, 333_000],
	]);
	assert.equal(results.length, 6);
	assert.deepEqual(Object.keys(offered[0]?.parameters.properties ?? {}).sort(), [
		'Account_Numbers',
		'Description_Contains',
		'Direction',
		'From',
		'Period',
		'To',
	]);
});

test('a mistake of the model comes back with the name of the parameter and what to do', async () => {
	const { results } = await runAgent(
		[findTransactions()],
		[
			find({ Period: 'custom', From: '01/13/2026', To: '2026-01-31' }),
			find({ Period: 'custom' }),
			find({ Direction: 'incoming' }),
		],
	);
	assert.match(results[0] ?? '', /From: This is not a date/);
	assert.match(results[1] ?? '', /From: The date is empty/);
	assert.match(results[2] ?? '', /Direction: Invalid value/);
	assert.match(results[2] ?? '', /Choose one of: any, in, out/);
});

test('creates a QR code for an account number: its text, and a link to an image that pays the right account', async () => {
	const [, second] = scratch.sandbox.casso.data.accounts;
	const createQr = tool('Create QR', {
		resource: 'payment',
		operation: 'createQr',
		account: { __rl: true, mode: 'id', value: fromAi('Account', 'account number') },
		amount: fromAi('Amount', 'VND', 'number'),
		paymentCode: fromAi('Payment_Code', 'e.g. DH1024'),
	});
	const { results } = await runAgent(
		[createQr],
		[{ tool: 'Create_QR', arguments: { Account: second?.accountNumber, Amount: 250_000, Payment_Code: 'DH77' } }],
	);
	const [qr] = readRows(results[0]);
	assert.equal(qr?.accountNumber, second?.accountNumber);
	assert.match(String(qr?.payload), new RegExp(`${second?.accountNumber ?? 'none'}.*250000.*DH77`));
	const image = await fetch(String(qr?.imageUrl));
	assert.equal(image.headers.get('content-type'), 'image/png');
	const { data, width, height } = PNG.sync.read(Buffer.from(await image.arrayBuffer()));
	assert.equal(jsQR(new Uint8ClampedArray(data), width, height)?.data, qr?.payload);
});

test('matches orders with the transactions of the last days, which it fetches itself', async () => {
	scratch.sandbox.casso.addTransaction({ amount: 480_000, memo: 'thanh toan DH5501', silent: true });
	const match = tool('Match orders', {
		resource: 'payment',
		operation: 'match',
		orders: fromAi('Orders', 'JSON list of orders with code and amount', 'json'),
	});
	const orders = [
		{ code: 'DH5501', amount: 480_000 },
		{ code: 'DH5502', amount: 1_000 },
	];
	const { results } = await runAgent([match], [{ tool: 'Match_orders', arguments: { Orders: orders } }]);
	assert.deepEqual(
		readRows(results[0]).map(({ code, status }) => [code, status]),
		[
			['DH5501', 'paid'],
			['DH5502', 'unpaid'],
		],
	);
});

test('reads a cash history of Simplize', async () => {
	const history = tool(
		'Cash history',
		{
			resource: 'cashHistory',
			operation: 'getAll',
			externalUserId: fromAi('User', 'id of the user'),
			portfolioId: fromAi('Portfolio', 'id of the portfolio'),
			limit: fromAi('Limit', 'how many', 'number'),
			period: 'custom',
			fromDate: fromAi('From', 'first day'),
			toDate: fromAi('To', 'last day'),
			filters: { ticker: fromAi('Ticker', 'stock code') },
		},
		'n8n-nodes-simplize.simplizeTool',
	);
	const call = { User: 'USER015', Portfolio: '862', Limit: 3, From: '01/01/2020', To: '31/12/2099', Ticker: '' };
	const { results } = await runAgent([history], [{ tool: 'Cash_history', arguments: call }]);
	assert.equal(readRows(results[0]).length, 3);
});

test('what a model cannot use well is not offered: n8n’s editor gets no webhooks and no signing for a tool', async () => {
	const remove = tool('Delete webhook', { resource: 'webhook', operation: 'delete', deleteBy: 'id', webhookId: '1' });
	const { results } = await runAgent([remove], [{ tool: 'Delete_webhook', arguments: {} }]);
	assert.match(
		String(readRows(results[0])[0]?.error),
		/There is no operation "delete" of the resource "webhook" for a tool/,
	);
	// Last, since this is all of n8n's nodes.
	const types = (await scratch.n8n.api.call('GET', '/types/nodes.json')) as {
		name: string;
		properties: { name: string; options?: { value: unknown; displayOptions?: unknown }[] }[];
	}[];
	const optionsOf = (name: string): Map<unknown, unknown> => {
		const found = types.find((type) => type.name === name);
		const resource = found?.properties.find((property) => property.name === 'resource');
		return new Map(resource?.options?.map(({ value, displayOptions }) => [value, displayOptions]));
	};
	const hidden = { hide: { '@tool': [true] } };
	assert.deepEqual(optionsOf('n8n-nodes-casso.cassoTool').get('webhook'), hidden);
	assert.deepEqual(optionsOf('n8n-nodes-simplize.simplizeTool').get('signing'), hidden);
});
