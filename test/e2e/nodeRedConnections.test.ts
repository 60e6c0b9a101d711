/** Connections in the editor of a real Node-RED, in Vietnamese: their tests, the check of the service, the list of accounts. */
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
	testWith,
	untilText,
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
	});
}
