/** The recipes in n8n's editor, each imported with its credentials and its sheet in place, as it looks once it is set up. */
import { N8N_FULL_DIR } from '../../hosts/n8n';
import { openBrowser } from '../../test/e2e/harness/browser';
import { importRecipe, newSpreadsheetId, recipeFiles, startRecipeHost } from '../../test/e2e/harness/recipes';
import { showWorkflow, signedIn } from './n8nEditor';
import { save } from './save';

export async function recipes(): Promise<void> {
	await takePictures('trimmed');
	await takePictures('whole');
}

async function takePictures(which: 'trimmed' | 'whole'): Promise<void> {
	const host = await startRecipeHost({ transactions: 20 }, { n8nDir: which === 'whole' ? N8N_FULL_DIR : undefined });
	const browser = await openBrowser();
	try {
		const { sandbox, n8n } = host.scratch;
		const { api, url } = n8n;
		await api.putCredential('Postgres', 'postgres', { host: '127.0.0.1', database: 'ledger', user: 'saoke' });
		const page = await signedIn(browser, url, { width: 1500, height: 720 });
		for (const file of recipeFiles(which)) {
			const { id } = await importRecipe(api, file, newSpreadsheetId(), ({ parameters }) => {
				const account = parameters.account as { value: string } | undefined;
				if (account?.value === '') account.value = String(sandbox.casso.data.accounts[0]?.id);
			});
			await showWorkflow(page, `${url}/workflow/${id}`);
			await save(page.locator('[data-test-id=canvas]'), file.replace('.json', ''));
		}
	} finally {
		await browser.close();
		await host.close();
	}
}
