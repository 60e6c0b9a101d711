/** The n8n package in n8n's editor: the panel of Casso Trigger, a filled ledger, the credential after its test. */
import type { Page } from 'playwright-core';
import { ensureLedger, readExample, withCredentials, type ChosenCredentials } from '../../demo/start/workflows';
import { openBrowser } from '../../test/e2e/harness/browser';
import { startScratch, type Scratch } from '../../test/e2e/harness/scratchN8n';
import { signedIn } from './n8nEditor';
import { save } from './save';

const LEDGER = 'reconciled-ledger.json';
const SIZE = { width: 1360, height: 860 };

export async function n8n(): Promise<void> {
	const scratch = await startScratch({ sandbox: { transactions: 150 } });
	const browser = await openBrowser();
	try {
		const { apiKey, cassoUrl } = scratch.sandbox;
		const cassoApi = await scratch.n8n.api.putCredential('Casso', 'cassoApi', {
			authentication: 'apiKey',
			apiKey,
			baseUrl: cassoUrl,
		});
		const page = await signedIn(browser, scratch.n8n.url, SIZE);
		await pictureOfLedger(page, scratch, { cassoApi });
		await pictureOfTrigger(page, scratch, { cassoApi });
		await pictureOfCredential(page, scratch);
	} finally {
		await browser.close();
		await scratch.close();
	}
}

/** Filled by the nightly branch of the example, as a run by hand fills it. */
async function pictureOfLedger(
	page: Page,
	{ n8n: { api, url } }: Scratch,
	credentials: ChosenCredentials,
): Promise<void> {
	const tableId = await ensureLedger(api, LEDGER);
	const { id } = await api.createWorkflow(withCredentials(readExample(LEDGER), credentials));
	const { status } = await api.runToEnd(id, 'Every Night');
	if (status !== 'success') throw new Error(`The ledger was not filled: the execution ended with ${status}`);
	const { id: projectId } = (await api.call('GET', '/rest/projects/personal')) as { id: string };
	await page.goto(`${url}/projects/${projectId}/datatables/${tableId}`);
	await page.getByText('+07:00').first().waitFor();
	await page.setViewportSize({ ...SIZE, height: 520 });
	await page.waitForTimeout(500);
	await save(page, 'ledger');
	await page.setViewportSize(SIZE);
}

/** The panel as it is when a transaction has come: what is set, and what came. */
async function pictureOfTrigger(
	page: Page,
	{ n8n: { api, url }, sandbox }: Scratch,
	credentials: ChosenCredentials,
): Promise<void> {
	const example = withCredentials(readExample('new-transaction-to-ledger.json'), credentials);
	const trigger = example.nodes.find(({ type }) => type.endsWith('.cassoTrigger'));
	if (!trigger) throw new Error('The example has no Casso Trigger');
	trigger.parameters = { direction: 'in', options: { paymentCode: 'DH' } };
	const { id } = await api.createWorkflow(example);
	await page.goto(`${url}/workflow/${id}`);
	await page.locator(`[data-test-id=canvas-node]:has-text("${trigger.name}")`).first().dblclick();
	const panel = page.locator('[data-test-id=ndv]');
	await panel.getByRole('button', { name: 'Execute step' }).first().click();
	while (sandbox.casso.webhooks.list().length === 0) await page.waitForTimeout(100);
	sandbox.casso.addTransaction({
		amount: 1_250_000,
		memo: 'NGUYEN VAN A chuyen tien DH1024',
		counterparty: { name: 'NGUYEN VAN A', accountNumber: '19035678901234' },
	});
	await panel.getByText('19035678901234').first().waitFor();
	await panel.getByText('JSON', { exact: true }).click();
	// Hints and the note of success lie over the panel for a while.
	await page.getByText('Node executed successfully').waitFor({ state: 'detached' });
	await page.getByText('You can pin this output').waitFor({ state: 'hidden' });
	await page.mouse.move(5, 5);
	await page.waitForTimeout(500);
	await save(page, 'casso-trigger');
}

/** n8n tests a stored credential when it is opened. */
async function pictureOfCredential(page: Page, { n8n: { url } }: Scratch): Promise<void> {
	await page.goto(`${url}/home/credentials`);
	await page.click('[data-test-id=resources-list-item]:has-text("Casso")');
	const dialog = page.locator('[data-test-id=editCredential-modal]');
	await dialog.getByText('Connection tested successfully').first().waitFor();
	await page.waitForTimeout(300);
	await save(dialog, 'casso-api-credential');
}
