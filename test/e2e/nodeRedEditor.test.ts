/** The editor of a real Node-RED, in English and Vietnamese: every dialog opens, is labelled, and keeps values. */
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
import { closeDialog, editorFlows, LABELS, openDialog, openEditor, type EditorWindow } from './harness/nodeRedEditor';
import { prepareHosts, startTestHost } from './harness/nodeRedHost';

const LINES = [5, 4] as const;
const LANGUAGES = { 'en-US': 'en-US', 'vi-VN': 'vi' } as const;
const TYPES = [
	'casso-config',
	'casso-accounts',
	'casso-transactions',
	'casso-webhook',
	'casso-poll',
	'casso-match',
	'casso-qr',
	'simplize-config',
	'simplize',
];

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
				await host.api.deploy(editorFlows(sandbox));
				const before = await host.api.flows();
				const page = await openEditor(browser, host, locale, errors);
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

test('fresh nodes from the palette have no false red triangle, and a new webhook has a path that nobody guesses', async () => {
	const host = await startTestHost(5);
	const errors: string[] = [];
	try {
		await host.api.deploy(editorFlows(sandbox));
		const page = await openEditor(browser, host, 'vi-VN', errors);
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
