/** The Node-RED package in Node-RED's editor: an example flow with what came through it, and a dialog in Vietnamese. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../hosts/ports';
import { Progress } from '../../hosts/progress';
import { packPackages } from '../../hosts/tarball';
import { deployExamples } from '../../demo/nodeRed/exampleFlows';
import { installNodeRed, startNodeRed, type RunningNodeRed } from '../../hosts/nodeRed';
import { openBrowser } from '../../test/e2e/harness/browser';
import { save } from './save';

const SIZE = { width: 1360, height: 760 };
const secrets = { securityKey: 'k'.repeat(64) };

/** What the editor's own script offers. */
interface Editor {
	RED: {
		nodes: { node: (id: string) => unknown; filterNodes: (filter: { type: string }) => { id: string }[] };
		editor: { edit: (node: unknown) => void };
		actions: { invoke: (name: string) => void };
	};
}

export async function nodeRed(): Promise<void> {
	packPackages();
	await installNodeRed(5, new Progress());
	const userDir = mkdtempSync(path.join(tmpdir(), 'saoke-pictures-'));
	const sandbox = await startSandbox({ transactions: 60 });
	const host = await startNodeRed({ line: 5, port: await freePort(), userDir });
	const browser = await openBrowser();
	try {
		await takePictures(host, sandbox, browser);
	} finally {
		await browser.close();
		await host.stop();
		await sandbox.close();
		rmSync(userDir, { recursive: true, force: true });
	}
}

async function takePictures(host: RunningNodeRed, sandbox: Sandbox, browser: Browser): Promise<void> {
	const { webhookPath } = await deployExamples(host, sandbox, secrets);
	const page = await openEditor(host, browser, 'en-US');
	await page.evaluate(() => (globalThis as unknown as Editor).RED.actions.invoke('core:show-debug-tab'));
	await sandbox.casso.webhooks.createByDashboard({
		url: host.url + webhookPath,
		dialect: 'v2',
		secret: secrets.securityKey,
		requireTestCall: true,
	});
	sandbox.casso.addTransaction({ amount: 1_250_000, memo: 'NGUYEN VAN A chuyen tien DH1024' });
	await page.locator('.red-ui-debug-msg').first().waitFor();
	await page.locator('.red-ui-debug-msg .red-ui-debug-msg-object-handle').first().click();
	await page.locator('#red-ui-palette-container-Saoke').scrollIntoViewIfNeeded();
	await page
		.locator('#red-ui-workspace-chart')
		.evaluate((chart) => (chart as unknown as { scrollTo: (x: number, y: number) => void }).scrollTo(0, 0));
	// A message that the pointer rests on has its node marked.
	await page.mouse.move(640, 600);
	await save(page, 'node-red');
	await page.close();
	await pictureOfDialog(await openEditor(host, browser, 'vi-VN'));
}

async function openEditor(host: RunningNodeRed, browser: Browser, locale: string): Promise<Page> {
	const page = await browser.newPage({ locale, viewport: SIZE });
	page.setDefaultTimeout(30_000);
	await page.goto(host.url);
	await page.waitForFunction(
		() =>
			((globalThis as unknown as Partial<Editor>).RED?.nodes?.filterNodes({ type: 'casso-webhook' }).length ?? 0) > 0,
	);
	await page.locator('.red-ui-loading-screen, #red-ui-loading-progress').first().waitFor({ state: 'hidden' });
	return page;
}

async function pictureOfDialog(page: Page): Promise<void> {
	await page.evaluate(() => {
		const { RED } = globalThis as unknown as Editor;
		RED.editor.edit(RED.nodes.node(RED.nodes.filterNodes({ type: 'casso-webhook' })[0]?.id ?? ''));
	});
	await page.locator('#node-input-path').waitFor();
	// The tray slides in.
	await page.waitForTimeout(700);
	await save(page, 'node-red-vi');
}
