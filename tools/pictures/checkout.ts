/** What a buyer sees of the recipe "Checkout", page by page, on a phone. */
import { openBrowser } from '../../test/e2e/harness/browser';
import { hasMinutes, memoOn, openShop, order, showsState, visitShop } from '../../test/e2e/harness/checkout';
import { removeWorkflows } from '../../test/e2e/harness/recipes';
import { startScratch } from '../../test/e2e/harness/scratchN8n';
import { save } from './save';

const PRICE = 150_000;

export async function checkout(): Promise<void> {
	const scratch = await startScratch({ sandbox: { seed: 1, transactions: 20 } });
	const browser = await openBrowser();
	try {
		const { n8n, sandbox } = scratch;
		await openShop(n8n.api, sandbox);
		const page = await visitShop(browser, n8n.url);
		await save(page, 'checkout-order');
		await order(page, 'Áo thun', 'Nguyễn Văn An');
		await save(page, 'checkout-waiting');
		const code = await memoOn(page);
		for (const [amount, state] of [
			[PRICE - 50_000, 'underpaid'],
			[50_000, 'paid'],
			[20_000, 'overpaid'],
		] as const) {
			sandbox.casso.addTransactions([{ amount, memo: code }]);
			await showsState(page, state);
			await save(page, `checkout-${state}`);
		}
		await removeWorkflows(n8n.api);
		await openShop(n8n.api, sandbox, hasMinutes(0.05));
		const late = await visitShop(browser, n8n.url);
		await order(late, 'Áo thun', 'Trần Thị Bình');
		await showsState(late, 'expired');
		await save(late, 'checkout-expired');
	} finally {
		await browser.close();
		await scratch.close();
	}
}
