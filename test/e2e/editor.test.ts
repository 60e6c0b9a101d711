/** The node in n8n's editor, in a real browser: in the panel, its form, and the credential's test. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import { startScratch, type Scratch } from './harness/scratchN8n';

let scratch: Scratch;
let browser: Browser;
let page: Page;

before(async () => {
	scratch = await startScratch({ packages: ['n8n-nodes-casso', 'n8n-nodes-simplize'] });
	browser = await openBrowser();
	page = await openEditorPage(browser, scratch.n8n.url, { width: 1400, height: 900 }, 15_000);
});

after(async () => {
	await browser?.close();
	await scratch?.close();
});

test('the panel offers Simplize and both triggers of polling with what starts them', async () => {
	for (const [entry, event] of [
		['Simplize', 'cash movement'],
		['Casso Polling', 'transaction'],
	] as const) {
		await (await findInPanel(entry)).click();
		await page.waitForSelector('text=Triggers (3)');
		await picture(page, `editor-panel-${entry}`);
		const list = (await page.locator('[data-test-id=node-creator]').textContent()) ?? '';
		for (const name of [`On new ${event}`, 'On money in', 'On money out', 'No public URL needed.'])
			assert.ok(list.includes(name), `the panel of ${entry} lacks "${name}"`);
	}
});

test('the panel offers Casso with its icon, its trigger and its actions', async () => {
	const entry = await findInPanel('Casso');
	// n8n shows a node and its trigger as one entry; the icon comes from the package.
	await page.waitForSelector('img[src*="n8n-nodes-casso"]');
	await picture(page, 'editor-panel');
	await entry.click();
	await page.click('text=/^Actions \\(\\d+\\)/');
	await page.waitForSelector('text=Get many transactions');
	await picture(page, 'editor-actions');
	const list = (await page.locator('[data-test-id=node-creator]').textContent()) ?? '';
	for (const name of [
		'On new transaction',
		'On money in',
		'On money out',
		'Get many transactions',
		'Get many accounts',
		'Sync account',
	]) {
		assert.ok(list.includes(name), `the panel lacks "${name}"`);
	}
});

async function findInPanel(name: string): Promise<Locator> {
	await page.goto(`${scratch.n8n.url}/workflow/new`);
	await page.click('[data-test-id=canvas-add-button], [data-test-id=canvas-plus-button]');
	await page.fill('[data-test-id=node-creator-search-bar]', name);
	const entry = page.locator(`[data-test-id=node-creator-item-name]:text-is("${name}")`);
	await entry.waitFor();
	return entry;
}

test('Get many transactions opens its form with the documented parameters', async () => {
	await page.click('text=Get many transactions');
	await page.waitForSelector('[data-test-id=ndv] [data-test-id=parameter-input]');
	const form = (await page.locator('[data-test-id=ndv]').textContent()) ?? '';
	await picture(page, 'editor-form');
	for (const label of ['Accounts', 'Return All', 'Limit', 'Filters', 'Sort', 'Output', 'Options']) {
		assert.ok(form.includes(label), `the form lacks "${label}"`);
	}
});

test("the credential's test reports success with the right key, and says why with a wrong one", async () => {
	await scratch.n8n.api.putCredential('Right', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: scratch.sandbox.apiKey,
		baseUrl: scratch.sandbox.cassoUrl,
	});
	await scratch.n8n.api.putCredential('Wrong', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: 'AK_CS.wrong',
		baseUrl: scratch.sandbox.cassoUrl,
	});
	const right = await openCredential('Right');
	assert.match(right, /Connection tested successfully/);
	const wrong = await openCredential('Wrong');
	assert.match(wrong, /Casso rejected this key\. Copy it again from Settings \(Thiết lập\) → API Keys/);
	assert.ok(!wrong.includes('AK_CS.wrong'));
	await scratch.n8n.api.putCredential('Address', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: scratch.sandbox.apiKey,
		baseUrl: scratch.sandbox.cassoUrl.replace('http://', ''),
	});
	assert.match(
		await openCredential('Address'),
		/The base URL must begin with https:\/\/ \(http:\/\/ only for this machine\)/,
	);
	await scratch.n8n.api.putCredential('Secrets', 'cassoWebhookApi', {});
	assert.match(await openCredential('Secrets'), /Enter a Security Key \(Webhook V2\) or a Secure Token/);
});

/** Opens a credential from the list, presses its test button where it is shown, and returns the dialog's text. */
async function openCredential(name: string): Promise<string> {
	await page.goto(`${scratch.n8n.url}/home/credentials`);
	await page.click(`[data-test-id=resources-list-item]:has-text("${name}")`);
	const modal = page.locator('[data-test-id=editCredential-modal]');
	// n8n tests a stored credential when it is opened.
	await modal
		.getByText(/Connection tested successfully|Couldn.t connect/)
		.first()
		.waitFor();
	const more = modal.getByText('More details');
	if (await more.isVisible()) await more.click();
	await page.waitForTimeout(300);
	await picture(page, `credential-${name.toLowerCase()}`);
	return (await modal.textContent()) ?? '';
}
