/**
 * Takes the pictures of the recipes in n8n's real editor: `npm run pictures`, into docs/pictures. A recipe is imported
 * with its credentials and its sheet in place, as it looks once it is set up.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { fail } from '../demo/host/fail';
import { ROOT } from '../demo/host/paths';
import { openBrowser } from '../test/e2e/harness/browser';
import { startGoogleSheets } from '../test/e2e/harness/googleSheets/googleSheets';
import { importRecipe, newSpreadsheetId, RECIPE_PACKAGES, storeCredentials } from '../test/e2e/harness/recipes';
import { OWNER, startScratch } from '../test/e2e/harness/scratchN8n';

const PICTURES = path.join(ROOT, 'docs', 'pictures');
const MAX_BYTES = 150_000;
const SIZE = { width: 1500, height: 720 };
/** Buttons that lie over the canvas and would hide nodes. */
const OVER_THE_CANVAS = '[data-test-id=canvas-wrapper] > :not(:has([data-test-id=canvas])), .vue-flow__panel, .tab-bar-container';

async function main(): Promise<void> {
	mkdirSync(PICTURES, { recursive: true });
	const google = await startGoogleSheets();
	const scratch = await startScratch({ env: google.env, packages: RECIPE_PACKAGES, sandbox: { transactions: 20 } });
	const browser = await openBrowser();
	try {
		const { api, url } = scratch.n8n;
		await storeCredentials(api, scratch.sandbox, google);
		await api.putCredential('Postgres', 'postgres', { host: '127.0.0.1', database: 'ledger', user: 'saoke' });
		const page = await browser.newPage({ viewport: SIZE });
		await signIn(page, url);
		for (const file of readdirSync(path.join(ROOT, 'examples', 'n8n', 'recipes')).filter((name) => name.endsWith('.json')).sort()) {
			const { id } = await importRecipe(api, file, newSpreadsheetId());
			await takePicture(page, `${url}/workflow/${id}`, path.join(PICTURES, file.replace('.json', '.png')));
		}
	} finally {
		await browser.close();
		await scratch.close();
		await google.close();
	}
}

async function signIn(page: Page, url: string): Promise<void> {
	page.setDefaultTimeout(30_000);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
	await page.fill('input[name=password]', OWNER.password);
	await page.click('button:has-text("Sign in")');
	await page.waitForURL(/\/home\/|\/workflow/);
}

/** @throws Error where the picture is too big for the repository */
async function takePicture(page: Page, address: string, file: string): Promise<void> {
	await page.goto(address);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.addStyleTag({ content: `${OVER_THE_CANVAS} { visibility: hidden !important }` });
	await page.keyboard.press('1');
	// The view glides to its place.
	await page.waitForTimeout(1_500);
	await page.locator('[data-test-id=canvas]').screenshot({ path: file });
	const { size } = statSync(file);
	console.log(`${path.relative(ROOT, file)}  ${Math.ceil(size / 1_000)} kB`);
	if (size > MAX_BYTES) throw new Error(`${path.basename(file)} has ${size} bytes, more than ${MAX_BYTES}`);
}

main().catch(fail);
