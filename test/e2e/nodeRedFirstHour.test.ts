/** The first hour in the editor of a real Node-RED: finding nodes, filling in dialogs, and what they say about mistakes. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import { packPackages } from '../../hosts/tarball';
import { openBrowser, picture } from './harness/browser';
import {
	cancel,
	firstFlows,
	open,
	openEditor,
	readText,
	STORES,
	untilText,
	type EditorWindow,
} from './harness/nodeRedFirstHour';
import { prepareHosts, startTestHost, type TestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;

let browser: Browser;
let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(...LINES);
	[browser, sandbox] = await Promise.all([openBrowser(), startSandbox()]);
});

after(async () => {
	await browser.close();
	await sandbox.close();
});

for (const line of LINES) {
	void describe(`Node-RED ${line}, in Vietnamese`, () => {
		let host: TestHost;
		let page: Page;

		before(async () => {
			host = await startTestHost(line, { settingsCode: STORES });
			await host.api.deploy(firstFlows(sandbox));
			page = await openEditor(browser, host);
		});

		after(async () => {
			await page.close();
			await host.dispose();
		});

		test('the palette finds every node by what it is for', async () => {
			for (const word of ['saoke', 'ngân hàng', 'bank', 'casso']) {
				await page.fill('#red-ui-palette-search input', '');
				await page.locator('#red-ui-palette-search input').pressSequentially(word);
				await page.waitForTimeout(600);
				const found = await page.locator('.red-ui-palette-node:visible').count();
				assert.equal(found, 7, word);
			}
			await page.fill('#red-ui-palette-search input', '');
			await page.waitForTimeout(600);
			const label = await page.locator('.red-ui-palette-node[data-palette-type="casso-poll"]').textContent();
			assert.equal(label?.includes('bank'), false, 'words for the search are not shown');
		});

		test('a webhook warns of an address that Casso cannot reach, copies it, and registers only with tokens', async () => {
			await open(page, 'hook');
			assert.equal(await page.textContent('#saoke-webhook-warning'), readText('casso-webhook.warning.notPublic'));
			await page.click('#saoke-webhook-copy');
			await page.waitForSelector('.red-ui-popover');
			assert.equal(
				(await page.locator('.red-ui-popover').last().textContent())?.trim(),
				readText('casso-webhook.label.copied'),
			);
			assert.equal(await page.isDisabled('#node-input-register'), true);
			await page.selectOption('#node-input-dialects', 'both');
			await page.check('#node-input-register');
			for (const [address, warning] of [
				['http://till.example.com', 'notHttps'],
				['https://192.168.1.20', 'notPublic'],
				['https://nas', 'notPublic'],
				['https://till.example.com', ''],
			]) {
				await page.fill('#node-input-publicUrl', address ?? '');
				await page.press('#node-input-publicUrl', 'Tab');
				const expected = warning === '' ? '' : readText(`casso-webhook.warning.${warning}`);
				await untilText(page, '#saoke-webhook-warning', expected);
			}
			await page.selectOption('#node-input-dialects', 'v2');
			assert.equal(await page.isChecked('#node-input-register'), false);
			assert.equal(await page.isDisabled('#node-input-register'), true);
			await cancel(page, 'hook');
		});

		test('a period, or two dates as people write them: an empty one is marked', async () => {
			await open(page, 'list');
			assert.equal(await page.inputValue('#node-input-period'), 'last7Days');
			assert.equal(await page.isVisible('#node-input-fromDate + .red-ui-typedInput-container'), false);
			await picture(page, `node-red-${line}-vi-period`);
			await page.selectOption('#node-input-period', 'custom');
			assert.equal(await page.locator('.red-ui-typedInput-container.input-error').count(), 2);
			await picture(page, `node-red-${line}-vi-period-empty`);
			assert.match(
				String(
					await page.getAttribute(
						'#node-input-fromDate + .red-ui-typedInput-container input, .red-ui-typedInput-container:has(+ #node-input-fromDateType) input',
						'placeholder',
					),
				),
				/31\/01\/2026/,
			);
			for (const [value, isWrong] of [
				['31/01/2026', false],
				['1/2/2026', false],
				['2026-01-31', false],
				['31.01', true],
			] as const) {
				await page.evaluate((day) => {
					const { $ } = globalThis as unknown as EditorWindow;
					$('#node-input-fromDate').typedInput('type', 'str');
					$('#node-input-fromDate').typedInput('value', day);
					$('#node-input-fromDate').trigger('change');
				}, value);
				// To is still empty.
				const wrong = await page.locator('.red-ui-typedInput-container.input-error').count();
				assert.equal(wrong, isWrong ? 2 : 1, value);
			}
			await page.evaluate(() => {
				const { $ } = globalThis as unknown as EditorWindow;
				$('#node-input-fromDate').typedInput('type', 'daysAgo');
				$('#node-input-fromDate').typedInput('value', '30');
			});
			await page.selectOption('#node-input-period', 'lastMonth');
			assert.equal(await page.locator('.red-ui-typedInput-container.input-error:visible').count(), 0);
			await picture(page, `node-red-${line}-vi-last-month`);
			await page.click('#node-dialog-ok');
			await page.waitForSelector('.red-ui-tray', { state: 'detached' });
			const kept = await page.evaluate(() => {
				const node = (globalThis as unknown as EditorWindow).RED.nodes.node('list');
				return [node?.period, node?.fromDateType, node?.valid];
			});
			assert.deepEqual(kept, ['lastMonth', 'daysAgo', true]);
		});

		test('a store that forgets is not offered, and is named so where it is chosen', async () => {
			await open(page, 'poll');
			const options = await page.locator('#node-input-store option').allTextContents();
			assert.deepEqual(options, [
				readText('casso-poll.option.file'),
				'disk',
				readText('casso-poll.option.forgetful', { store: 'memory' }),
			]);
			await cancel(page, 'poll');
		});

		test('a webhook that is imported twice or copied gets a path of its own; what is there keeps its own', async () => {
			const example = [
				{ id: 'a1', type: 'tab', label: 'Example' },
				{
					id: 'a2',
					type: 'casso-webhook',
					z: 'a1',
					path: '/casso/orders',
					dialects: 'v2',
					x: 100,
					y: 100,
					wires: [[]],
				},
			];
			const paths = await page.evaluate((nodes) => {
				const { RED } = globalThis as unknown as EditorWindow;
				for (let time = 0; time < 2; time++)
					RED.view.importNodes(nodes, { generateIds: true, addFlow: true, applyNodeDefaults: true });
				return RED.nodes.filterNodes({ type: 'casso-webhook' }).map((node) => String(node.path));
			}, example);
			assert.equal(paths[0], '/casso/orders');
			assert.equal(new Set(paths).size, 3);
			for (const place of paths.slice(1)) assert.match(place, /^\/casso\/[0-9a-f]{24}$/);
		});
	});
}
