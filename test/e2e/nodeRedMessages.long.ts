/** The recipe "money arrived (Telegram)", as it is published, in a real Node-RED with node-red-contrib-telegrambot. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { packPackages } from '../../hosts/tarball';
import type { FlowNode } from '../../hosts/nodeRedApi';
import { startMailServer, type MailServer } from './harness/mailServer';
import { eventually, prepareHosts } from './harness/nodeRedHost';
import {
	connectWebhook,
	disconnectWebhooks,
	filledIn,
	firstPoll,
	installRecipeNodes,
	MAIL_NODE,
	morePolls,
	readNodeRedRecipe,
	startRecipeHost,
	TEAM,
	TELEGRAM_CHAT,
} from './harness/nodeRedRecipes';
import { startTelegram, type Telegram } from './harness/telegram';

const FILE = '6-money-arrived-to-telegram.json';
const WAIT_MS = 60_000;
const HOUR_MS = 3_600_000;

let telegram: Telegram;
let mail: MailServer;
let sandbox: Sandbox;

before(async () => {
	packPackages();
	await prepareHosts(5);
	await installRecipeNodes();
	mail = await startMailServer(MAIL_NODE);
	telegram = await startTelegram();
});

after(async () => {
	await telegram?.close();
	await mail?.close();
});

beforeEach(async () => {
	telegram.messages.length = 0;
	telegram.floods = 0;
	sandbox = await startSandbox({ transactions: 0, deliveries: { deadlineMs: WAIT_MS } });
});

afterEach(async () => {
	await sandbox.close();
});

/** Runs the recipe with these settings, connected to the sandbox by webhook and poll. */
async function withRecipe(
	fields: Record<string, unknown>,
	work: () => Promise<void>,
	edit: (nodes: FlowNode[]) => FlowNode[] = (nodes) => nodes,
): Promise<void> {
	const host = await startRecipeHost();
	try {
		const nodes = filledIn(
			edit(readNodeRedRecipe(FILE)),
			{ sandbox, mailPort: mail.port, telegramUrl: telegram.url },
			(node) => withFields(node, { quietFrom: '', quietUntil: '', ...fields }),
		);
		await host.api.deploy(nodes);
		await firstPoll(sandbox);
		await connectWebhook(host, sandbox, '/casso/telegram');
		await work();
	} finally {
		disconnectWebhooks(sandbox);
		await host.dispose();
	}
}

function withFields(node: FlowNode, fields: Record<string, unknown>): FlowNode {
	if (node.name !== 'Settings') return node;
	const rules = (node.rules as { p: string; to: unknown }[]).map((rule) => ({
		...rule,
		to: fields[rule.p] ?? rule.to,
	}));
	return { ...node, rules };
}

/** The time of day in Vietnam, the given number of hours from now. */
function clock(hours: number): string {
	return new Date(Date.now() + (7 + hours) * HOUR_MS).toISOString().slice(11, 16);
}

async function messagesCame(count: number): Promise<void> {
	await eventually(`${count} messages`, () => telegram.messages.length >= count, WAIT_MS);
}

test('a payment is one message, though webhook and poll bring it; below the least amount nobody is told', async () => {
	await withRecipe({ minimumAmount: '50000' }, async () => {
		sandbox.casso.addTransactions([
			{ amount: 49_999, memo: 'too little' },
			{
				amount: 2_500_000,
				memo: 'DH_1024 <b>*gấp*\nSố dư: 9 ₫',
				time: '2026-11-28 09:05:00',
				counterparty: { name: 'NGUYEN & CO', accountNumber: '19035678901234' },
			},
		]);
		await messagesCame(1);
		await morePolls(sandbox, 2);
		const [message] = telegram.messages;
		assert.deepEqual(
			[telegram.messages.length, message?.chat_id, message?.parse_mode, message?.disable_notification],
			[1, TELEGRAM_CHAT, undefined, 'false'],
		);
		const lines = (message?.text ?? '').split('\n');
		assert.deepEqual(lines.slice(0, 2), ['💰 +2.500.000 ₫', 'Từ: NGUYEN & CO']);
		assert.match(lines[2] ?? '', /^Nội dung: .*DH_1024 ‹b>\*gấp\* Số dư: 9 ₫/);
		assert.match(lines[3] ?? '', /^\S.* \d+, 09:05 28\/11\/2026$/);
		assert.match(lines[4] ?? '', /^Số dư: \d{1,3}(\.\d{3})* ₫$/);
		assert.equal(lines.length, 5);
	});
});

test('a burst of 50 is 50 messages; what Telegram refuses for a while is sent once', async () => {
	await withRecipe({}, async () => {
		telegram.floods = 3;
		sandbox.casso.addTransactions(Array.from({ length: 50 }, (_, index) => ({ amount: 10_000 + index })));
		await messagesCame(50);
		await morePolls(sandbox, 2);
		assert.equal(telegram.floods, 0);
		const amounts = telegram.messages.map(({ text }) => /\+([\d.]+) ₫/.exec(text ?? '')?.[1]);
		assert.deepEqual(
			amounts.sort(),
			Array.from({ length: 50 }, (_, index) => `10.0${String(index).padStart(2, '0')}`),
		);
	});
});

test('in the quiet hours, over midnight too, a message makes no sound', async () => {
	for (const [quietFrom, quietUntil, silent] of [
		[clock(-1), clock(1), true],
		[clock(-1), clock(-2), true],
		[clock(1), clock(-1), false],
	]) {
		telegram.messages.length = 0;
		await withRecipe({ quietFrom, quietUntil }, async () => {
			sandbox.casso.addTransaction({ amount: 1_000 });
			await messagesCame(1);
			assert.equal(telegram.messages[0]?.disable_notification, String(silent));
		});
	}
});

test('by e-mail: the mail node takes the place of Telegram, and no payer writes HTML into the mail', async () => {
	const byMail = (nodes: FlowNode[]): FlowNode[] => [
		...nodes.map((node) => (node.name === 'message' ? { ...node, wires: [['mail']] } : node)),
		{ id: 'mail', type: 'e-mail', z: nodes.find(({ type }) => type === 'tab')?.id, x: 800, y: 300, wires: [] },
	];
	mail.mails.length = 0;
	await withRecipe(
		{},
		async () => {
			sandbox.casso.addTransaction({ amount: 70_000, memo: '<img src=x>' });
			await eventually('mail', () => mail.mails.length > 0, WAIT_MS);
			const [letter] = mail.mails;
			assert.deepEqual([letter?.to, letter?.subject, letter?.html], [TEAM, '💰 +70.000 ₫', '']);
			assert.match(letter?.text ?? '', /Nội dung: .*‹img src=x>/);
		},
		byMail,
	);
});
