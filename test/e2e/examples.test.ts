/** What is in every example for n8n: no address that everybody knows, and no memo that a message takes for markup. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { N8nNode, N8nWorkflow } from '../../hosts/n8nApi';
import { ROOT } from '../../hosts/paths';
import { importExample } from '../../demo/start/workflows';
import type { GoogleSheets } from './harness/googleSheets/googleSheets';
import { startRecipeHost, type RecipeHost, importWorkflow, readRecipe } from './harness/recipes';
import type { Scratch } from './harness/scratchN8n';

const TRIGGER = 'When clicking ‘Execute workflow’';
const RANDOM_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const FOLDER = path.join(ROOT, 'examples', 'n8n');

/** Paths of pages for buyers, which everybody may know; what takes deliveries has none. */
const PUBLIC_PAGES: unknown[] = [undefined, 'checkout'];

const MEMOS = [
	'DH_1024 chuyen khoan',
	'[xem don hang](https://evil.example)',
	'*bold _both* `code',
	'<a href="https://evil.example">Saoke</a>',
	'<img src=x onerror=alert(1)>',
	'a < b && b > c &lt; &#60;script&#62;',
	'</b><code>',
	"O'Brien \\ {{ $json.id }} ${7*7}",
	'Nguyễn Văn A 🎁',
];

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;

before(async () => {
	host = await startRecipeHost({ transactions: 0 });
	({ google, scratch } = host);
});

after(async () => {
	await host?.close();
});

function readAll(): { file: string; workflow: N8nWorkflow }[] {
	const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
	return files.map((file) => ({
		file,
		workflow: JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as N8nWorkflow,
	}));
}

test('no example has a webhook address of its own, except pages for buyers', () => {
	const all = readAll();
	assert.ok(all.some(({ workflow }) => workflow.nodes.some(isCassoTrigger)));
	for (const { file, workflow } of all) {
		for (const node of workflow.nodes) {
			if (isCassoTrigger(node)) assert.equal(node.parameters.path, undefined, file);
			assert.equal(node.webhookId, undefined, file);
			assert.ok(PUBLIC_PAGES.includes(node.parameters.path), `${file}: ${String(node.parameters.path)}`);
		}
	}
});

test('n8n gives each import a random address: by its API, and as npm start imports', async () => {
	const { api } = scratch.n8n;
	const addresses = new Set<unknown>();
	for (const { workflow } of readAll().filter(({ workflow: { nodes } }) => nodes.some(isCassoTrigger))) {
		for (const name of ['one', 'two'])
			addresses.add(await getAddress((await api.createWorkflow({ ...workflow, name })).id));
	}
	addresses.add(await getAddress(await importExample(api, 'new-transaction-to-ledger.json', {})));
	assert.equal(addresses.size, 15);
	for (const address of addresses) assert.match(String(address), RANDOM_ID);
});

/** Nodes of a recipe on the way of a payment into its message, in order. */
const MESSAGES: Record<string, string[]> = {
	'3-order-paid.json': ['Settings', 'Items', 'Tell the team'],
	'4-reconciled-ledger.json': ['Items', 'Tell the team'],
	'6-money-arrived-to-telegram.json': ['Items', 'Settings', 'Message', 'Telegram'],
};

for (const [file, way] of Object.entries(MESSAGES)) {
	test(`${file}: whatever a payer writes, the message says it as it is`, async () => {
		google.messages.length = 0;
		const { settings, nodes } = readRecipe(file);
		const tell = nodes.find(({ name }) => name === way.at(-1)) as N8nNode;
		const items = MEMOS.map((memo, index) => ({
			amount: 10_000 + index,
			account_number: '0071000888888',
			accountNumber: '0071000888888',
			bankName: 'Vietcombank',
			counterpartyName: memo,
			transactedAt: '2026-11-29T09:15:00+07:00',
			runningBalance: null,
			description: memo,
			code: memo,
			status: 'paid',
			difference: 0,
		}));
		const workflow: N8nWorkflow = {
			name: file,
			settings,
			nodes: [
				node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {}),
				node('Items', 'n8n-nodes-base.code', 2, {
					jsCode: `return ${JSON.stringify(items.map((json) => ({ json })))};`,
				}),
				...nodes.filter(({ name }) => way.includes(name)),
			],
			connections: connect([TRIGGER, ...way]),
		};
		const telegram = (await scratch.n8n.api.call('GET', '/rest/credentials')) as { id: string; name: string }[];
		const credential = telegram.find(({ name }) => name === 'Telegram');
		tell.credentials = { telegramApi: { id: String(credential?.id), name: 'Telegram' } };
		const { id } = await importWorkflow(scratch.n8n.api, workflow, 'x');
		const { status, data } = await scratch.n8n.api.runToEnd(id, TRIGGER);
		assert.equal(status, 'success', data.slice(0, 3_000));
		const sent = google.messages.map(({ body }) => body as Record<string, unknown>);
		assert.equal(sent.length, MEMOS.length);
		sent.forEach((message, index) => {
			assert.equal(message.parse_mode, 'HTML');
			assert.equal(message.disable_web_page_preview, true);
			const text = String(message.text);
			// All that Telegram's HTML mode takes for markup: a tag, or an entity that it does not know.
			assert.doesNotMatch(text, /[<>]|&(?!(?:amp|lt|gt);)/);
			const shown = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
			assert.ok(shown.includes(String(MEMOS[index])), shown);
		});
	});
}

function isCassoTrigger({ type }: N8nNode): boolean {
	return type === 'n8n-nodes-casso.cassoTrigger';
}

async function getAddress(workflowId: string): Promise<unknown> {
	return (await scratch.n8n.api.workflow(workflowId)).nodes.find(isCassoTrigger)?.webhookId;
}

function node(name: string, type: string, typeVersion: number, parameters: Record<string, unknown>): N8nNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function connect(names: string[]): Record<string, unknown> {
	return Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]),
	);
}
