/** The sandbox's page: the overview in both languages, and a delivery down to its signature. */
import { startSandbox } from '@saoke/sandbox';
import { openBrowser } from '../../test/e2e/harness/browser';
import { save } from './save';

const SIZE = { width: 1280, height: 860 };
const PICTURES_OF = { sandbox: 'en-US', 'sandbox-vi': 'vi-VN' };

export async function sandbox(): Promise<void> {
	const running = await startSandbox({ transactions: 60 });
	const browser = await openBrowser();
	try {
		await running.casso.webhooks.createByDashboard({ url: `${running.url}/receiver`, dialect: 'v2' });
		for (const memo of ['DH1022 thanh toan', 'TRAN THI B chuyen khoan DH1023', 'NGUYEN VAN A chuyen tien DH1024'])
			running.casso.addTransaction({ amount: 1_250_000, memo });
		await running.casso.whenIdle();
		for (const [name, locale] of Object.entries(PICTURES_OF)) {
			const page = await browser.newPage({ locale, viewport: SIZE });
			await page.goto(running.url);
			await page.locator('table.deliveries tbody tr').first().waitFor();
			await save(page, name);
			await page.close();
		}
		const page = await browser.newPage({ locale: 'en-US', viewport: { ...SIZE, height: 1_000 } });
		await page.goto(`${running.url}/#/deliveries/1`);
		await page.getByText('It matches the secret.').waitFor();
		await save(page, 'sandbox-delivery');
	} finally {
		await browser.close();
		await running.close();
	}
}
