/** The recipe "Checkout" in a real n8n, with real browsers: order, QR code, payment, and what the buyer then sees. */
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import type { TableRow } from '../../hosts/n8nApi';
import { openBrowser } from './harness/browser';
import { hasMinutes, memoOn, openShop, order, shopOrders, showsState, visitShop } from './harness/checkout';
import { removeWorkflows, waitFor, type Recipe } from './harness/recipes';
import { startScratch, type Scratch } from './harness/scratchN8n';

const WAIT_MS = 150_000;

let scratch: Scratch;
let browser: Browser;

before(async () => {
	scratch = await startScratch({ sandbox: { transactions: 5 } });
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
	await scratch?.close();
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

async function buy(product: string, customer: string): Promise<{ page: Page; code: string }> {
	const page = await visitShop(browser, scratch.n8n.url);
	await order(page, product, customer);
	return { page, code: await memoOn(page) };
}

function pay(amount: number, code: string): void {
	scratch.sandbox.casso.addTransactions([{ amount, memo: `MBVCB.3278907687.${code} tra tien.CT tu 0011004012345` }]);
}

async function orderOf(code: string): Promise<TableRow | undefined> {
	return (await shopOrders(scratch.n8n.api)).find((row) => row.code === code);
}

/** Waits until the flow of the order has come to its end. @returns the order */
async function ended(code: string): Promise<TableRow> {
	await waitFor(
		async () => Boolean((await orderOf(code))?.doneAt),
		WAIT_MS,
		() => `${code} is still waiting`,
	);
	return (await orderOf(code)) ?? {};
}

/** The four ends of the recipe that its runs came to. */
async function ends({ id }: Recipe): Promise<string[]> {
	const { results } = await scratch.n8n.api.executions(id);
	const runs = await Promise.all(results.map(async (run) => (await scratch.n8n.api.execution(run.id)).data));
	const names = ['Paid: deliver', 'Paid too much: deliver, pay back', 'Paid too little: ask the buyer', 'Expired'];
	return runs.flatMap((data) => {
		const ran = JSON.parse(data) as unknown[];
		return names.filter((name) => ran.some((part) => isRecord(part) && name in part));
	});
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** As the recipe, but the runs are kept, to look into. */
async function openShopWithRuns(edit?: Parameters<typeof openShop>[2]): Promise<Recipe> {
	const recipe = await openShop(scratch.n8n.api, scratch.sandbox, edit);
	const stored = await scratch.n8n.api.workflow(recipe.id);
	const settings = { ...stored.settings, saveDataSuccessExecution: 'all' };
	await scratch.n8n.api.call('PATCH', `/rest/workflows/${recipe.id}`, { settings, versionId: stored.versionId });
	await scratch.n8n.api.publish(recipe.id);
	return recipe;
}

test('two buyers at once: each page waits for its own payment; in parts, too much, repeated', async () => {
	const recipe = await openShopWithRuns();
	const [an, binh] = await Promise.all([buy('Áo thun', 'An <b>'), buy('Áo thun', 'Bình')]);
	assert.match(an.code, /^DH\d{6}$/);
	assert.notEqual(an.code, binh.code);
	const image = await an.page.locator('img').getAttribute('src');
	const { data, width, height } = PNG.sync.read(Buffer.from(image?.split(',')[1] ?? '', 'base64'));
	assert.match(jsQR(new Uint8ClampedArray(data), width, height)?.data ?? '', new RegExp(`150000.*${an.code}`));

	scratch.sandbox.casso.webhooks.faults.add({ kind: 'parallel', copies: 2, count: 1 });
	pay(100_000, an.code);
	await showsState(an.page, 'underpaid');
	assert.match((await an.page.textContent('body')) ?? '', /Còn thiếu 50.000 ₫/);
	pay(170_000, binh.code);
	await showsState(binh.page, 'overpaid');
	assert.match((await binh.page.textContent('h1')) ?? '', /thừa 20.000 ₫/);
	await an.page.reload();
	await showsState(an.page, 'underpaid');
	pay(50_000, an.code);
	await showsState(an.page, 'paid');

	const [first, second] = [await ended(an.code), await ended(binh.code)];
	assert.deepEqual([first.status, first.settled, first.difference, first.customer], ['paid', true, 0, 'An <b>']);
	assert.deepEqual([second.status, second.settled, second.difference], ['overpaid', true, 20_000]);
	await waitFor(
		async () => (await ends(recipe)).length === 2,
		WAIT_MS,
		() => 'the flows did not end',
	);
	assert.deepEqual((await ends(recipe)).sort(), ['Paid too much: deliver, pay back', 'Paid: deliver']);
});

test('n8n starts again while a buyer waits: the page and the flow go on where they were', async () => {
	const recipe = await openShopWithRuns();
	const { page, code } = await buy('Cà phê', 'Hoa');
	await scratch.restart();
	await page.reload();
	await showsState(page, 'waiting');
	assert.equal(await memoOn(page), code);
	pay(90_000, code);
	await showsState(page, 'paid');
	assert.equal((await ended(code)).status, 'paid');
	await waitFor(
		async () => (await ends(recipe)).includes('Paid: deliver'),
		WAIT_MS,
		() => 'the flow did not go on',
	);
});

test('no payment in time: the page says so, the flow ends as expired, and late money is not counted', async () => {
	const recipe = await openShopWithRuns(hasMinutes(0.05));
	const page = await visitShop(browser, scratch.n8n.url);
	await order(page, 'Cà phê', 'Lan');
	await showsState(page, 'expired');
	// Not from the page: an order that has expired shows no memo, however early it is read.
	const code = String((await shopOrders(scratch.n8n.api)).find(({ customer }) => customer === 'Lan')?.code);
	const row = await ended(code);
	assert.deepEqual([row.status, row.settled, row.difference], ['unpaid', false, -90_000]);
	pay(90_000, code);
	const table = await scratch.n8n.api.ensureTable('Checkout payments', []);
	const late = async (): Promise<TableRow | undefined> =>
		(await scratch.n8n.api.rows(table)).rows.find(({ description }) => String(description).includes(code));
	await waitFor(
		async () => Boolean((await late())?.reason),
		WAIT_MS,
		() => 'the late payment has no reason',
	);
	assert.equal((await late())?.reason, 'expired');
	await page.reload();
	await showsState(page, 'expired');
	assert.deepEqual(await ends(recipe), ['Expired']);
});

test('strangers: what the shop does not sell makes no order, and calling flows that wait wakes none', async () => {
	const recipe = await openShopWithRuns();
	const { url } = scratch.n8n;
	// n8n does not check that the choice is one of the list.
	for (const product of ['Máy bay', '', 'toString', '__proto__', 'Áo thun']) {
		const body = new FormData();
		body.set('field-0', product);
		body.set('field-1', `A stranger's ${product}`);
		await fetch(`${url}/form/order`, { method: 'POST', body });
	}
	const { page, code } = await buy('Cà phê', 'Hoa');
	const run = Number(code.slice(2));
	for (const place of ['webhook-waiting', 'form-waiting']) await fetch(`${url}/${place}/${run}`);
	pay(90_000, code);
	await showsState(page, 'paid');
	assert.equal((await ended(code)).status, 'paid');
	await waitFor(
		async () => (await ends(recipe)).includes('Paid: deliver'),
		WAIT_MS,
		() => 'the flow did not go on',
	);
	const customers = (await shopOrders(scratch.n8n.api)).map(({ customer }) => customer);
	const strangers = customers.filter((customer) => String(customer).startsWith('A stranger'));
	assert.deepEqual(strangers, ["A stranger's Áo thun"]);
});

test('a page of no order is a 404 that tells nothing', async () => {
	await openShop(scratch.n8n.api, scratch.sandbox);
	for (const query of ['', '?order=none', '?order=1', '?order[]=DH000001']) {
		const answer = await fetch(`${scratch.n8n.url}/webhook/checkout${query}`);
		assert.equal(answer.status, 404);
		assert.match(await answer.text(), /Không có đơn này/);
	}
});
