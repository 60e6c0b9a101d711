/** The recipe "Month's end", run in a real n8n: its mail, its two Excel files and its chart. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { PNG } from 'pngjs';
import { startSandbox, type Sandbox, type SandboxTransaction } from '@saoke/sandbox';
import { N8N_DIR } from '../../hosts/n8n';
import type { N8nNode } from '../../hosts/n8nApi';
import { PICTURES } from './harness/browser';
import { startGoogleSheets, type GoogleSheets } from './harness/googleSheets/googleSheets';
import { startMailServer, type Mail, type MailServer } from './harness/mailServer';
import { installRecipeNodes, MAIL_NODE } from './harness/nodeRedRecipes';
import {
	importRecipe,
	RECIPE_PACKAGES,
	removeWorkflows,
	runRecipe,
	setFields,
	storeCredentials,
} from './harness/recipes';
import { startScratch, type Scratch } from './harness/scratchN8n';

const FILE = '10-month-end-report.json';
const NAME = '<img src=x> & CO';

/** What of the library is used, which n8n has and which comes without types here. */
interface Xlsx {
	read: (file: Buffer) => { SheetNames: string[]; Sheets: Record<string, unknown> };
	utils: { sheet_to_json: (sheet: unknown) => Record<string, unknown>[] };
}

let google: GoogleSheets;
let mail: MailServer;
let scratch: Scratch;
let empty: Sandbox;

before(async () => {
	await installRecipeNodes();
	mail = await startMailServer(MAIL_NODE);
	google = await startGoogleSheets();
	empty = await startSandbox({ transactions: 0 });
	scratch = await startScratch({
		env: google.env,
		packages: RECIPE_PACKAGES,
		sandbox: { accounts: 3, transactions: 900, historyDays: 75 },
	});
	const month = lastMonth();
	scratch.sandbox.casso.addTransactions([
		{ amount: 700_000, memo: 'DH77 lan 1', time: `${month}-03 08:00:00`, silent: true, counterparty: { name: NAME } },
		{ amount: 50_000, memo: '=1+1 DH77', time: `${month}-04 08:00:00`, silent: true, counterparty: { name: NAME } },
	]);
});

after(async () => {
	await scratch?.close();
	await empty?.close();
	await google?.close();
	await mail?.close();
});

beforeEach(() => {
	mail.mails.length = 0;
	google.messages.length = 0;
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

/** `2026-10`, in Vietnam. */
function lastMonth(): string {
	const today = new Date(Date.now() + 7 * 3_600_000);
	return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0)).toISOString().slice(0, 7);
}

async function runReport(sandbox: Sandbox, edit: (node: N8nNode) => void = () => undefined): Promise<Mail> {
	const { api } = scratch.n8n;
	await storeCredentials(api, sandbox, google, mail.port);
	const recipe = await importRecipe(api, FILE, '', (node) => {
		setFields(node, { mailFrom: 'till@example.com', mailTo: 'owner@example.com' });
		edit(node);
	});
	await runRecipe(api, recipe, 'First of the month');
	assert.equal(mail.mails.length, 1);
	const [letter] = mail.mails as [Mail];
	// Saved to look at, with the chart inline as mail programs show it.
	const chart = letter.attachments.find(({ cid }) => cid === 'chart')?.content.toString('base64') ?? '';
	mkdirSync(PICTURES, { recursive: true });
	writeFileSync(
		path.join(PICTURES, 'month-end.html'),
		`<meta charset="utf-8">${letter.html.replace('cid:chart', `data:image/png;base64,${chart}`)}`,
	);
	return letter;
}

function readSheet({ attachments }: Mail, filename: string): Record<string, unknown>[] {
	const { read, utils } = createRequire(path.join(N8N_DIR, 'package.json'))('@e965/xlsx') as Xlsx;
	const file = attachments.find((one) => one.filename === filename);
	assert.ok(file, `no file ${filename}`);
	const book = read(file.content);
	return utils.sheet_to_json(book.Sheets[book.SheetNames[0] ?? '']);
}

function readChart({ attachments }: Mail): PNG {
	const image = attachments.find(({ cid }) => cid === 'chart');
	assert.equal(image?.contentType, 'image/png');
	return PNG.sync.read(image.content);
}

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);
const vnd = (amount: number): string => `${amount.toLocaleString('vi-VN')} ₫`;

test('a month without a transaction is reported too; Telegram gets the chart with the sum', async () => {
	const letter = await runReport(empty, (node) => {
		if (node.name === 'Send to Telegram') delete node.disabled;
	});
	assert.match(letter.html, /0 giao dịch, vào 0 ₫, ra 0 ₫/);
	assert.equal(readChart(letter).width, 760);
	const [photo] = google.messages;
	assert.equal(photo?.path, '/bot***/sendPhoto');
	assert.match(String(photo.body), /Sao kê tháng \d\d\/\d{4}: 0 giao dịch/);
	assert.match(String(photo.body), /filename="so-du\.png"/);
});

test('last month by mail: every transaction, totals by day, counterparty and code that add up, and the chart', async () => {
	const { data } = scratch.sandbox.casso;
	const month = lastMonth();
	const start = Date.parse(`${month}-01T00:00:00+07:00`);
	const end = new Date(start + 7 * 3_600_000);
	const until = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 1) - 7 * 3_600_000;
	const found = data.transactions.range(null, start, until);
	const expected: SandboxTransaction[] = found.list.slice(found.start, found.end);
	const letter = await runReport(scratch.sandbox);

	const rows = readSheet(letter, 'giao-dich.xlsx');
	assert.deepEqual(rows.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort());
	assert.ok(rows.length > 100);
	assert.ok(rows.every(({ accountNumber, amount }) => typeof accountNumber === 'string' && typeof amount === 'number'));
	assert.ok(
		rows.some(({ description }) => String(description).includes('=1+1')),
		'a memo was changed',
	);

	const totals = readSheet(letter, 'tong-cong.xlsx');
	const moneyIn = sum(expected.map(({ amount }) => Math.max(amount, 0)));
	const moneyOut = sum(expected.map(({ amount }) => Math.max(-amount, 0)));
	for (const by of ['Cả tháng', 'Ngày', 'Người chuyển, nhận']) {
		const own = totals.filter((row) => row.by === by);
		assert.deepEqual(
			[
				sum(own.map(({ count }) => Number(count))),
				sum(own.map((row) => Number(row.moneyIn))),
				sum(own.map((row) => Number(row.moneyOut))),
			],
			[expected.length, moneyIn, moneyOut],
			by,
		);
	}
	const code = totals.find(({ by, key }) => by === 'Mã thanh toán' && key === 'DH77');
	assert.deepEqual([code?.count, code?.moneyIn, code?.moneyOut], [2, 750_000, 0]);
	const payer = totals.find(({ key }) => key === NAME);
	assert.deepEqual([payer?.count, payer?.moneyIn], [2, 750_000]);

	const title = month.split('-').reverse().join('/');
	assert.deepEqual([letter.to, letter.subject], ['owner@example.com', `Sao kê tháng ${title}`]);
	assert.ok(letter.html.includes(`${expected.length} giao dịch, vào ${vnd(moneyIn)}, ra ${vnd(moneyOut)}`));
	assert.doesNotMatch(letter.html, /<img src=x>/, 'a payer wrote HTML into the mail');
	const { width, height, data: pixels } = readChart(letter);
	assert.deepEqual([width, height], [760, 320]);
	assert.ok(
		new Set(new Uint32Array(pixels.buffer.slice(pixels.byteOffset, pixels.byteOffset + pixels.length))).size === 4,
	);
});
