/** The sandbox and its page in a real browser, fresh for every test; no page may fail or contact another host. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startSandbox, type Sandbox, type SandboxOptions } from '@saoke/sandbox';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from './browser';

export const VIEWS = ['home', 'transactions', 'webhooks', 'deliveries', 'faults', 'requests', 'simplize', 'connect'];

let browser: Browser;
export let sandbox: Sandbox;
export let context: BrowserContext;
export let page: Page;
/** What a page must never do: fail, be refused by its own policy, or contact another host. */
let complaints: string[];

/** Gives every test of the file a sandbox and its page. */
export function useSandboxPage(): void {
	before(async () => {
		browser = await openBrowser();
	});
	after(async () => {
		await browser?.close();
	});
	beforeEach(async () => {
		await start({ retryGapsMs: [1_500, 60_000, 60_000] });
		await open();
	});
	afterEach(async () => {
		await context.close();
		await sandbox.close();
		assert.deepEqual(complaints, []);
	});
}

/** Another sandbox, in the place of one that was closed. */
export async function start(options: SandboxOptions): Promise<void> {
	sandbox = await startSandbox(options);
}

interface Look {
	locale?: string;
	phone?: boolean;
	dark?: boolean;
}

/** Opens the page once more, in a fresh context. */
export async function open({ locale = 'en-US', phone = false, dark = false }: Look = {}): Promise<void> {
	await context?.close();
	complaints = [];
	context = await browser.newContext({
		locale,
		colorScheme: dark ? 'dark' : 'light',
		viewport: phone ? { width: 390, height: 844 } : { width: 1400, height: 900 },
	});
	page = await context.newPage();
	page.setDefaultTimeout(10_000);
	page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
	page.on('console', (message) => {
		// A refused call is shown to the person; the browser writes it down as well.
		if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
			complaints.push(`console: ${message.text()}`);
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(sandbox.url) && !request.url().startsWith('data:'))
			complaints.push(`request: ${request.url()}`);
	});
	await page.goto(sandbox.url);
	await page.getByRole('heading', { level: 1 }).waitFor();
}

export async function goTo(name: string): Promise<void> {
	await page.click(`#nav a[data-view=${name}]`);
	await page.locator(`.view.${name}`).waitFor();
}

/** Adds the built-in receiver as a webhook, by what the page offers. @returns its secret */
export async function addReceiver(): Promise<string> {
	await page.getByRole('link', { name: 'Add a webhook' }).click();
	await page.getByRole('button', { name: 'Use the built-in receiver' }).click();
	await page.locator('form').getByRole('button', { name: 'Add webhook' }).click();
	const dialog = page.getByRole('dialog');
	const secret = (await dialog.locator('pre').textContent()) ?? '';
	assert.match(secret, /^[A-Za-z0-9]{64}$/);
	await dialog.getByRole('button', { name: 'I have copied it' }).click();
	return secret;
}

export async function transfer(amount: string, memo: string): Promise<void> {
	await page.getByLabel('Amount (VND)').fill(amount);
	await page.getByLabel('Memo', { exact: true }).fill(memo);
	await page.getByRole('button', { name: 'Make the transfer' }).click();
}
