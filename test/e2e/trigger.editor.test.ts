/** The Casso Trigger in n8n's editor: what a first-time user reads in both ways of registration, and where the URL stands. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential, triggerWorkflow, webhookCredential } from './harness/triggerWorkflow';

let scratch: Scratch;
let browser: Browser;
let page: Page;

before(async () => {
	scratch = await startScratch();
	browser = await openBrowser();
	page = await openEditorPage(browser, scratch.n8n.url, { width: 1400, height: 1000 }, 20_000);
});

after(async () => {
	await browser?.close();
	await scratch?.close();
});

for (const registration of ['automatic', 'manual'] as const) {
	test(`${registration} registration says what to do, and shows the URL`, async () => {
		const { api } = scratch.n8n;
		const credentials =
			registration === 'manual'
				? await webhookCredential(api)
				: await apiCredential(api, scratch.sandbox.apiKey, scratch.sandbox.cassoUrl);
		const workflow = triggerWorkflow({ registration }, credentials);
		const { id } = await api.createWorkflow(workflow);
		const panel = await openNode(id);
		const expected =
			registration === 'manual'
				? ['Registration', 'Manual', 'Webhook V2', 'Key bảo mật', 'Gọi thử', 'Casso Webhook API']
				: ['Registration', 'Automatic', 'publish the workflow', 'Casso API'];
		for (const text of [...expected, 'Production URL', 'Casso reaches only public https:// addresses'])
			await waitForText(panel, text);
		await showProductionUrl(panel);
		await picture(page, `trigger-${registration}`);
		assert.ok(((await panel.textContent()) ?? '').includes(`/webhook/${workflow.path}`));
	});
}

/** Text and chosen values alike: n8n shows a choice as the value of a field. */
async function waitForText(panel: ReturnType<Page['locator']>, text: string): Promise<void> {
	const deadline = Date.now() + 15_000;
	while (Date.now() < deadline) {
		const values = await panel
			.locator('input')
			.evaluateAll((fields) => fields.map((field) => (field as unknown as { value: string }).value).join(' '));
		if (`${(await panel.textContent()) ?? ''} ${values}`.includes(text)) return;
		await page.waitForTimeout(100);
	}
	await picture(page, 'trigger-failed');
	assert.fail(`the editor does not show "${text}"`);
}

async function openNode(workflowId: string): Promise<ReturnType<Page['locator']>> {
	await page.goto(`${scratch.n8n.url}/workflow/${workflowId}`);
	await page.locator('[data-test-id=canvas-node]:has-text("Casso Trigger")').first().dblclick();
	const panel = page.locator('[data-test-id=ndv]');
	await panel.getByText('Webhook URLs').first().waitFor();
	return panel;
}

async function showProductionUrl(panel: ReturnType<Page['locator']>): Promise<void> {
	const production = panel.getByText('Production URL', { exact: true }).last();
	if (!(await production.isVisible())) await panel.getByText('Webhook URLs').first().click();
	await panel.locator('label:has-text("Production URL"), [role=radio]:has-text("Production URL")').first().click();
}
