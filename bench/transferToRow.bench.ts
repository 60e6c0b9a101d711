/**
 * From a transfer in the sandbox to its row in the ledger, in a real n8n: Casso Trigger → Data Table, against what a
 * user would wire by hand: n8n's own Webhook node → Data Table, which checks nothing. Twenty transfers each, medians.
 */
import type { Sandbox } from '@saoke/sandbox';
import type { N8nApi, N8nWorkflow } from '../hosts/n8nApi';
import { ensureLedger, importExample, readExample } from '../demo/start/workflows';
import { startScratch } from '../test/e2e/harness/scratchN8n';
import type { BenchResult } from './result';

const TRANSFERS = 20;
/** Not counted: n8n compiles and opens connections in the first few. */
const WARM_UP = 5;
const GOAL_MS = 1_000;

/** Parts of one way, in ms. */
interface Parts {
	/** Until the sandbox sends the delivery. */
	sent: number;
	/** Until n8n has stored the execution and answered. */
	answered: number;
	/** Until the row can be read. */
	row: number;
	whole: number;
}

export async function run(): Promise<BenchResult[]> {
	const { sandbox, n8n, close } = await startScratch();
	try {
		const tableId = await ensureLedger(n8n.api, 'new-transaction-to-ledger.json');
		const ours = await measureOurs(sandbox, n8n.api, tableId);
		const peer = await measurePeer(sandbox, n8n.api, n8n.url, tableId);
		return (['whole', 'answered', 'row'] as const).map((part) => ({
			name: part === 'whole' ? 'transfer to row, median of 20' : `transfer to row: ${LABELS[part]}`,
			ours: median(ours, part),
			peer: median(peer, part),
			unit: 'ms',
			ratio: median(ours, part) / median(peer, part),
			goal: part === 'whole' ? `under ${GOAL_MS} ms` : '',
			pass: part !== 'whole' || median(ours, part) < GOAL_MS,
		}));
	} finally {
		await close();
	}
}

const LABELS = {
	answered: 'from sending until n8n stored it and answered',
	row: 'from the answer until the row can be read',
};

async function measureOurs(sandbox: Sandbox, api: N8nApi, tableId: string): Promise<Parts[]> {
	const cassoApi = await api.putCredential('Casso', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.cassoUrl,
	});
	const id = await importExample(api, 'new-transaction-to-ledger.json', { cassoApi });
	await api.publish(id);
	const measured = await measure(sandbox, api, tableId);
	await api.unpublish(id);
	return measured;
}

async function measurePeer(sandbox: Sandbox, api: N8nApi, n8nUrl: string, tableId: string): Promise<Parts[]> {
	const { id } = await api.createWorkflow(handWired());
	await api.publish(id);
	await sandbox.casso.webhooks.createByDashboard({ url: `${n8nUrl}/webhook/hand-wired`, dialect: 'legacy' });
	return await measure(sandbox, api, tableId);
}

/** The same ledger behind n8n's own Webhook node, which takes the delivery apart by expressions and checks nothing. */
function handWired(): N8nWorkflow {
	const example = readExample('new-transaction-to-ledger.json');
	const text = JSON.stringify(example.nodes[1])
		.replaceAll('$json.', '$json.body.data[0].')
		.replaceAll('.accountNumber', '.subAccId');
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 0],
		webhookId: '9d0b1f60-0000-4000-8000-000000000001',
		parameters: { httpMethod: 'POST', path: 'hand-wired', options: {} },
	};
	return {
		name: 'Hand-wired',
		nodes: [webhook, JSON.parse(text) as N8nWorkflow['nodes'][number]],
		connections: { Webhook: { main: [[{ node: 'Ledger', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

async function measure(sandbox: Sandbox, api: N8nApi, tableId: string): Promise<Parts[]> {
	const parts: Parts[] = [];
	for (let number = -WARM_UP; number < TRANSFERS; number++) {
		const startedMs = Date.now();
		const { id } = sandbox.casso.addTransaction({ amount: 10_000 + number });
		while ((await api.rows(tableId, { column: 'transactionId', value: String(id) })).count === 0) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		const whole = Date.now() - startedMs;
		const attempt = sandbox.casso.deliveries.list().find((delivery) => delivery.transactionIds.includes(id))
			?.attempts[0];
		if (!attempt) throw new Error('The row came without a delivery');
		const sent = Date.parse(attempt.startedAt) - startedMs;
		if (number >= 0)
			parts.push({ sent, answered: attempt.durationMs, row: Math.max(0, whole - sent - attempt.durationMs), whole });
	}
	return parts;
}

function median(parts: Parts[], name: keyof Parts): number {
	const values = parts.map((part) => part[name]).sort((a, b) => a - b);
	return values[Math.floor(values.length / 2)] ?? 0;
}
