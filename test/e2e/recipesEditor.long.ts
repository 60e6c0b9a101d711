/** Importing the recipes by hand, in n8n's editor, as a new user does; and looking into a node spoils nothing. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../../hosts/paths';
import type { N8nNode, N8nWorkflow, StoredWorkflow } from '../../hosts/n8nApi';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import type { GoogleSheets } from './harness/googleSheets/googleSheets';
import {
	startRecipeHost,
	type RecipeHost,
	newSpreadsheetId,
	readRecipe,
	recipeFiles,
	waitFor,
} from './harness/recipes';
import type { Scratch } from './harness/scratchN8n';

const RANDOM_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const BACKFILL = '2-nightly-backfill-to-google-sheets.json';

let host: RecipeHost;
let google: GoogleSheets;
let scratch: Scratch;
let browser: Browser;
let page: Page;

before(async () => {
	host = await startRecipeHost({ transactions: 20 });
	({ google, scratch } = host);
	await scratch.n8n.api.putCredential('Postgres', 'postgres', { host: '127.0.0.1', database: 'ledger', user: 'saoke' });
	browser = await openBrowser();
	page = await openEditorPage(browser, scratch.n8n.url, { width: 1600, height: 900 }, 30_000);
});

after(async () => {
	await browser?.close();
	await host?.close();
});

for (const file of recipeFiles()) {
	test(`${file}: imported from the file, credentials found by name, nothing lost by opening and closing its nodes`, async () => {
		const recipe = readRecipe(file);
		await importFromFile(file);
		for (const { name } of recipe.nodes.filter(hasParametersToLose)) await openAndClose(name);
		await picture(page, `imported-${file.replace('.json', '')}`);
		const stored = await storedWorkflow(recipe);
		for (const node of recipe.nodes) {
			const now = stored.nodes.find(({ name }) => name === node.name);
			assert.ok(now, `${node.name} is missing`);
			for (const [type, credential] of Object.entries(node.credentials ?? {})) {
				assert.equal(now.credentials?.[type]?.name, credential.name);
				assert.ok(now.credentials[type].id, `${node.name} found no credential`);
			}
			// The file holds no webhook address, which everybody could read: n8n makes a random one.
			if (node.type.endsWith('.cassoTrigger')) assert.match(String(now.webhookId), RANDOM_ID);
			if (hasParametersToLose(node)) assert.deepEqual(keptParameters(now, node), keptParameters(node, node), node.name);
		}
	});
}

test("the spreadsheet's address goes into Settings, and the backfill then runs from the editor's button", async () => {
	const spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
	spreadsheet.addSheet('Transactions');
	await importFromFile(BACKFILL);
	await open('Settings');
	await page
		.locator(
			'[data-test-id=ndv] [data-test-id=assignment-value] textarea, [data-test-id=ndv] [data-test-id=assignment-value] input',
		)
		.first()
		.fill(`https://docs.google.com/spreadsheets/d/${spreadsheet.id}/edit#gid=0`);
	await close();
	await openAndClose('Write to the sheet');
	await page.locator('button:has-text("Execute workflow"):visible').last().click();
	await waitFor(
		() => spreadsheet.rows('Transactions').length > 1,
		60_000,
		() => `no rows came: ${JSON.stringify(google.api.requests)}`,
	);
	// Now that the node knows the sheet, opening it asks Google for the columns.
	await openAndClose('Write to the sheet');
	const stored = await storedWorkflow(readRecipe(BACKFILL));
	const node = stored.nodes.find(({ name }) => name === 'Write to the sheet');
	assert.deepEqual((node?.parameters.columns as { matchingColumns: string[] }).matchingColumns, ['transactionKey']);
	assert.deepEqual(node?.parameters.options, {
		cellFormat: 'RAW',
		handlingExtraData: 'insertInNewColumn',
		useAppend: true,
	});
});

/** Google Sheets nodes drop what they do not show. */
function hasParametersToLose(node: N8nNode): boolean {
	return node.type === 'n8n-nodes-base.googleSheets';
}

/** Those that the recipe sets; the editor adds defaults. */
function keptParameters(from: N8nNode, recipe: N8nNode): Record<string, unknown> {
	const columns = from.parameters.columns as { matchingColumns?: string[]; mappingMode?: string } | undefined;
	const names = Object.keys(recipe.parameters).filter((name) => name !== 'columns');
	return {
		...Object.fromEntries(names.map((name) => [name, from.parameters[name]])),
		matchingColumns: columns?.matchingColumns,
		mappingMode: columns?.mappingMode,
	};
}

async function importFromFile(file: string): Promise<void> {
	await page.goto(`${scratch.n8n.url}/workflow/new`);
	await page.click('[data-test-id=workflow-menu]');
	await page.locator('text="Import"').first().hover();
	const chooser = page.waitForEvent('filechooser');
	await page.locator('text=/from file/i').first().click();
	await (await chooser).setFiles(path.join(ROOT, 'examples', 'n8n', 'recipes', file));
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.keyboard.press('1');
	await page.waitForTimeout(1_000);
}

async function open(name: string): Promise<void> {
	await page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`).dblclick();
	await page.locator('[data-test-id=ndv] [data-test-id=parameter-input]').first().waitFor();
	// What the form asks the server for arrives.
	await page.waitForTimeout(2_000);
}

async function close(): Promise<void> {
	const form = page.locator('[data-test-id=ndv]');
	// Leaves the field in which the cursor is: there, Escape has a meaning of its own.
	await form.getByText('Parameters', { exact: true }).first().click();
	await page.keyboard.press('Escape');
	await form.waitFor({ state: 'hidden' });
}

async function openAndClose(name: string): Promise<void> {
	await open(name);
	await close();
}

/** What the editor, which saves by itself shortly after a change, has stored of the workflow that is open. */
async function storedWorkflow(recipe: N8nWorkflow): Promise<StoredWorkflow> {
	await page.waitForTimeout(3_000);
	const id = /\/workflow\/([^/?]+)/.exec(page.url())?.[1];
	assert.ok(id && id !== 'new', `nothing was saved: ${page.url()}`);
	const stored = await scratch.n8n.api.workflow(id);
	assert.equal(stored.nodes.length, recipe.nodes.length);
	return stored;
}
