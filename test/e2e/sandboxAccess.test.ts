/** The sandbox's page for everybody: in both languages, by keyboard alone, on a phone, in the dark, read out by a machine. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { picture } from './harness/browser';
import { goTo, open, page, sandbox, useSandboxPage, VIEWS } from './harness/sandboxPage';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

useSandboxPage();

test('the language is that of the browser, can be switched, and stays', async () => {
	await open({ locale: 'vi-VN' });
	assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Tổng quan');
	assert.equal(await page.locator('html').getAttribute('lang'), 'vi');
	await picture(page, 'sandbox-home-vi');
	await page.getByRole('button', { name: 'English' }).click();
	assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'Overview');
	await page.reload();
	await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
	await page.getByRole('button', { name: 'Tiếng Việt' }).click();
	for (const view of VIEWS) {
		await goTo(view);
		await page.waitForTimeout(100);
		const text = (await page.locator('body').innerText()).replace(/\n/g, ' ');
		for (const word of ['Make', 'Delete', 'Send a', 'newest first', 'Money in', 'Switch'])
			assert.ok(!text.includes(word), `${view} still says "${word}"`);
	}
});

test('everything can be done by keyboard alone', async () => {
	await sandbox.casso.webhooks.createByDashboard({ url: `${sandbox.url}/receiver` });
	await page.reload();
	await page.getByLabel('Amount (VND)').waitFor();
	await page.keyboard.press('Tab');
	assert.equal(await focused(), 'Skip to content');
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate<string>('document.activeElement.id'), 'main');
	await tabTo('in');
	await page.keyboard.press('ArrowRight');
	await tabTo('Amount (VND)');
	await page.keyboard.press('Control+A');
	await page.keyboard.type('70000');
	await tabTo('Memo');
	await page.keyboard.press('Control+A');
	await page.keyboard.type('by keyboard');
	await page.keyboard.press('Enter');
	await page.getByText('by keyboard').first().waitFor();
	assert.equal(sandbox.casso.data.transactions.last(sandbox.casso.data.accounts[0]?.id ?? 0)?.amount, -70_000);
	await page.locator('table.deliveries').getByText('delivered').waitFor();
	await tabTo('Delivery 1');
	await page.keyboard.press('Enter');
	await page.waitForURL(/deliveries\/1/);
	assert.equal(await focused(), 'Delivery 1');
	await goTo('transactions');
	await page.locator('table.transactions tbody tr').first().waitFor();
	await page
		.getByRole('button', { name: /^Delete transaction/ })
		.first()
		.focus();
	await page.keyboard.press('Enter');
	await page.getByRole('dialog').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('dialog').waitFor({ state: 'detached' });
	assert.match(await focused(), /^Delete transaction/);
});

/** Name of what has the focus. */
async function focused(): Promise<string> {
	return await page.evaluate<string>(`(() => {
		const element = document.activeElement;
		if (element.type === 'radio') return element.value;
		return element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
	})()`);
}

async function tabTo(name: string): Promise<void> {
	for (let presses = 0; presses < 80; presses += 1) {
		await page.keyboard.press('Tab');
		if ((await focused()) === name) return;
	}
	assert.fail(`"${name}" cannot be reached by Tab`);
}

interface Finding {
	id: string;
	impact: string | null;
	nodes: Array<{ html: string; failureSummary?: string }>;
}

for (const phone of [false, true]) {
	for (const dark of [false, true]) {
		test(`accessible and in bounds: ${phone ? 'phone' : 'desktop'}, ${dark ? 'dark' : 'light'}`, async () => {
			await sandbox.casso.webhooks.createByDashboard({ url: `${sandbox.url}/receiver` });
			await sandbox.casso.webhooks.createByDashboard({
				url: 'http://127.0.0.1:9/',
				dialect: 'legacy',
				strict: true,
				incomeOnly: true,
			});
			sandbox.casso.addTransaction({
				amount: 250_000,
				memo: 'MBVCB.1234567890.DH1024.CT tu 0071000363448 NGUYEN THI NGOC ANH toi VCB',
			});
			await fetch(`${sandbox.cassoUrl}/v2/accounts`);
			await fetch(`${sandbox.simplizeUrl}/api/general/v1/partner/users?timestamp=1`);
			await sandbox.casso.whenIdle();
			await open({ phone, dark });
			for (const view of [...VIEWS, 'deliveries/1', 'deliveries/2']) {
				await page.goto(`${sandbox.url}/#/${view}`);
				await page.waitForTimeout(300);
				await picture(
					page,
					`sandbox-${view.replace('/', '-')}-${phone ? 'phone' : 'desktop'}-${dark ? 'dark' : 'light'}`,
				);
				const width = await page.evaluate<number>('document.documentElement.scrollWidth');
				assert.ok(width <= (phone ? 390 : 1400), `${view} is ${String(width)} px wide`);
				await page.evaluate(AXE);
				const findings = await page.evaluate<Finding[]>('axe.run().then(({ violations }) => violations)');
				assert.deepEqual(
					findings.map(({ id, impact, nodes }) => ({
						view,
						id,
						impact,
						where: nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)),
					})),
					[],
				);
			}
		});
	}
}
