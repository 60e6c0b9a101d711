/** The first hour in the editor of a real Node-RED, in Vietnamese: flows, dialogs and the texts that they show. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import type { FlowNode } from '../../../hosts/nodeRedApi';
import { ROOT } from '../../../hosts/paths';
import { tab, type TestHost } from './nodeRedHost';

export const STORES =
	"settings.contextStorage = { default: { module: 'memory' }, memory: { module: 'memory' }, disk: { module: 'localfilesystem' } };";

interface JQuery {
	typedInput(name: string, value?: string): string;
	val(value: string): JQuery;
	trigger(name: string): JQuery;
}

export interface EditorWindow {
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

export function firstFlows(sandbox: Sandbox): FlowNode[] {
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
export function readText(key: string, marks: Record<string, string> = {}): string {
	const file = path.join(ROOT, 'packages', 'node-red-saoke', 'dist', 'locales', 'vi', 'saoke.json');
	let value: unknown = JSON.parse(readFileSync(file, 'utf8'));
	for (const part of key.split('.')) value = (value as Record<string, unknown>)[part];
	return Object.entries(marks).reduce((text, [mark, with_]) => text.replaceAll(`__${mark}__`, with_), String(value));
}

export async function openEditor(browser: Browser, host: TestHost): Promise<Page> {
	const page = await browser.newPage({ locale: 'vi-VN', viewport: { width: 1400, height: 1200 } });
	await page.goto(host.url);
	await page.waitForFunction(() => Boolean((globalThis as unknown as EditorWindow).RED?.nodes?.node('simplize')));
	return page;
}

export async function open(page: Page, id: string): Promise<void> {
	await page.evaluate((wanted) => {
		const { RED } = globalThis as unknown as EditorWindow;
		if (wanted.endsWith('onfig') || wanted.startsWith('casso'))
			RED.editor.editConfig('', wanted.startsWith('casso') ? 'casso-config' : 'simplize-config', wanted);
		else RED.editor.edit(RED.nodes.node(wanted));
	}, id);
	await page.waitForSelector('.red-ui-tray .saoke-form', { state: 'visible' });
	await page.waitForTimeout(500);
}

export async function cancel(page: Page, id: string): Promise<void> {
	await page.click(
		id.startsWith('casso') || id.endsWith('onfig') ? '#node-config-dialog-cancel' : '#node-dialog-cancel',
	);
	await page.waitForSelector('.red-ui-tray', { state: 'detached' });
}

export async function untilText(page: Page, selector: string, text: string): Promise<void> {
	const element = page.locator(selector);
	for (let waited = 0; (await element.textContent()) !== text; waited += 50) {
		assert.ok(waited < 10_000, `${selector} shows "${await element.textContent()}" and not "${text}"`);
		await page.waitForTimeout(50);
	}
}

export async function testWith(page: Page, fields: Record<string, string>, text: string): Promise<void> {
	for (const [name, value] of Object.entries(fields)) await page.fill(`#node-config-input-${name}`, value);
	await page.click('#saoke-test');
	await untilText(page, '#saoke-test-message', text);
}
