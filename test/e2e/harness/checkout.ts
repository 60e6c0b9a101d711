/** The recipe "Checkout", imported as its note says, and a buyer's browser in front of it. */
import type { Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import type { N8nApi, N8nNode, TableRow } from '../../../hosts/n8nApi';
import { importRecipe, runRecipe, type Recipe } from './recipes';

const FILE = '7-checkout.json';
const PAGE_WAIT_MS = 30_000;

/** Imports the recipe, picks the account that buyers pay to, makes the tables and publishes. */
export async function openShop(
	api: N8nApi,
	sandbox: Sandbox,
	edit: (node: N8nNode) => void = () => undefined,
): Promise<Recipe> {
	const [account] = sandbox.casso.data.accounts;
	await api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.cassoUrl,
	});
	const recipe = await importRecipe(api, FILE, '', (node) => {
		if (node.name === 'Create QR') (node.parameters.account as { value: string }).value = String(account?.id);
		edit(node);
	});
	await runRecipe(api, recipe, 'Once: make the tables');
	await api.publish(recipe.id);
	return recipe;
}

/** An edit of the recipe: how long its orders may be paid, and how long its flow waits. */
export function hasMinutes(minutes: number): (node: N8nNode) => void {
	return (node) => {
		const fields = node.parameters.assignments as { assignments?: { name: string; value: unknown }[] } | undefined;
		const setting = fields?.assignments?.find(({ name }) => name === 'minutes');
		if (setting) setting.value = minutes;
		if (node.name === 'Wait for the payment') node.parameters.resumeAmount = minutes;
	};
}

/** Opens the form in a window of a phone's size. */
export async function visitShop(browser: Browser, url: string): Promise<Page> {
	const page = await browser.newPage({ viewport: { width: 400, height: 680 } });
	page.setDefaultTimeout(PAGE_WAIT_MS);
	await page.goto(`${url}/form/order`);
	return page;
}

/** Fills in the form; returns when the payment page is there. */
export async function order(page: Page, product: string, customer: string): Promise<void> {
	await page.selectOption('select', product);
	await page.fill('input[type=text]', customer);
	await page.click('#submit-btn');
	await page.waitForURL(/\/webhook\/checkout\?order=[0-9a-f]{32}$/);
	await page.locator('body[data-state]').waitFor();
}

/** The page loads itself again when its order changes. */
export async function showsState(page: Page, state: string): Promise<void> {
	await page.locator(`body[data-state=${state}]`).waitFor();
}

/** What the payment page asks the buyer to write into the transfer. */
export async function memoOn(page: Page): Promise<string> {
	return (await page.locator('tr:has-text("Memo") b').textContent()) ?? '';
}

export async function shopOrders(api: N8nApi): Promise<TableRow[]> {
	return (await api.rows(await api.ensureTable('Checkout orders', []))).rows;
}
