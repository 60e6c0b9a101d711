/** The recipe "Orders without a code" beside "Order paid", in a real n8n: a person's answer settles the order in the sheet. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startGoogleSheets, type GoogleSheets } from './harness/googleSheets/googleSheets';
import {
	importRecipe,
	newSpreadsheetId,
	RECIPE_PACKAGES,
	runRecipe,
	storeCredentials,
	waitFor,
	type Recipe,
} from './harness/recipes';
import { startScratch, type Scratch } from './harness/scratchN8n';

const WAIT_MS = 60_000;
/** n8n takes no answer from what calls itself a program: messengers look at links too. */
const PHONE = {
	'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
};

let google: GoogleSheets;
let scratch: Scratch;

before(async () => {
	google = await startGoogleSheets();
	scratch = await startScratch({
		env: google.env,
		packages: RECIPE_PACKAGES,
		sandbox: { transactions: 20, deliveries: { deadlineMs: WAIT_MS } },
	});
	await storeCredentials(scratch.n8n.api, scratch.sandbox, google);
});

after(async () => {
	await scratch?.close();
	await google?.close();
});

interface Question {
	text: string;
	yes: string;
	no: string;
}

/** Lets the recipe ask, as its schedule would. */
async function ask({ id }: Recipe): Promise<Question> {
	google.messages.length = 0;
	const { api } = scratch.n8n;
	const executionId = await api.runWorkflow(id, 'Every minute');
	// The message is sent before n8n has stored that the run waits, and only then is an answer accepted.
	await waitFor(
		async () => google.messages.length === 1 && (await api.execution(executionId)).status === 'waiting',
		WAIT_MS,
		() => 'nothing was asked',
	);
	const { text, reply_markup } = google.messages[0]?.body as {
		text: string;
		reply_markup: { inline_keyboard: { url: string }[][] };
	};
	const links = reply_markup.inline_keyboard.flat().map(({ url }) => url);
	const link = (approved: boolean): string => links.find((url) => url.includes(`approved=${approved}`)) ?? '';
	return { text, yes: link(true), no: link(false) };
}

async function paymentOf(amount: number): Promise<Record<string, unknown> | undefined> {
	const { api } = scratch.n8n;
	return (await api.rows(await api.ensureTable('Casso payments', []))).rows.find((row) => row.amount === amount);
}

async function answer(link: string, amount: number, reason: RegExp): Promise<void> {
	assert.equal((await fetch(link, { headers: PHONE })).status, 200);
	await waitFor(
		async () => reason.test(String((await paymentOf(amount))?.reason)),
		WAIT_MS,
		() => 'the answer changed nothing',
	);
}

test('yes settles the order in the sheet; no asks about the next one; nothing is asked twice', async () => {
	const { api } = scratch.n8n;
	const spreadsheet = google.api.addSpreadsheet(newSpreadsheetId());
	spreadsheet.addSheet('Orders');
	const orders = [
		['code', 'amount'],
		['DH1001', 500_000],
		['DH1002', 500_000],
		['DH1003', 300_000],
	];
	spreadsheet.update([{ range: 'Orders!A1:B4', values: orders }], 'RAW');
	const orderPaid = await importRecipe(api, '3-order-paid.json', spreadsheet.id);
	await runRecipe(api, orderPaid, 'Once: make the table');
	await api.publish(orderPaid.id);
	scratch.sandbox.casso.addTransactions([
		{ amount: 500_000, memo: 'LE_VAN *BINH* chuyen tien' },
		{ amount: 123, memo: 'an trua' },
	]);
	await waitFor(
		async () => Boolean((await paymentOf(500_000)) && (await paymentOf(123))),
		WAIT_MS,
		() => 'the payments did not arrive',
	);
	await api.unpublish(orderPaid.id);
	await runRecipe(api, orderPaid, 'Every minute');

	const recipe = await importRecipe(api, '9-orders-without-a-code.json', spreadsheet.id);
	const first = await ask(recipe);
	assert.match(first.text, /^500\.000 ₫\n[^]*LE\\_VAN \\\*BINH\\\*[^]*order DH1001\?$/);
	assert.match(String((await paymentOf(500_000))?.reason), /^asked: perhaps DH1001, DH1002$/);
	// While the question is open, the next runs neither ask again nor count the payment.
	await runRecipe(api, recipe, 'Every minute');
	await runRecipe(api, orderPaid, 'Every minute');
	assert.equal(google.messages.length, 1);
	await answer(first.no, 500_000, /^noCode: perhaps DH1002$/);

	const second = await ask(recipe);
	assert.match(second.text, /order DH1002\?$/);
	await answer(second.yes, 500_000, /^confirmed: DH1002, memo: .*LE_VAN/);
	// A second press is shown to be too late, and changes nothing.
	await waitFor(
		async () => /no action required/i.test(await (await fetch(second.no, { headers: PHONE })).text()),
		WAIT_MS,
		() => 'a second press was not refused',
	);
	await runRecipe(api, orderPaid, 'Every minute');
	const [header = [], ...rows] = spreadsheet.rows('Orders');
	const status = header.indexOf('status');
	assert.deepEqual(
		rows.map((row) => row[status] ?? ''),
		['', 'paid', ''],
	);
	assert.deepEqual(
		google.messages.slice(1).map(({ body }) => (body as { text: string }).text),
		['DH1002: paid'],
	);
});
