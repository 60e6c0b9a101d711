/** The recipe "month's end", as it is published, in a real Node-RED with node-red-node-email. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import { startMailServer, type Mail, type MailServer } from './harness/mailServer';
import { eventually, prepareHosts } from './harness/nodeRedHost';
import {
	filledIn,
	getId,
	installRecipeNodes,
	MAIL_NODE,
	readNodeRedRecipe,
	startRecipeHost,
	TEAM,
} from './harness/nodeRedRecipes';

const FILE = '10-month-end-report.json';
const NAME = '<img src=x> & CO';

let mail: MailServer;

before(async () => {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	mail = await startMailServer(MAIL_NODE);
});

after(async () => {
	await mail?.close();
});

beforeEach(() => {
	mail.mails.length = 0;
});

/** `2026-10`, in Vietnam. */
function lastMonth(): string {
	const today = new Date(Date.now() + 7 * 3_600_000);
	return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0)).toISOString().slice(0, 7);
}

async function report(sandbox: Sandbox): Promise<Mail> {
	const host = await startRecipeHost();
	try {
		const nodes = filledIn(readNodeRedRecipe(FILE), { sandbox, mailPort: mail.port });
		await host.api.deploy(nodes);
		await host.api.inject(getId(nodes, 'first of the month'));
		return await eventually('the mail', () => mail.mails[0], 30_000);
	} finally {
		await host.dispose();
	}
}

/** Cells of a CSV file; the texts here hold no line break. */
function readCsv({ attachments }: Mail, name: string): string[][] {
	const text = attachments.find(({ filename }) => filename === name)?.content.toString('utf8') ?? '';
	assert.equal(text.charCodeAt(0), 0xfeff, 'Excel needs the mark to read UTF-8');
	const lines = text.slice(1).split('\r\n').slice(0, -1);
	return lines.map((line) =>
		[...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"')),
	);
}

const vnd = (amount: number): string => `${amount.toLocaleString('vi-VN')} ₫`;

test('last month by mail: every transaction, totals that add up, and nothing of a payer runs in mail or spreadsheet', async () => {
	const sandbox = await startSandbox({ accounts: 3, transactions: 900, historyDays: 75 });
	try {
		const month = lastMonth();
		sandbox.casso.addTransactions([
			{ amount: 700_000, memo: 'DH77 lan 1', time: `${month}-03 08:00:00`, silent: true, counterparty: { name: NAME } },
			{ amount: 50_000, memo: '=1+1 DH77', time: `${month}-04 08:00:00`, silent: true, counterparty: { name: NAME } },
		]);
		const start = Date.parse(`${month}-01T00:00:00+07:00`);
		const next = new Date(start + 7 * 3_600_000);
		const end = Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 1) - 7 * 3_600_000;
		const found = sandbox.casso.data.transactions.range(null, start, end);
		const expected = found.list.slice(found.start, found.end);
		const letter = await report(sandbox);

		const [header = [], ...rows] = readCsv(letter, `giao-dich-${month}.csv`);
		const records = rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
		assert.ok(rows.length > 100);
		assert.deepEqual(records.map(({ id }) => Number(id)).sort(), expected.map(({ id }) => id).sort());
		assert.ok(
			records.every(({ accountNumber }) => /^="\d+"$/.test(accountNumber ?? '')),
			'zeros of account numbers stay',
		);
		assert.ok(
			records.some(({ description }) => description?.startsWith("'=1+1")),
			'no formula',
		);

		const sums = { in: 0, out: 0 };
		for (const { amount } of expected) sums[amount > 0 ? 'in' : 'out'] += Math.abs(amount);
		assert.equal(letter.to, TEAM);
		assert.ok(
			letter.html.includes(`${expected.length} giao dịch, vào ${vnd(sums.in)}, ra ${vnd(sums.out)}`),
			letter.subject,
		);
		assert.doesNotMatch(letter.html, /<img/);

		const [, ...totals] = readCsv(letter, `tong-hop-${month}.csv`);
		for (const by of ['day', 'counterparty']) {
			const own = totals.filter(([kind]) => kind === by);
			const add = (at: number): number => own.reduce((total, row) => total + Number(row[at]), 0);
			assert.deepEqual([add(2), add(3), add(4)], [expected.length, sums.in, sums.out], by);
		}
		assert.deepEqual(
			totals.find(([by, name]) => by === 'paymentCode' && name === 'DH77'),
			['paymentCode', 'DH77', '2', '750000', '0'],
		);
	} finally {
		await sandbox.close();
	}
});

test('a month without a transaction is reported too', async () => {
	const sandbox = await startSandbox({ transactions: 0 });
	try {
		const letter = await report(sandbox);
		assert.match(letter.subject, /^Sao kê tháng \d\d\/\d{4}: 0 giao dịch, vào 0 ₫, ra 0 ₫$/);
		assert.equal(readCsv(letter, `giao-dich-${lastMonth()}.csv`).length, 1);
	} finally {
		await sandbox.close();
	}
});
