/** n8n's editor for pictures: signed in, at a workflow, with nothing lying over it. */
import type { Browser, Page } from 'playwright-core';
import { OWNER } from '../../test/e2e/harness/scratchN8n';

/** Buttons that lie over the canvas and would hide nodes. */
const OVER_THE_CANVAS =
	'[data-test-id=canvas-wrapper] > :not(:has([data-test-id=canvas])), .vue-flow__panel, .tab-bar-container';

export async function signedIn(
	browser: Browser,
	url: string,
	viewport: { width: number; height: number },
): Promise<Page> {
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(30_000);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
	await page.fill('input[name=password]', OWNER.password);
	await page.click('button:has-text("Sign in")');
	await page.waitForURL(/\/home\/|\/workflow/);
	return page;
}

/** @returns when the whole workflow is in sight */
export async function showWorkflow(page: Page, address: string): Promise<void> {
	await page.goto(address);
	await page.locator('[data-test-id=canvas-node]').first().waitFor();
	await page.addStyleTag({ content: `${OVER_THE_CANVAS} { visibility: hidden !important }` });
	await page.keyboard.press('1');
	// The view glides to its place.
	await page.waitForTimeout(1_500);
}
