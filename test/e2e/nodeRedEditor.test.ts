/** The editor of a real Node-RED, in English and Vietnamese: every dialog opens, is labelled, checks, and keeps values. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import { ROOT } from '../../hosts/paths';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { openBrowser, picture } from './harness/browser';
import { prepareHosts, startTestHost, tab, type TestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const LANGUAGES = { 'en-US': 'en-US', 'vi-VN': 'vi' } as const;
const TYPES = [
	'casso-config',
	'casso-accounts',
	'casso-transactions',
	'casso-webhook',
	'casso-poll',
	'casso-match',
	'simplize-config',
	'simplize',
];

/** A field of each dialog with the key of its label. */
const LABELS: Record<string, [field: string, key: string]> = {
	'casso-config': ['node-config-input-authentication', 'casso-config.label.authentication'],
	'casso-accounts': ['node-input-operation', 'common.operation'],
	'casso-transactions': ['node-input-accountScope', 'casso-transactions.label.accountScope'],
	'casso-webhook': ['node-input-dialects', 'casso-webhook.label.dialects'],
	'casso-poll': ['node-input-interval', 'casso-poll.label.interval'],
	'casso-match': ['node-input-tolerance', 'casso-match.label.tolerance'],
	'simplize-config': ['node-config-input-signaturePayload', 'simplize-config.label.signaturePayload'],
	simplize: ['node-input-operation', 'common.operation'],
};

interface Styled {
	classList: { contains: (name: string) => boolean };
}

interface EditorNode {
	id: string;
	valid?: boolean;
	[property: string]: unknown;
}

/** What the page's own script offers. */
interface EditorWindow {
	document: { querySelector: (query: string) => { textContent: string | null; scrollIntoView: () => void } | null };
	RED: {
		nodes: {
			getType: (type: string) => unknown;
			node: (id: string) => EditorNode | null;
			createExportableNodeSet: (nodes: EditorNode[], options?: Record<string, unknown>) => unknown[];
			createCompleteNodeSet: (options?: Record<string, unknown>) => unknown[];
			eachNode: (callback: (node: EditorNode) => void) => void;
		};
		editor: { edit: (node: EditorNode | null) => void; editConfig: (name: string, type: string, id: string) => void };
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
			name: '',
			authentication: 'apiKey',
			baseUrl: sandbox.cassoUrl,
			configVersion: 1,
			credentials: { apiKey: sandbox.apiKey },
		},
		{
			id: 'simplizeConfig',
			type: 'simplize-config',
			name: '',
			baseUrl: sandbox.simplizeUrl,
			recvWindow: '5000',
			signaturePayload: 'query+body',
			signatureEncoding: 'hex',
			configVersion: 1,
			credentials: { apiKey: sandbox.simplize.apiKey, apiSecret: sandbox.simplize.apiSecret },
		},
		{
			id: 'accounts',
			type: 'casso-accounts',
			z: 'tab',
			casso: 'casso',
			operation: 'get',
			account: '',
			accountType: 'list',
			output: 'selected',
			fields: 'id,balance',
			delivery: 'array',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'transactions',
			type: 'casso-transactions',
			z: 'tab',
			casso: 'casso',
			operation: 'getAll',
			accountScope: 'one',
			account: '16608',
			accountType: 'list',
			accountLabel: 'Saved label',
			transactionId: 'payload',
			transactionIdType: 'msg',
			period: 'custom',
			fromDate: '1',
			fromDateType: 'daysAgo',
			toDate: '0',
			toDateType: 'daysAgo',
			sort: 'ASC',
			limit: '',
			direction: 'in',
			minAmount: '',
			minAmountType: 'num',
			maxAmount: '',
			maxAmountType: 'num',
			description: 'DH*',
			descriptionType: 'str',
			accountNumbers: '',
			accountNumbersType: 'str',
			output: 'simplified',
			fields: 'amount',
			paymentCode: 'DH-????',
			delivery: 'page',
			page: '',
			pageSize: '',
			parallel: '',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'webhook',
			type: 'casso-webhook',
			z: 'tab',
			path: '/casso/orders',
			dialects: 'both',
			direction: 'any',
			accountNumbers: '',
			replayWindow: '',
			output: 'simplified',
			paymentCode: '${PREFIX}',
			secondOutput: true,
			outputs: 2,
			register: true,
			casso: 'casso',
			publicUrl: 'https://till.example.com',
			credentials: { securityKey: 'k'.repeat(64) },
			wires: [[], []],
		},
		{
			id: 'poll',
			type: 'casso-poll',
			z: 'tab',
			casso: 'casso',
			interval: '60',
			sync: false,
			backlogDays: '',
			overlapDays: '',
			store: '',
			direction: 'any',
			minAmount: '',
			maxAmount: '',
			description: '',
			accountNumbers: '',
			output: 'simplified',
			fields: 'amount',
			delivery: 'each',
			timesEndingInZ: 'vietnam',
			wires: [[]],
		},
		{
			id: 'match',
			type: 'casso-match',
			z: 'tab',
			orders: 'orders',
			ordersType: 'flow',
			tolerance: '500',
			maxAgeDays: '',
			send: 'changed',
			wires: [[], []],
		},
		{
			id: 'simplize',
			type: 'simplize',
			z: 'tab',
			simplize: 'simplizeConfig',
			operation: 'cashHistory',
			externalUserId: 'USER015',
			externalUserIdType: 'str',
			portfolioId: '862',
			portfolioIdType: 'str',
			period: 'last7Days',
			fromDate: '',
			fromDateType: 'str',
			toDate: '',
			toDateType: 'str',
			ticker: '',
			tickerType: 'str',
			transactionTypes: '',
			transactionTypesType: 'str',
			typesForm: 'auto',
			summary: false,
			output: 'simplified',
			fields: 'amount',
			delivery: 'array',
			limit: '',
			page: '',
			pageSize: '',
			wires: [[]],
		},
	];
}

const IDS: Record<string, string> = {
	'casso-config': 'casso',
	'casso-accounts': 'accounts',
	'casso-transactions': 'transactions',
	'casso-webhook': 'webhook',
	'casso-poll': 'poll',
	'casso-match': 'match',
	'simplize-config': 'simplizeConfig',
	simplize: 'simplize',
};

async function openEditor(host: TestHost, locale: string, errors: string[]): Promise<Page> {
	const page = await browser.newPage({ locale, viewport: { width: 1400, height: 1300 } });
	page.on('pageerror', (error) => errors.push(error.message));
	await page.goto(host.url);
	await page.waitForFunction(() => {
		const { RED } = globalThis as unknown as EditorWindow;
		return Boolean(RED?.nodes?.getType('simplize')) && Boolean(RED.nodes.node('simplize'));
	});
	return page;
}

async function openDialog(page: Page, type: string): Promise<void> {
	await page.evaluate(
		([nodeType, id]) => {
			const { RED } = globalThis as unknown as EditorWindow;
			if (nodeType.endsWith('-config')) RED.editor.editConfig('', nodeType, id);
			else RED.editor.edit(RED.nodes.node(id));
		},
		[type, IDS[type] ?? ''] as const,
	);
	const [field] = LABELS[type] ?? [''];
	await page.waitForSelector(`#${field}`, { state: 'visible' });
	// The tray slides in.
	await page.waitForTimeout(500);
}

async function closeDialog(page: Page, type: string): Promise<void> {
	await page.click(type.endsWith('-config') ? '#node-config-dialog-ok' : '#node-dialog-ok');
	await page.waitForSelector('.red-ui-tray', { state: 'detached' });
}

function readText(language: string, key: string): string {
	const file = path.join(ROOT, 'packages', 'node-red-saoke', 'dist', 'locales', language, 'saoke.json');
	let value: unknown = JSON.parse(readFileSync(file, 'utf8'));
	for (const part of key.split('.')) value = (value as Record<string, unknown>)[part];
	return String(value);
}

/** Labels in front of a field that take more than one line or come nearer to it than 4 px, at the width a dialog opens with. */
async function crampedLabels(page: Page): Promise<string[]> {
	return await page.evaluate(`
		[...document.querySelectorAll('.saoke-form .form-row > label:first-child')].flatMap((label) => {
			const field = [...label.parentElement.children].slice(1).find((other) => other.offsetParent);
			if (!label.offsetParent || !field) return [];
			const words = document.createRange();
			words.selectNodeContents(label);
			const { right, height } = words.getBoundingClientRect();
			const gap = Math.round(field.getBoundingClientRect().left - right);
			return gap < 4 || height > 22 ? [label.textContent.trim() + ': ' + gap + ' px, ' + Math.round(height) + ' px high'] : [];
		})
	`);
}

for (const line of LINES) {
	for (const [locale, language] of Object.entries(LANGUAGES)) {
		test(`Node-RED ${line}, ${locale}: every dialog opens, speaks the language and keeps its values`, async () => {
			const host = await startTestHost(line);
			const errors: string[] = [];
			try {
				await host.api.deploy(flows());
				const before = await host.api.flows();
				const page = await openEditor(host, locale, errors);
				await page.evaluate(() =>
					(globalThis as unknown as EditorWindow).document
						.querySelector('#red-ui-palette-container-Saoke')
						?.scrollIntoView(),
				);
				await picture(page, `node-red-${line}-${language}-palette`);
				for (const type of TYPES) {
					await openDialog(page, type);
					const [field, key] = LABELS[type] ?? ['', ''];
					assert.equal((await page.textContent(`label[for=${field}]`))?.trim(), readText(language, key), type);
					const texts = await page.locator('.saoke-form [data-i18n]').allTextContents();
					const untranslated = texts.filter((text) => /^[a-z-]+\.[a-zA-Z.]+$/.test(text));
					assert.deepEqual(untranslated, [], `${type} shows keys`);
					assert.deepEqual(await crampedLabels(page), [], type);
					await picture(page, `node-red-${line}-${language}-${type}`);
					await closeDialog(page, type);
				}
				assert.deepEqual(errors, []);
				assert.deepEqual(await unchangedIn(page, before), [], 'dialogs changed stored values');
				await page.close();
			} finally {
				await host.dispose();
			}
		});
	}
}

/** Properties that differ from what was deployed, after every dialog was opened and closed with OK. */
async function unchangedIn(page: Page, before: FlowNode[]): Promise<string[]> {
	return await page.evaluate((deployed) => {
		const { RED } = globalThis as unknown as EditorWindow;
		return deployed.flatMap((node) => {
			const now = RED.nodes.node(node.id);
			if (!now) return [];
			return Object.entries(node).flatMap(([name, value]) => {
				if (['x', 'y', 'z', 'wires', 'credentials'].includes(name)) return [];
				return JSON.stringify(now[name]) === JSON.stringify(value)
					? []
					: [`${node.id}.${name}: ${JSON.stringify(value)} → ${JSON.stringify(now[name])}`];
			});
		});
	}, before);
}

test('accounts are listed in the dialog, secrets never reach the browser, and validators speak', async () => {
	const host = await startTestHost(5);
	const errors: string[] = [];
	try {
		await host.api.deploy(flows());
		const page = await openEditor(host, 'en-US', errors);
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

test('fresh nodes from the palette have no false red triangle, and a new webhook has a path that nobody guesses', async () => {
	const host = await startTestHost(5);
	const errors: string[] = [];
	try {
		await host.api.deploy(flows());
		const page = await openEditor(host, 'vi-VN', errors);
		const invalid = await page.evaluate(() => {
			const found: string[] = [];
			(globalThis as unknown as EditorWindow).RED.nodes.eachNode((node) => {
				if (node.valid === false) found.push(node.id);
			});
			return found;
		});
		assert.deepEqual(invalid, []);
		await page.evaluate(() => {
			const { RED } = globalThis as unknown as { RED: { nodes: { import: (nodes: unknown) => void } } };
			RED.nodes.import([{ id: 'fresh', type: 'casso-webhook', z: 'tab', x: 300, y: 500, path: '', wires: [[]] }]);
		});
		await page.evaluate(() => {
			const { RED } = globalThis as unknown as EditorWindow;
			RED.editor.edit(RED.nodes.node('fresh'));
		});
		await page.waitForSelector('#node-input-path', { state: 'visible' });
		assert.match(await page.inputValue('#node-input-path'), /^\/casso\/[0-9a-f]{24}$/);
		assert.equal(
			await page.textContent('#saoke-webhook-url'),
			`${host.url}${await page.inputValue('#node-input-path')}`,
		);
		assert.deepEqual(errors, []);
		await page.close();
	} finally {
		await host.dispose();
	}
});
