/** The first hour in the editor of a real Node-RED: finding nodes, filling in dialogs, and what they say about mistakes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { ROOT } from '../../hosts/paths';
import { packPackages } from '../../hosts/tarball';
import { openBrowser, picture } from './harness/browser';
import { prepareHosts, startTestHost, tab, type TestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const STORES =
	"settings.contextStorage = { default: { module: 'memory' }, memory: { module: 'memory' }, disk: { module: 'localfilesystem' } };";

interface JQuery {
	typedInput(name: string, value?: string): string;
	val(value: string): JQuery;
	trigger(name: string): JQuery;
}

interface EditorWindow {
	$: (query: string) => JQuery;
	RED: {
		nodes: {
			node(id: string): Record<string, unknown> | null;
			filterNodes(filter: { type: string }): Record<string, unknown>[];
			getType(type: string): unknown;
		};
		view: { importNodes(nodes: unknown, options: Record<string, unknown>): void };
		editor: { edit(node: unknown): void; editConfig(name: string, type: string, id: string): void };
	};
}

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

function flows(): FlowNode[] {
	return [
		tab('tab'),
		{
			id: 'casso',
			type: 'casso-config',
			baseUrl: sandbox.cassoUrl,
			authentication: 'apiKey',
			credentials: { apiKey: sandbox.apiKey },
		},
		{
			id: 'cassoUnset',
			type: 'casso-config',
			authentication: 'apiKey',
			baseUrl: sandbox.cassoUrl,
			credentials: { apiKey: '${SAOKE_TEST_NOPE}' },
		},
		{
			id: 'simplizeConfig',
			type: 'simplize-config',
			baseUrl: sandbox.simplizeUrl,
			recvWindow: '5000',
			signaturePayload: 'query+body',
			signatureEncoding: 'hex',
			credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
		},
		{
			id: 'list',
			type: 'casso-transactions',
			z: 'tab',
			casso: 'casso',
			operation: 'getAll',
			accountScope: 'all',
			wires: [[]],
		},
		{ id: 'hook', type: 'casso-webhook', z: 'tab', path: '/casso/orders', dialects: 'v2', wires: [[]] },
		{ id: 'poll', type: 'casso-poll', z: 'tab', casso: 'casso', store: 'memory', wires: [[]] },
		{ id: 'simplize', type: 'simplize', z: 'tab', simplize: 'simplizeConfig', operation: 'users', wires: [[]] },
	];
}

/** A text of the built package, with its placeholders filled in. */
function readText(key: string, marks: Record<string, string> = {}): string {
	const file = path.join(ROOT, 'packages', 'node-red-saoke', 'dist', 'locales', 'vi', 'saoke.json');
	let value: unknown = JSON.parse(readFileSync(file, 'utf8'));
	for (const part of key.split('.')) value = (value as Record<string, unknown>)[part];
	return Object.entries(marks).reduce((text, [mark, with_]) => text.replaceAll(`__${mark}__`, with_), String(value));
}

async function openEditor(host: TestHost): Promise<Page> {
	const page = await browser.newPage({ locale: 'vi-VN', viewport: { width: 1400, height: 1200 } });
	await page.goto(host.url);
	await page.waitForFunction(() => Boolean((globalThis as unknown as EditorWindow).RED?.nodes?.node('simplize')));
	return page;
}

async function open(page: Page, id: string): Promise<void> {
	await page.evaluate((wanted) => {
		const { RED } = globalThis as unknown as EditorWindow;
		if (wanted.endsWith('onfig') || wanted.startsWith('casso'))
			RED.editor.editConfig('', wanted.startsWith('casso') ? 'casso-config' : 'simplize-config', wanted);
		else RED.editor.edit(RED.nodes.node(wanted));
	}, id);
	await page.waitForSelector('.red-ui-tray .saoke-form', { state: 'visible' });
	await page.waitForTimeout(500);
}

async function cancel(page: Page, id: string): Promise<void> {
	await page.click(
		id.startsWith('casso') || id.endsWith('onfig') ? '#node-config-dialog-cancel' : '#node-dialog-cancel',
	);
	await page.waitForSelector('.red-ui-tray', { state: 'detached' });
}

async function untilText(page: Page, selector: string, text: string): Promise<void> {
	const element = page.locator(selector);
	for (let waited = 0; (await element.textContent()) !== text; waited += 50) {
		assert.ok(waited < 10_000, `${selector} shows "${await element.textContent()}" and not "${text}"`);
		await page.waitForTimeout(50);
	}
}

async function testWith(page: Page, fields: Record<string, string>, text: string): Promise<void> {
	for (const [name, value] of Object.entries(fields)) await page.fill(`#node-config-input-${name}`, value);
	await page.click('#saoke-test');
	await untilText(page, '#saoke-test-message', text);
}

for (const line of LINES) {
	void describe(`Node-RED ${line}, in Vietnamese`, () => {
		let host: TestHost;
		let page: Page;

		before(async () => {
			host = await startTestHost(line, { settingsCode: STORES });
			await host.api.deploy(flows());
			page = await openEditor(host);
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

		test('the list of accounts loads itself, and a failure is told in Vietnamese', async () => {
			await open(page, 'list');
			await page.selectOption('#node-input-accountScope', 'one');
			await untilText(page, '#saoke-account-message', readText('common.loaded', { number: '4' }));
			await picture(page, `node-red-${line}-vi-accounts-loaded`);
			await cancel(page, 'list');
			sandbox.casso.faults.add({ kind: 'httpError', status: 500, count: 9 });
			await open(page, 'list');
			await page.selectOption('#node-input-accountScope', 'one');
			await untilText(page, '#saoke-account-message', readText('failure.serviceDown', { service: 'Casso' }));
			sandbox.casso.faults.clear();
			await cancel(page, 'list');
		});

		test('the test of a Casso connection names each mistake in Vietnamese', async () => {
			await open(page, 'casso');
			await testWith(page, {}, readText('common.connected', { number: '4' }));
			const { origin } = new URL(sandbox.cassoUrl);
			const key = sandbox.apiKey;
			const wrongPlace = readText('failure.Casso.notFound');
			await testWith(page, { baseUrl: origin }, readText('failure.deployFirst'));
			await testWith(page, { baseUrl: origin, apiKey: key }, wrongPlace);
			await testWith(page, { baseUrl: `${origin}/other` }, wrongPlace);
			await testWith(page, { baseUrl: `${sandbox.cassoUrl}/v2` }, readText('failure.baseUrl'));
			await testWith(page, { baseUrl: `${sandbox.cassoUrl}/v2/` }, readText('failure.baseUrl'));
			await testWith(page, { baseUrl: 'http://casso.example.com' }, readText('failure.baseUrl'));
			await testWith(page, { baseUrl: sandbox.cassoUrl, apiKey: '' }, readText('failure.apiKey'));
			await testWith(page, { apiKey: 'sai' }, readText('failure.unauthorized', { service: 'Casso' }));
			await testWith(page, { apiKey: 'khóa sai' }, readText('failure.apiKey'));
			await testWith(page, { baseUrl: 'http://127.0.0.1:9', apiKey: key }, readText('failure.noAnswer'));
			await cancel(page, 'casso');
		});

		test('the check of a service says what needs attention, and the rest on demand', async () => {
			await open(page, 'casso');
			await page.click('#saoke-check');
			await page.waitForSelector('#saoke-report details', { timeout: 90_000 });
			const total = await page.locator('#saoke-report p').count();
			assert.ok(total > 5, `${total} points`);
			assert.match(
				String(await page.textContent('#saoke-report summary')),
				new RegExp(readText('common.checkDetails').slice(0, 9)),
			);
			await page.click('#saoke-report summary');
			const shown = await page.locator('#saoke-report p').allTextContents();
			assert.deepEqual(
				shown.filter((text) => /\b(the|of|whether|is|are)\b/.test(text)),
				[],
				'English in a Vietnamese report',
			);
			await picture(page, `node-red-${line}-vi-service-checked`);
			await page.fill('#node-config-input-apiKey', 'sai');
			await page.click('#saoke-check');
			await page.waitForSelector('#saoke-report details', { timeout: 90_000 });
			assert.match(
				String(await page.locator('#saoke-report > p').first().textContent()),
				new RegExp(readText('verdict.attention')),
			);
			assert.doesNotMatch(String(await page.textContent('#saoke-report')), new RegExp(sandbox.apiKey));
			await cancel(page, 'casso');
		});

		test('the test of a connection whose key comes from an unset variable names the variable', async () => {
			await open(page, 'cassoUnset');
			await testWith(page, {}, readText('failure.unset', { source: '${SAOKE_TEST_NOPE}' }));
			await cancel(page, 'cassoUnset');
		});

		test('the test of a Simplize connection', async () => {
			await open(page, 'simplizeConfig');
			await testWith(page, {}, readText('simplize-config.connected'));
			await testWith(page, { apiSecret: 'sai' }, readText('failure.deployFirst'));
			const keys = { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret };
			await testWith(page, { ...keys, apiSecret: 'sai' }, readText('failure.Simplize.unauthorized'));
			await testWith(page, { ...keys, apiSecret: '' }, readText('failure.apiSecret'));
			await testWith(page, { ...keys, recvWindow: '0' }, readText('failure.recvWindow'));
			await testWith(page, { ...keys, recvWindow: '5000' }, readText('simplize-config.connected'));
			await picture(page, `node-red-${line}-vi-simplize-tested`);
			assert.doesNotMatch(
				String(await page.getAttribute('#node-config-input-baseUrl', 'placeholder')),
				/127\.0\.0\.1|localhost/,
			);
			await cancel(page, 'simplizeConfig');
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
