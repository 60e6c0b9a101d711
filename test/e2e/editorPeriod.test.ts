/** Which days are read, in n8n's editor in a real browser: a date that the picker drops is missed, not ignored. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Locator, Page } from 'playwright-core';
import type { N8nNode } from '../../hosts/n8nApi';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import { startScratch, type Scratch } from './harness/scratchN8n';

let scratch: Scratch;
let browser: Browser;
let page: Page;

before(async () => {
	// Days are Vietnam's, whatever the server and the workflow take for their zone.
	scratch = await startScratch({ env: { GENERIC_TIMEZONE: 'America/New_York', TZ: 'Pacific/Kiritimati' } });
	browser = await openBrowser();
	page = await openEditorPage(browser, scratch.n8n.url, { width: 1400, height: 1000 }, 15_000);
});

after(async () => {
	await browser?.close();
	await scratch?.close();
});

const field = (name: string): Locator => page.locator(`[data-test-id=parameter-input-${name}]`);

async function openCasso(parameters: Record<string, unknown>): Promise<void> {
	const { api } = scratch.n8n;
	const cassoApi = await api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: scratch.sandbox.apiKey,
		baseUrl: scratch.sandbox.cassoUrl,
	});
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	const casso = {
		name: 'Casso',
		type: 'n8n-nodes-casso.casso',
		typeVersion: 1,
		position: [240, 0],
		parameters: { resource: 'transaction', operation: 'getAll', returnAll: true, ...parameters },
		credentials: { cassoApi },
	};
	const { id } = await api.createWorkflow({
		name: 'Period',
		nodes: [start, casso] as N8nNode[],
		connections: { Start: { main: [[{ node: 'Casso', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	});
	await page.goto(`${scratch.n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id=canvas-node]:has-text("Casso")').last().dblclick();
	await field('period').waitFor();
}

async function choose(period: string): Promise<void> {
	await field('period').click();
	await page.getByRole('option', { name: period }).click();
}

/** Types a date and leaves the field; the picker then keeps it or drops it. */
async function typeDate(name: string, text: string, kept: string): Promise<void> {
	const input = field(name).locator('input');
	await input.click();
	await input.fill(text);
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	for (let waited = 0; (await input.inputValue()) !== kept; waited += 50) {
		assert.ok(waited < 10_000, `${name} shows "${await input.inputValue()}" and not "${kept}"`);
		await page.waitForTimeout(50);
	}
}

/** @param expected what the node's output then shows */
async function executeStep(expected: string | RegExp): Promise<void> {
	await page.locator('[data-test-id=ndv] [data-test-id=node-execute-button]').first().click();
	await page.locator('[data-test-id=output-panel]').getByText(expected).first().waitFor();
}

/** The days that Casso was asked for. */
const asked = (): unknown[][] =>
	scratch.sandbox.casso.requests.list().map(({ query }) => [query.fromDate, query.toDate]);

test('the last 7 days, unless another period is chosen; only Custom asks for dates', async () => {
	await openCasso({});
	assert.equal(await field('period').locator('input').inputValue(), 'Last 7 Days');
	assert.equal(await field('fromDate').count(), 0);
	await field('period').click();
	await page.getByRole('option', { name: 'Custom' }).waitFor();
	await picture(page, 'editor-periods');
	await page.keyboard.press('Escape');
	await choose('Custom');
	await field('fromDate').waitFor();
	await field('toDate').waitFor();
});

test('28/11/2026 is dropped by the picker: the node says that From is empty, and reads nothing', async () => {
	await openCasso({});
	await choose('Custom');
	await typeDate('fromDate', '28/11/2026', '');
	await typeDate('toDate', '29/11/2026', '');
	await executeStep('From: The date is empty');
	await executeStep('Choose it in the calendar, or choose another Period');
	await picture(page, 'editor-period-empty');
	assert.deepEqual(asked(), []);
	await typeDate('fromDate', '2026-11-28', '2026-11-28');
	await executeStep('To: The date is empty');
	assert.deepEqual(asked(), []);
});

test('two days are read as days in Vietnam, whatever the zones of server and workflow', async () => {
	await openCasso({});
	await choose('Custom');
	await typeDate('fromDate', '2026-11-28', '2026-11-28');
	await typeDate('toDate', '2026-11-29', '2026-11-29');
	await executeStep(/\d+ items?/);
	await picture(page, 'editor-period-custom');
	assert.deepEqual(asked(), [['2026-11-28', '2026-11-29']]);
});
