/** The first minute at the sandbox's page: one press makes a transfer, and its delivery is in sight without scrolling. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSandbox } from '@saoke/sandbox';
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser, picture } from './harness/browser';

const SIZES = { phone: { width: 390, height: 844 }, laptop: { width: 1280, height: 800 } };
const WORDS = {
	'en-US': { submit: 'Make the transfer', receiver: 'Deliver it to the built-in receiver', nobody: /Sent to nobody/ },
	'vi-VN': { submit: 'Tạo giao dịch', receiver: 'Gửi tới nơi nhận có sẵn', nobody: /Chưa gửi đi đâu/ },
};

let browser: Browser;

before(async () => {
	browser = await openBrowser();
});

after(async () => {
	await browser?.close();
});

/** Whether all of it is on the screen as it is. */
async function isInSight(part: Locator, { height }: { height: number }): Promise<boolean> {
	const box = await part.boundingBox();
	return box !== null && box.y >= 0 && box.y + box.height <= height;
}

for (const [name, viewport] of Object.entries(SIZES)) {
	for (const [locale, words] of Object.entries(WORDS)) {
		test(`${name}, ${locale}: the button is on the first screen; pressed, the delivery is in sight`, async () => {
			const sandbox = await startSandbox();
			const page: Page = await browser.newPage({ locale, viewport });
			try {
				page.setDefaultTimeout(10_000);
				await page.goto(sandbox.url);
				const submit = page.getByRole('button', { name: words.submit });
				await submit.waitFor();
				assert.ok(await isInSight(submit, viewport), 'the button is below the first screen');
				const { webhooks } = sandbox.casso;
				await page.getByLabel(words.receiver).uncheck();
				await submit.click();
				await page.getByText(words.nobody).waitFor();
				assert.deepEqual(webhooks.list(), []);

				await page.getByLabel(words.receiver).check();
				await submit.click();
				const outcome = page.locator('.outcome');
				await outcome.locator('.badge.good').waitFor();
				await page.getByLabel(words.receiver).waitFor({ state: 'detached' });
				assert.ok(await isInSight(outcome, viewport), 'the outcome is out of sight');
				assert.deepEqual(
					webhooks.list().map(({ url }) => url),
					[`${sandbox.url}/receiver`],
				);
				await picture(page, `sandbox-first-minute-${name}-${locale}`);

				await submit.click();
				await outcome.getByRole('link', { name: /2$/ }).click();
				await page.waitForURL(/deliveries\/2/);
			} finally {
				await page.close();
				await sandbox.close();
			}
		});
	}
}
