/** The demo without an account: everything against the sandbox, up to a transfer in the ledger. */
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import type { N8nApi, TableRow } from '../../hosts/n8nApi';
import type { Progress } from '../../hosts/progress';
import type { Shutdown } from '../../hosts/shutdown';
import { localSecrets } from './login';
import { describeLogin, startN8nForDemo } from './n8nWithExamples';
import type { StartOptions } from './options';
import { transferToLedger } from './transfer';
import { fillCashLedger } from './cashHistory';
import { ensureLedger, importExample } from './workflows';

export async function runWithSandbox(options: StartOptions, progress: Progress, shutdown: Shutdown): Promise<void> {
	const sandbox = await startSandboxForDemo(options.sandboxPort);
	shutdown.add(async () => {
		await sandbox.close();
	});
	progress.step(`The sandbox is ready on ${sandbox.url}`);
	const n8n = await startN8nForDemo({ port: options.n8nPort, state: 'n8n' }, progress, shutdown);
	const tableId = await prepareWorkflows(n8n.api, sandbox);
	progress.step('The workflows are in place, and the trigger is registered at the sandbox');
	const { row, tookMs } = await transferToLedger(sandbox, n8n.api, tableId);
	progress.step(`A transfer went from the sandbox into the ledger in ${tookMs} ms`);
	progress.say(formatRow(row));
	const movements = await fillCashLedger(sandbox, n8n.api);
	progress.step(`The cash history of a portfolio is in its ledger: ${movements} movements`);
	progress.say(`  sandbox   ${sandbox.url}   APIs ${sandbox.cassoUrl} and ${sandbox.simplizeUrl}`);
	describeLogin(n8n, progress);
	progress.say(`  ledgers   ${n8n.url}/home/datatables`);
}

async function startSandboxForDemo(port: number): Promise<Sandbox> {
	const { sandboxApiKey, seed, simplizeApiKey, simplizeApiSecret } = localSecrets();
	// The ledger outlives the sandbox's data, so ids must not come again at the next start.
	const firstTransactionId = Math.floor(Date.now() / 1000);
	return await startSandbox({
		port,
		seed,
		apiKey: sandboxApiKey,
		firstTransactionId,
		simplize: { apiKey: simplizeApiKey, apiSecret: simplizeApiSecret },
	});
}

async function prepareWorkflows(api: N8nApi, sandbox: Sandbox): Promise<string> {
	const cassoApi = await api.putCredential('Casso (sandbox)', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.cassoUrl,
	});
	const tableId = await ensureLedger(api, 'new-transaction-to-ledger.json');
	await importExample(api, 'last-month-transactions.json', { cassoApi });
	const triggerId = await importExample(api, 'new-transaction-to-ledger.json', { cassoApi });
	// The sandbox forgets its webhooks when it ends: unpublishing and publishing registers again.
	if ((await api.workflow(triggerId)).activeVersionId) await api.unpublish(triggerId);
	await api.publish(triggerId);
	return tableId;
}

function formatRow(row: TableRow): string {
	const hidden = new Set(['id', 'createdAt', 'updatedAt']);
	const lines = Object.entries(row).filter(([column]) => !hidden.has(column));
	return lines.map(([column, value]) => `    ${column.padEnd(20)} ${String(value)}`).join('\n');
}
