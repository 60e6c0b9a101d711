/**
 * The Casso Trigger in n8n's editor: what a first-time user reads in both ways of registration, where the URL stands, and
 * how a workflow that the command line imported gets a URL.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { N8nNode, N8nWorkflow } from '../../hosts/n8nApi';
import { startN8nProcess } from '../../hosts/n8nProcess';
import { openBrowser, picture } from './harness/browser';
import { openEditorPage } from './harness/editorPage';
import { startScratch, type Scratch } from './harness/scratchN8n';
import { apiCredential, publish, triggerWorkflow, webhookCredential } from './harness/triggerWorkflow';
import { until } from './harness/until';

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
				? ['Webhook Setup', 'Manual', 'Webhook V2', 'Key bảo mật', 'Gọi thử']
				: ['Webhook Setup', 'Automatic', 'Publish the workflow'];
		for (const text of [...expected, 'Production URL', 'Casso needs a public https URL; the sandbox takes any.'])
			await waitForText(panel, text);
		await showProductionUrl(panel);
		await picture(page, `trigger-${registration}`);
		assert.ok(((await panel.textContent()) ?? '').includes(`/webhook/${workflow.path}`));
	});
}

test('imported by the command line without an ID for its webhook: refused, until it was opened and saved in the editor', async () => {
	const { api } = scratch.n8n;
	const { casso } = scratch.sandbox;
	const credentials = await apiCredential(api, scratch.sandbox.apiKey, scratch.sandbox.cassoUrl);
	const id = 'imported00000001';
	await importByCommand({ id, ...withoutWebhookId(triggerWorkflow({}, credentials)) });
	await assert.rejects(publish(api, id, false), /Open it in the editor, save it once/);
	assert.deepEqual(casso.webhooks.list(), []);
	await page.goto(`${scratch.n8n.url}/workflow/${id}`);
	await page.locator('[data-test-id=canvas-node]:has-text("Tiền về")').first().click();
	await page.keyboard.press('ControlOrMeta+s');
	await until('the editor has given it an ID', async () => {
		const { nodes } = await api.workflow(id);
		return typeof nodes[0]?.webhookId === 'string';
	});
	await publish(api, id, false);
	assert.equal(casso.webhooks.list().length, 1);
	const { id: transactionId } = casso.addTransaction({ amount: 1_000 });
	const delivered = (): string | undefined => casso.webhooks.deliveries.list({ transactionId })[0]?.state;
	await until('the delivery succeeds', () => delivered() === 'succeeded');
});

/** As a script that writes workflows would make it. */
function withoutWebhookId({ name, nodes, settings }: ReturnType<typeof triggerWorkflow>): N8nWorkflow {
	const [trigger, end] = nodes as [N8nNode, N8nNode];
	// A name that makes an address which n8n does not find again. JSON leaves out what is undefined.
	const imported = { ...trigger, name: 'Tiền về', webhookId: undefined };
	const connections = { 'Tiền về': { main: [[{ node: end.name, type: 'main', index: 0 }]] } };
	return { name, nodes: [imported, end], connections, settings };
}

/** `n8n import:workflow`, beside the n8n that runs. */
async function importByCommand(workflow: N8nWorkflow & { id: string }): Promise<void> {
	const { userFolder } = scratch.n8n;
	const file = path.join(userFolder, 'imported.json');
	writeFileSync(file, JSON.stringify(workflow));
	const command = await startN8nProcess({
		args: ['import:workflow', `--input=${file}`],
		userFolder,
		packages: [],
		env: {},
		isReady: async () => await Promise.resolve(true),
	});
	await until('the command has ended', () => command.exitCode() !== undefined, 60_000);
	assert.equal(command.exitCode(), 0);
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
