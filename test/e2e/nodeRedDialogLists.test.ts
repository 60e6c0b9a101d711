/** Lists and checks in the dialogs of a real Node-RED, and secrets that stay out of the browser. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser } from 'playwright-core';
import { packPackages } from '../../hosts/tarball';
import { openBrowser, picture } from './harness/browser';
import { closeDialog, editorFlows, openDialog, openEditor, type EditorWindow } from './harness/nodeRedEditor';
import { prepareHosts, startTestHost } from './harness/nodeRedHost';

interface Styled {
	classList: { contains: (name: string) => boolean };
}

let browser: Browser;
let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(5);
	[browser, sandbox] = await Promise.all([openBrowser(), startSandbox()]);
});

after(async () => {
	await browser.close();
	await sandbox.close();
});

test('accounts are listed in the dialog, secrets never reach the browser, and validators speak', async () => {
	const host = await startTestHost(5);
	const errors: string[] = [];
	try {
		await host.api.deploy(editorFlows(sandbox));
		const page = await openEditor(browser, host, 'en-US', errors);
		const seen: string[] = [];
		page.on('response', (response) => {
			response.text().then(
				(text) => seen.push(text),
				() => undefined,
			);
		});
		await openDialog(page, 'casso-transactions');
		await page.click('#saoke-account-load');
		await page.waitForFunction(() =>
			(globalThis as unknown as EditorWindow).document
				.querySelector('#saoke-account-message')
				?.textContent?.includes('4'),
		);
		await picture(page, 'node-red-5-en-US-account-list');
		await page.evaluate(
			(id) =>
				(globalThis as unknown as { $: (query: string) => { typedInput: (name: string, value?: string) => string } })
					.$('#node-input-account')
					.typedInput('value', id),
			String(sandbox.casso.data.accounts[1]?.id),
		);
		await closeDialog(page, 'casso-transactions');
		assert.match(
			await page.evaluate(() =>
				String((globalThis as unknown as EditorWindow).RED.nodes.node('transactions')?.accountLabel),
			),
			/^MBBank ···\d{4} – /,
		);

		await openDialog(page, 'casso-config');
		assert.equal(await page.inputValue('#node-config-input-apiKey'), '__PWRD__');
		await page.click('#saoke-test');
		await page.waitForFunction(() =>
			(globalThis as unknown as EditorWindow).document.querySelector('#saoke-test-message')?.textContent?.includes('4'),
		);
		await page.fill('#node-config-input-apiKey', 'wrong-key');
		await page.click('#saoke-test');
		await page.waitForFunction(() =>
			(globalThis as unknown as EditorWindow).document
				.querySelector('#saoke-test-message')
				?.textContent?.includes('401'),
		);
		await page.fill('#node-config-input-baseUrl', 'http://casso.example.com');
		await page.press('#node-config-input-baseUrl', 'Tab');
		await picture(page, 'node-red-5-en-US-bad-address');
		assert.equal(
			await page.$eval('#node-config-input-baseUrl', (element) =>
				(element as unknown as Styled).classList.contains('input-error'),
			),
			true,
		);
		await page.click('#node-config-dialog-cancel');

		await openDialog(page, 'casso-transactions');
		await page.fill('#node-input-limit', 'many');
		await page.press('#node-input-limit', 'Tab');
		await page.fill('#node-input-pageSize', '${PAGE_SIZE}');
		await page.press('#node-input-pageSize', 'Tab');
		assert.equal(
			await page.$eval('#node-input-limit', (element) =>
				(element as unknown as Styled).classList.contains('input-error'),
			),
			true,
		);
		assert.equal(
			await page.$eval('#node-input-pageSize', (element) =>
				(element as unknown as Styled).classList.contains('input-error'),
			),
			false,
		);
		for (const [pattern, isRefused] of [
			['DH**', true],
			['*', true],
			['DH* 1', true],
			['Đơn-?', false],
			['', false],
		] as const) {
			await page.fill('#node-input-paymentCode', pattern);
			await page.press('#node-input-paymentCode', 'Tab');
			assert.equal(
				await page.$eval('#node-input-paymentCode', (element) =>
					(element as unknown as Styled).classList.contains('input-error'),
				),
				isRefused,
				pattern,
			);
		}
		await page.click('#node-dialog-cancel');

		const exported = await page.evaluate(() =>
			JSON.stringify((globalThis as unknown as EditorWindow).RED.nodes.createCompleteNodeSet({ credentials: false })),
		);
		for (const secret of [sandbox.apiKey, sandbox.simplize.apiSecret, sandbox.simplize.apiKey, 'k'.repeat(64)]) {
			assert.equal(seen.join('\n').includes(secret), false, 'a secret came to the browser');
			assert.equal(exported.includes(secret), false, 'a secret is in the export');
		}
		assert.deepEqual(errors, []);
		await page.close();
	} finally {
		await host.dispose();
	}
});
