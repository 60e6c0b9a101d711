/** The recipe "Money arrived → Telegram", imported, published and run in a real n8n with n8n's own nodes for messages. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import type { N8nNode } from '../../hosts/n8nApi';
import type { GoogleSheets } from './harness/googleSheets/googleSheets';
import { startMailServer, type MailServer } from './harness/mailServer';
import { installRecipeNodes, MAIL_NODE } from './harness/nodeRedRecipes';
import {
	startRecipeHost,
	type RecipeHost,
	importRecipe,
	importWorkflow,
	readRecipe,
	removeWorkflows,
	setFields,
	waitFor,
	type Recipe,
} from './harness/recipes';
import type { Scratch } from './harness/scratchN8n';

const FILE = '6-money-arrived-to-telegram.json';
const WAIT_MS = 120_000;
const HOUR_MS = 3_600_000;

let host: RecipeHost;
let google: GoogleSheets;
let mail: MailServer;
let scratch: Scratch;

before(async () => {
	await installRecipeNodes();
	mail = await startMailServer(MAIL_NODE);
	host = await startRecipeHost({ transactions: 0, deliveries: { deadlineMs: 60_000 } }, { mailPort: mail.port });
	({ google, scratch } = host);
});

after(async () => {
	await host?.close();
	await mail?.close();
});

beforeEach(() => {
	google.messages.length = 0;
	google.floods = 0;
});

afterEach(async () => {
	await removeWorkflows(scratch.n8n.api);
});

/** Publishes the recipe with these settings. */
async function publish(fields: Record<string, unknown>, edit?: (node: N8nNode) => void): Promise<Recipe> {
	const recipe = await importRecipe(scratch.n8n.api, FILE, '', (node) => {
		setFields(node, { quietFrom: '', quietUntil: '', ...fields });
		edit?.(node);
	});
	await scratch.n8n.api.publish(recipe.id);
	return recipe;
}

/** Waits until this many runs have ended, all of them successfully. */
async function runsEnded(recipe: Recipe, count: number): Promise<void> {
	await waitFor(
		async () => {
			const { results } = await scratch.n8n.api.executions(recipe.id);
			return results.length >= count && results.every(({ status }) => status === 'success');
		},
		WAIT_MS,
		() => `${count} runs did not end well`,
	);
}

const sent = (): Record<string, unknown>[] => google.messages.map(({ body }) => body as Record<string, unknown>);

/** The time of day in Vietnam, the given number of hours from now. */
function clock(hours: number): string {
	return new Date(Date.now() + (7 + hours) * HOUR_MS).toISOString().slice(11, 16);
}

test('a payment is one message with amount, payer, memo, account, time and balance, as people read them', async () => {
	const recipe = await publish({});
	const { accounts } = scratch.sandbox.casso.data;
	const transaction = scratch.sandbox.casso.addTransaction({
		amount: 2_500_000,
		memo: 'DH1024 <b>gấp</b>\nSố dư: 9 ₫',
		time: '2026-11-28 09:05:00',
		counterparty: { name: 'NGUYEN & CO', accountNumber: '19035678901234' },
	});
	scratch.sandbox.casso.addTransaction({ amount: -1_000, memo: 'phi' });
	await runsEnded(recipe, 1);
	const [message] = sent();
	assert.deepEqual(
		[google.messages.length, message?.chat_id, message?.parse_mode, message?.disable_notification],
		[1, '-1001', 'HTML', false],
	);
	const own = accounts.find(({ id }) => id === transaction.accountId);
	const lines = String(message?.text).split('\n');
	assert.equal(lines.length, 5, String(message?.text));
	assert.equal(lines[0], '💰 +2.500.000 ₫');
	assert.equal(lines[1], 'Từ: NGUYEN &amp; CO');
	assert.match(lines[2] ?? '', /^Nội dung: .*DH1024 &lt;b&gt;gấp&lt;\/b&gt; Số dư: 9 ₫/);
	assert.match(lines[3] ?? '', new RegExp(`^\\S.* ${own?.accountNumber ?? ''}, 09:05 28/11/2026$`));
	assert.match(lines[4] ?? '', /^Số dư: \d{1,3}(\.\d{3})* ₫$/);
});

test('a burst of 50 is 50 messages; what Telegram refuses for a while is sent once', async () => {
	// The pause is for Telegram's quota.
	const recipe = await publish({}, (node) => {
		if (node.name === 'Three seconds') node.parameters.amount = 0.1;
	});
	google.floods = 3;
	scratch.sandbox.casso.addTransactions(
		Array.from({ length: 50 }, (_, index) => ({ amount: 10_000 + index, memo: `DH${index + 1000}` })),
	);
	await waitFor(
		() => google.messages.length >= 50,
		WAIT_MS,
		() => `only ${google.messages.length} messages`,
	);
	await runsEnded(recipe, 1);
	assert.equal(google.floods, 0);
	const amounts = sent().map(({ text }) => /\+([\d.]+) ₫/.exec(String(text))?.[1]);
	assert.deepEqual(
		amounts.sort(),
		Array.from({ length: 50 }, (_, index) => `10.0${String(index).padStart(2, '0')}`),
	);
});

test('below the least amount nobody is told; in the quiet hours the message makes no sound', async () => {
	const cases: [fields: Record<string, unknown>, amount: number, silent: boolean | undefined][] = [
		[{ minimumAmount: 50_000 }, 49_999, undefined],
		[{ minimumAmount: 50_000 }, 50_000, false],
		[{ quietFrom: clock(-1), quietUntil: clock(1) }, 1_000, true],
		[{ quietFrom: clock(1), quietUntil: clock(2) }, 1_000, false],
		[{ quietFrom: clock(1), quietUntil: clock(-1) }, 1_000, false],
		[{ quietFrom: clock(-1), quietUntil: clock(-2) }, 1_000, true],
		[{ quietFrom: '0:00', quietUntil: '24:00' }, 1_000, true],
	];
	for (const [fields, amount, silent] of cases) {
		google.messages.length = 0;
		const recipe = await publish(fields);
		scratch.sandbox.casso.addTransaction({ amount });
		await runsEnded(recipe, 1);
		assert.deepEqual(
			sent().map((message) => message.disable_notification),
			silent === undefined ? [] : [silent],
			JSON.stringify(fields),
		);
		await removeWorkflows(scratch.n8n.api);
	}
});

test('another sender: Slack, e-mail and Zalo OA each take the place of the one node and say the same', async () => {
	const memo = '<!channel> *a_b* & [x](https://evil.example)';
	for (const sender of ['Slack', 'E-mail', 'Zalo OA']) {
		google.messages.length = 0;
		mail.mails.length = 0;
		const recipe = await publishWith(sender);
		scratch.sandbox.casso.addTransaction({ amount: 70_000, memo });
		await runsEnded(recipe, 1);
		const [body] = sent();
		if (sender === 'Slack') {
			assert.deepEqual([body?.channel, body?.mrkdwn], ['#till', false]);
			assert.match(String(body?.text), /70\.000 ₫\n(.*\n)*Nội dung: .*&lt;!channel&gt; \*a_b\* &amp; \[x\]/);
		} else if (sender === 'E-mail') {
			assert.deepEqual([mail.mails[0]?.subject, mail.mails[0]?.html], ['💰 +70.000 ₫', '']);
			assert.ok(mail.mails[0]?.text.includes(memo));
		} else {
			const { recipient, message } = body as { recipient: unknown; message: { text: string } };
			assert.deepEqual(recipient, { user_id: 'ID' });
			assert.ok(message.text.includes(memo));
		}
		await removeWorkflows(scratch.n8n.api);
	}
});

/** The recipe with another sender connected in the place of Telegram, as its note says. */
async function publishWith(sender: string): Promise<Recipe> {
	const workflow = readRecipe(FILE);
	const connections = JSON.parse(
		JSON.stringify(workflow.connections).replaceAll('"Telegram"', `"${sender}"`),
	) as Record<string, unknown>;
	const recipe = await importWorkflow(scratch.n8n.api, { ...workflow, connections }, '', (node) => {
		if (node.name !== sender) return;
		delete node.disabled;
		if (sender === 'Slack') node.parameters.channelId = { __rl: true, mode: 'name', value: '#till' };
		if (sender === 'E-mail') Object.assign(node.parameters, { fromEmail: 'a@example.com', toEmail: 'b@example.com' });
	});
	await scratch.n8n.api.publish(recipe.id);
	return recipe;
}
