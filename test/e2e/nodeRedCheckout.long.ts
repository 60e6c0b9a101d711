/** The recipe "checkout", as it is published, in a real Node-RED with a real browser: order, code, payment, page. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { openBrowser, picture } from './harness/browser';
import { eventually, prepareHosts, type TestHost } from './harness/nodeRedHost';
import {
	connectWebhook,
	disconnectWebhooks,
	filledIn,
	firstPoll,
	installRecipeNodes,
	keptOnDisk,
	readNodeRedRecipe,
	startRecipeHost,
} from './harness/nodeRedRecipes';

const FILE = '7-checkout.json';
const WAIT_MS = 40_000;

let browser: Browser;
let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	browser = await openBrowser();
	sandbox = await startSandbox({ transactions: 5, deliveries: { deadlineMs: 60_000 } });
});

after(async () => {
	await browser?.close();
	await sandbox?.close();
});

function recipe(minutes: string): FlowNode[] {
	return filledIn(readNodeRedRecipe(FILE), { sandbox, mailPort: 0 }, (node) => {
		if (node.type === 'casso-qr') return { ...node, account: String(sandbox.casso.data.accounts[0]?.id) };
		if (node.name !== 'Settings') return node;
		const rules = (node.rules as { p: string; to: string }[]).map((rule) =>
			rule.p === 'minutes' ? { ...rule, to: minutes } : rule,
		);
		return { ...node, rules };
	});
}

async function openShop(minutes = '15'): Promise<{ host: TestHost; nodes: FlowNode[] }> {
	const host = await startRecipeHost();
	const nodes = recipe(minutes);
	await host.api.deploy(nodes);
	await firstPoll(sandbox);
	await connectWebhook(host, sandbox, '/casso/checkout');
	return { host, nodes };
}

async function buy(host: TestHost, product: string, customer: string): Promise<{ page: Page; code: string }> {
	const page = await browser.newPage({ viewport: { width: 480, height: 760 } });
	await page.goto(`${host.url}/checkout/order`);
	await page.selectOption('select', product);
	await page.fill('input', customer);
	if (customer === 'An <b>') await picture(page, 'node-red-checkout-order');
	await page.click('button');
	await showsState(page, 'waiting');
	return { page, code: (await page.textContent('tr:nth-child(5) b')) ?? '' };
}

async function showsState(page: Page, state: string): Promise<void> {
	await page.waitForSelector(`body[data-state=${state}]`, { timeout: WAIT_MS });
}

function pay(amount: number, code: string): void {
	sandbox.casso.addTransactions([{ amount, memo: `MBVCB.3278907687.${code} tra tien.CT tu 0011004012345` }]);
}

test('two buyers at once: each page waits for its own payment; in parts, too much, repeated, over a restart', async () => {
	const shop = await openShop();
	let { host } = shop;
	try {
		const [an, binh] = await Promise.all([buy(host, 'Áo thun', 'An <b>'), buy(host, 'Áo thun', 'Bình')]);
		assert.match(an.code, /^DH\d{6}$/);
		assert.notEqual(an.code, binh.code);
		await picture(an.page, 'node-red-checkout-waiting');
		const image = await an.page.locator('img').getAttribute('src');
		const { data, width, height } = PNG.sync.read(Buffer.from(image?.split(',')[1] ?? '', 'base64'));
		assert.match(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '', new RegExp(`150000.*${an.code}`));

		sandbox.casso.webhooks.faults.add({ kind: 'parallel', copies: 2, count: 1 });
		pay(100_000, an.code);
		await showsState(an.page, 'underpaid');
		assert.match((await an.page.textContent('body')) ?? '', /Còn thiếu 50.000 ₫/);
		pay(170_000, binh.code);
		await showsState(binh.page, 'overpaid');
		assert.match((await binh.page.textContent('h1')) ?? '', /thừa 20.000 ₫/);

		await host.stop();
		await an.page.waitForTimeout(5000);
		await showsState(an.page, 'underpaid');
		host = await host.restart();
		await an.page.goto(an.page.url().replace(/^http:\/\/[^/]+/, host.url));
		await showsState(an.page, 'underpaid');
		disconnectWebhooks(sandbox);
		await connectWebhook(host, sandbox, '/casso/checkout');
		pay(50_000, an.code);
		await showsState(an.page, 'paid');
		await picture(an.page, 'node-red-checkout-paid');
		const { orders } = keptOnDisk(host, shop.nodes) as {
			orders: Record<string, { received: unknown[]; settled: boolean }>;
		};
		assert.deepEqual([orders[an.code]?.received.length, orders[an.code]?.settled], [2, true]);
		assert.equal(orders[binh.code]?.received.length, 1);
		assert.match(host.log(), /paid: deliver/);
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
});

test('an order that is over, a product and an address that do not exist, and no account chosen', async () => {
	const { host, nodes } = await openShop('0.1');
	try {
		const { page, code } = await buy(host, 'Cà phê', 'Hoa');
		await showsState(page, 'expired');
		pay(90_000, code);
		await eventually('the late payment', () => host.log().includes('of no order, and why'), WAIT_MS);
		await page.reload();
		await showsState(page, 'expired');

		const order = async (product: string): Promise<Response> =>
			await fetch(`${host.url}/checkout/order`, {
				method: 'POST',
				body: new URLSearchParams({ product, customer: 'x', amount: '1' }),
				redirect: 'manual',
			});
		assert.equal((await order('Vàng')).status, 400);
		assert.equal((await order('__proto__')).status, 400);
		assert.equal((await order('Cà phê')).status, 303);
		assert.equal((await fetch(`${host.url}/checkout?order=none`)).status, 404);
		await host.api.deploy(nodes.map((node) => (node.type === 'casso-qr' ? { ...node, account: '' } : node)));
		await eventually('a buyer is told to come back', async () => (await order('Cà phê')).status === 503, WAIT_MS);
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
});
