/** A page of a real browser, signed in to the editor of a real n8n. */
import type { Browser, Page } from 'playwright-core';
import { OWNER } from './scratchN8n';

/** @param timeoutMs longest wait for anything on the page */
export async function openEditorPage(
	browser: Browser,
	n8nUrl: string,
	viewport: { width: number; height: number },
	timeoutMs: number,
): Promise<Page> {
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(timeoutMs);
	await page.goto(`${n8nUrl}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', OWNER.email);
	await page.fill('input[name=password]', OWNER.password);
	await page.click('button:has-text("Sign in")');
	await page.waitForURL(/\/home\/|\/workflow/);
	return page;
}
