/** The sandbox's page in a real browser, used as somebody would who has not read anything. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from './harness/browser';
import {
	addReceiver,
	context,
	goTo,
	open,
	page,
	sandbox,
	start,
	transfer,
	useSandboxPage,
	VIEWS,
} from './harness/sandboxPage';

useSandboxPage();

test('a first-time user adds a webhook, makes a transfer, and follows it down to the signature', async () => {
	const secret = await addReceiver();
	await goTo('home');
	await transfer('1250000', 'DH2048');
	const row = page.locator('table.deliveries tbody tr').first();
	await row.getByText('delivered').waitFor();
	await page.getByText('+1,250,000 ₫').first().waitFor();
	await picture(page, 'sandbox-home');
	await row.getByRole('link').click();
	await page.getByText('It matches the secret.').waitFor();
	const shown = (await page.locator('main').textContent()) ?? '';
	for (const part of [
		'X-Casso-Signature: t=',
		'Content-Length: ',
		'"amount":1250000',
		'HMAC-SHA512',
		'HTTP 200',
		'"success":true',
	])
		assert.ok(shown.includes(part), `the detail lacks ${part}`);
	assert.ok(!shown.includes(secret));
	await page.getByText(/bytes of the body/).click();
	assert.match((await page.locator('.bytes pre').textContent()) ?? '', /^000000 {2}7b 22 65 72 72 6f 72/);
	await picture(page, 'sandbox-delivery');
	await page.getByRole('button', { name: 'Resend' }).click();
	await page.getByText('resent by hand').waitFor();
	assert.equal(sandbox.casso.deliveries.list()[0]?.attempts.length, 2);
	await goTo('webhooks');
	assert.ok(!(await page.content()).includes(secret));
});

test('a broken receiver is tried again, then paused, before the eyes; activated and sent what was missed', async () => {
	await addReceiver();
	await page.getByLabel('answers 500').check();
	await page.getByText('The receiver was changed.').waitFor();
	sandbox.casso.webhooks.changeSettings({ retryGapsMs: [1_500] });
	await goTo('home');
	await transfer('5000', 'to nobody');
	const row = page.locator('table.deliveries tbody tr').first();
	await row.getByText('pending').waitFor();
	await row.getByText('attempts: 1').waitFor();
	await row.getByText(/^in \d+ s$/).waitFor();
	await row.getByText('attempts: 2').waitFor();
	await row.getByText('failed', { exact: true }).waitFor();
	await goTo('webhooks');
	await page.getByText('paused', { exact: true }).waitFor();
	await picture(page, 'sandbox-paused');
	await goTo('home');
	await transfer('6000', 'missed');
	await page.locator('table.deliveries').getByText('missed').waitFor();
	await goTo('webhooks');
	await page.getByLabel('answers 200 with success').check();
	await page.getByRole('button', { name: /^Activate/ }).click();
	await page.getByText('active', { exact: true }).waitFor();
	await page.getByRole('button', { name: /^Resend missed/ }).click();
	await page.getByText('Sent again: 1').waitFor();
	await goTo('deliveries');
	await page.locator('table.deliveries tbody tr').first().getByText('delivered').waitFor();
	await goTo('webhooks');
	await page.getByRole('button', { name: /^Send a test call/ }).click();
	await page.getByText(/Answered with HTTP 200/).waitFor();
});

test('hostile memos, names and addresses stay text', async () => {
	const script = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">';
	await sandbox.casso.webhooks.createByDashboard({
		url: `${sandbox.url}/receiver?x=${encodeURIComponent(script)}"><script>window.hacked=1</script>`,
	});
	await page.reload();
	await transfer('1000', script);
	await page.getByText(script).first().waitFor();
	sandbox.casso.addTransaction({ amount: 7, memo: `${script}\u202E gnp.exe`, counterparty: { name: script } });
	await fetch(`${sandbox.cassoUrl}/v2/transactions?fromDate=${encodeURIComponent(script)}`);
	sandbox.simplize.addCashMovement({ portfolioId: 862, amount: 5, note: script, typeName: script });
	for (const view of [...VIEWS, 'deliveries/1']) {
		await page.goto(`${sandbox.url}/#/${view}`);
		await page.waitForTimeout(150);
	}
	assert.equal(await page.evaluate<boolean>("'hacked' in window"), false);
	assert.equal(await page.locator('main script, main img').count(), 0);
});

test('faults are switches: a wrong signature is sent, shown as wrong, and goes out by itself', async () => {
	await sandbox.casso.webhooks.createByDashboard({ url: `${sandbox.url}/receiver` });
	await goTo('faults');
	const fault = page.locator('.fault', { hasText: 'Wrong signature' });
	await fault.locator('summary').click();
	await fault.getByLabel(/^How often/).fill('1');
	await fault.getByRole('switch').check();
	await page.getByText('On: Wrong signature').waitFor();
	await picture(page, 'sandbox-faults');
	sandbox.casso.addTransaction({ amount: 9_000 });
	await page.locator('.fault.on').waitFor({ state: 'detached' });
	await page.goto(`${sandbox.url}/#/deliveries/1`);
	await page.getByText('A receiver must refuse this request.').waitFor();
	await goTo('faults');
	await page.getByLabel('Next and previous page at the ends').selectOption('zero');
	await page.getByText('Changed: Next and previous page at the ends').waitFor();
	assert.equal(sandbox.casso.quirks.values.pageEnd, 'zero');
});

test('API calls appear as they come, masked, with a command that can be run again', async () => {
	await goTo('requests');
	await page.getByText(/No client has called yet/).waitFor();
	await fetch(`${sandbox.cassoUrl}/v2/transactions?pageSize=3&fromDate=2026-01-01`, {
		headers: { Authorization: `Apikey ${sandbox.apiKey}` },
	});
	await page.getByText('GET /v2/transactions?pageSize=3&fromDate=2026-01-01').waitFor();
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.getByRole('button', { name: 'Copy as curl' }).click();
	await page.getByText('Copied.').waitFor();
	const command = await page.evaluate<string>('navigator.clipboard.readText()');
	assert.equal(
		command,
		`curl '${sandbox.cassoUrl}/v2/transactions?pageSize=3&fromDate=2026-01-01' -H "Authorization: Apikey $CASSO_API_KEY"`,
	);
	assert.ok(!(await page.content()).includes(sandbox.apiKey));
	await goTo('connect');
	assert.ok(!(await page.content()).includes(sandbox.apiKey));
	await page.getByRole('button', { name: 'Show: Casso: API key' }).click();
	await page.getByText(sandbox.apiKey).waitFor();
});

test('Simplize: a movement is added, and a refused call says why', async () => {
	await goTo('simplize');
	await page.getByLabel('Note').fill('ghi chú <b>');
	await page.getByRole('button', { name: 'Add a cash movement' }).click();
	await page.getByText(/^ghi chú <b> · #/).waitFor();
	const stamp = String(Date.now());
	await fetch(`${sandbox.simplizeUrl}/api/general/v1/partner/users?timestamp=${stamp}&signature=${'0'.repeat(64)}`, {
		headers: { 'X-Api-Key': sandbox.simplize.apiKey },
	});
	await page.getByText('Signature for this request is not valid').waitFor();
	await page.getByText('Hint: matches no profile').waitFor();
	await picture(page, 'sandbox-simplize');
});

test('twenty thousand transactions: first, last and found pages', async () => {
	await sandbox.close();
	await start({ transactions: 20_000 });
	await open();
	await goTo('transactions');
	await page.getByText('1–50 of 20,000').waitFor();
	assert.equal(await page.locator('table.transactions tbody tr').count(), 50);
	await page.getByRole('button', { name: 'Last page' }).click();
	await page.getByText('19,951–20,000 of 20,000').waitFor();
	sandbox.casso.addTransaction({ amount: 1, memo: 'Kim trong đống rơm' });
	await page.getByText('of 20,001').waitFor();
	await page.getByLabel(/^Search/).fill('kim trong dong rom');
	await page.getByText('1–1 of 1').waitFor();
	await page.getByText('Kim trong đống rơm').waitFor();
});

test('a lost connection is said, and the page catches up by itself', async () => {
	await page.locator('#live[data-state=on]').waitFor();
	await context.setOffline(true);
	const port = Number(new URL(sandbox.url).port);
	await sandbox.close();
	await page.getByText('Connection lost, trying again').waitFor();
	await start({ port });
	sandbox.casso.addTransaction({ amount: 42, memo: 'made while away' });
	await context.setOffline(false);
	await page.getByText('made while away').waitFor();
	await page.locator('#live[data-state=on]').waitFor();
});

test('the reader of the API documents lists every call and contacts nobody', async () => {
	await page.goto(`${sandbox.url}/docs`);
	await page.locator('.opblock').nth(11).waitFor();
	assert.equal(await page.locator('.opblock').count(), 12);
});
