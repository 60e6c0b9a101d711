/** Get Many as a file in a real n8n: on disk instead of in the execution, and read by n8n's own nodes as it was written. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { N8nNode } from '../../hosts/n8nApi';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import { getItems, type StoredItem } from './harness/executionData';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential } from './harness/triggerWorkflow';

const TRANSACTIONS = 1_000;
const TRIGGER = 'When clicking ‘Execute workflow’';
const MEMO = '=HYPERLINK("http://evil.example") thanh toán, đơn "DH1024"';

let scratch: Scratch;

before(async () => {
	scratch = await startScratch({ sandbox: { transactions: TRANSACTIONS - 1 } });
	scratch.sandbox.casso.addTransaction({ amount: 250_000, memo: MEMO, silent: true });
});

after(async () => {
	await scratch.close();
});

function node(name: string, type: string, parameters: Record<string, unknown>, typeVersion: number): N8nNode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** @returns what the nodes returned: Casso, and Extract From File behind it */
async function run(
	returnAs: string,
	extract: Record<string, unknown>,
): Promise<{ id: string; data: string; file: StoredItem; extracted: StoredItem[] }> {
	const { api } = scratch.n8n;
	const days = { period: 'custom', fromDate: '2020-01-01', toDate: '2099-12-31' };
	const parameters = { resource: 'transaction', operation: 'getAll', returnAll: true, returnAs, ...days };
	const nodes: N8nNode[] = [
		node(TRIGGER, 'n8n-nodes-base.manualTrigger', {}, 1),
		{
			...node('Casso', 'n8n-nodes-casso.casso', parameters, 1),
			position: [220, 0],
			credentials: await apiCredential(api, scratch.sandbox.apiKey, scratch.sandbox.cassoUrl),
		},
		{ ...node('Extract', 'n8n-nodes-base.extractFromFile', extract, 1.1), position: [440, 0] },
	];
	const connections = {
		[TRIGGER]: { main: [[{ node: 'Casso', type: 'main', index: 0 }]] },
		Casso: { main: [[{ node: 'Extract', type: 'main', index: 0 }]] },
	};
	const settings = { executionOrder: 'v1' };
	const { id } = await api.createWorkflow({ name: `As ${returnAs}`, nodes, connections, settings });
	const { status, data } = await api.runToEnd(id, TRIGGER);
	assert.equal(status, 'success', data.slice(0, 2_000));
	const [file, ...others] = getItems(data, 'Casso');
	assert.ok(file);
	assert.equal(others.length, 0);
	return { id, data, file, extracted: getItems(data, 'Extract') };
}

function truth(): readonly { id: number; amount: number; description: string }[] {
	return scratch.sandbox.casso.data.transactions.range(null, -Infinity, Infinity).list;
}

test('a CSV file is stored on disk, and has every row for Extract From File', async () => {
	const { id, file, extracted } = await run('csv', { operation: 'csv', options: { enableBOM: true } });
	assert.equal(file.json.count, TRANSACTIONS);
	assert.match(String(file.binary?.data?.id), /^filesystem/);
	const rows = extracted.map(({ json }) => [json.id, json.amount]);
	assert.deepEqual(
		rows,
		truth().map(({ id: transactionId, amount }) => [String(transactionId), String(amount)]),
	);
	assert.equal(extracted.at(-1)?.json.description, `'${MEMO}`);
	await lookAt(id, String(file.json.fileName));
});

test('an NDJSON file has every transaction as it is', async () => {
	const { file, extracted } = await run('ndjson', { operation: 'text', options: {} });
	assert.match(String(file.binary?.data?.id), /^filesystem/);
	const lines = String(extracted[0]?.json.data).trimEnd().split('\n');
	const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
	assert.deepEqual(
		rows.map(({ id, amount, description }) => ({ id, amount, description })),
		truth().map(({ id, amount, description }) => ({ id, amount, description })),
	);
	assert.equal(rows.at(-1)?.description, MEMO);
});

/** The node as a user sees it: the choice, and after a run the file with its buttons. */
async function lookAt(workflowId: string, fileName: string): Promise<void> {
	const browser = await openBrowser();
	try {
		const page = await openEditorPage(browser, scratch.n8n.url, { width: 1500, height: 950 }, 15_000);
		await page.goto(`${scratch.n8n.url}/workflow/${workflowId}`);
		await page.locator('[data-test-id=canvas-node][data-node-name="Casso"]').dblclick();
		const panel = page.locator('[data-test-id=ndv]');
		await panel.locator('[data-test-id=parameter-input]').first().waitFor();
		await panel.getByText('Execute step').first().click();
		await panel
			.locator('[data-test-id=output-panel], [data-test-id=ndv-output-panel]')
			.getByText(fileName)
			.first()
			.waitFor();
		await picture(page, 'get-many-file');
		assert.ok((await panel.textContent())?.includes('Return As'), 'the form lacks "Return As"');
	} finally {
		await browser.close();
	}
}
