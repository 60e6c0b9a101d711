/** Lists and checks in the dialogs of a real Node-RED, and secrets that stay out of the browser. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
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

for (const [locale, typed] of [
	['en-US', false],
	['vi-VN', true],
] as const) {
	test(`users and portfolios are listed in the dialog, ${typed ? 'with keys that are not deployed yet' : 'by the deployed connection'}`, async () => {
		const host = await startTestHost(5);
		const errors: string[] = [];
		try {
			await host.api.deploy(
				editorFlows(sandbox).map((node) =>
					typed && node.id === 'simplizeConfig'
						? { ...node, credentials: { apiKey: 'old', apiSecret: 'old' } }
						: node.id === 'simplize'
							? { ...node, externalUserId: '', externalUserIdType: 'list', portfolioId: '', portfolioIdType: 'list' }
							: node,
				),
			);
			const page = await openEditor(browser, host, locale, errors);
			const message = page.locator('#saoke-externalUserId-message');
			const portfolios = page.locator('#saoke-portfolioId-message');
			if (typed) {
				await openDialog(page, 'simplize');
				await page.waitForFunction(() =>
					(globalThis as unknown as EditorWindow).document
						.querySelector('#saoke-externalUserId-message')
						?.textContent?.includes('401'),
				);
				await picture(page, `node-red-5-${locale}-users-refused`);
				await page.click('#node-dialog-cancel');
				await page.waitForSelector('.red-ui-tray', { state: 'detached' });
				await openDialog(page, 'simplize-config');
				await page.fill('#node-config-input-apiKey', sandbox.simplize.apiKey);
				await page.fill('#node-config-input-apiSecret', sandbox.simplize.apiSecret);
				await closeDialog(page, 'simplize-config');
			}
			await openDialog(page, 'simplize');
			const count = sandbox.simplize.data.users.length;
			await page.waitForFunction(
				(users) =>
					(globalThis as unknown as EditorWindow).document
						.querySelector('#saoke-externalUserId-message')
						?.textContent?.includes(String(users)),
				count,
			);
			assert.equal(await portfolios.textContent(), '', 'nothing is asked before a user is chosen');
			await page.click('#saoke-portfolioId-load');
			assert.match(String(await portfolios.textContent()), /Choose the user first|chọn người dùng trước/);
			const [first] = sandbox.simplize.data.portfolios;
			await choose(page, 'externalUserId', 'list', first?.externalUserId ?? '');
			await page.waitForFunction(() =>
				/\d/.test(
					(globalThis as unknown as EditorWindow).document.querySelector('#saoke-portfolioId-message')?.textContent ??
						'',
				),
			);
			await choose(page, 'portfolioId', 'list', String(first?.id));
			await picture(page, `node-red-5-${locale}-portfolios`);
			assert.doesNotMatch(String(await message.getAttribute('class')), /saoke-bad/);
			await closeDialog(page, 'simplize');
			const node = await page.evaluate(() => {
				const found = (globalThis as unknown as EditorWindow).RED.nodes.node('simplize');
				return [found?.portfolioId, found?.portfolioIdType, found?.portfolioIdLabel];
			});
			assert.deepEqual(node, [String(first?.id), 'list', `${first?.name} – ${first?.id}`]);
			await openDialog(page, 'simplize');
			await page.waitForTimeout(1500);
			assert.equal(await read(page, 'portfolioId'), String(first?.id), 'the choice is kept');
			const other = sandbox.simplize.data.portfolios.find(
				({ externalUserId }) => externalUserId !== first?.externalUserId,
			);
			await choose(page, 'externalUserId', 'str', other?.externalUserId ?? '');
			await page.waitForTimeout(1500);
			assert.notEqual(await read(page, 'portfolioId'), String(first?.id), 'a portfolio of another user is not kept');
			await page.click('#node-dialog-cancel');
			assert.deepEqual(errors, []);
			await page.close();
		} finally {
			await host.dispose();
		}
	});
}

interface TypedInputs {
	$: (query: string) => { typedInput: (name: string, value?: string) => string };
}

async function choose(page: Page, name: string, type: string, value: string): Promise<void> {
	await page.evaluate(
		([field, chosenType, chosen]) => {
			const { $ } = globalThis as unknown as TypedInputs;
			$(field).typedInput('type', chosenType);
			$(field).typedInput('value', chosen);
		},
		[`#node-input-${name}`, type, value] as const,
	);
}

async function read(page: Page, name: string): Promise<string> {
	return await page.evaluate(
		(field) => (globalThis as unknown as TypedInputs).$(field).typedInput('value'),
		`#node-input-${name}`,
	);
}
