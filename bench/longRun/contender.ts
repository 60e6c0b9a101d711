/** An n8n in one process with one workflow, trigger → row of a Data Table, and a way to send it deliveries. */
import http from 'node:http';
import { signWebhook } from '@saoke/core';
import type { N8nNode, N8nWorkflow } from '../../hosts/n8nApi';
import { post } from '../../test/e2e/harness/post';
import { startScratch } from '../../test/e2e/harness/scratchN8n';
import { ROW_COLUMNS, SECURITY_KEY, triggerWorkflow, webhookCredential } from '../../test/e2e/harness/triggerWorkflow';
import { residentMb } from '../residentMemory';
import type { Sample } from './figures';

export type ContenderName = 'Casso Trigger' | 'Webhook node';

export interface Contender {
	name: ContenderName;
	/** @returns whether n8n answered 200 */
	deliver: () => Promise<boolean>;
	memory: () => Promise<Pick<Sample, 'residentMb' | 'heapMb'>>;
	close: () => Promise<void>;
}

const TABLE = 'Long run';
const BYTES_A_MB = 2 ** 20;

export async function startContender(name: ContenderName): Promise<Contender> {
	// n8n tells the size of its heap only with its metrics switched on; both contenders have them.
	const { n8n, close } = await startScratch({ env: { N8N_METRICS: 'true' } });
	await n8n.api.ensureTable(TABLE, ROW_COLUMNS);
	const ours = triggerWorkflow({ registration: 'manual' }, await webhookCredential(n8n.api), 'upsert', TABLE);
	const workflow = name === 'Casso Trigger' ? ours : handWired(ours);
	const { id } = await n8n.api.createWorkflow(workflow);
	await n8n.api.publish(id);
	const url = `${n8n.url}/webhook/${workflow.path}`;
	const agent = new http.Agent({ keepAlive: true });
	let next = 1;
	return {
		name,
		deliver: async () => {
			const body = deliveryBody(next++);
			const headers = signWebhook(body, { securityKey: SECURITY_KEY, signedAtMs: Date.now() });
			return await post(url, { body, headers }, agent).then(
				({ status }) => status === 200,
				() => false,
			);
		},
		memory: async () => {
			const metrics = await (await fetch(`${n8n.url}/metrics`)).text();
			const heapBytes = Number(/^n8n_nodejs_heap_size_used_bytes\S* (\S+)/m.exec(metrics)?.[1]);
			return { residentMb: residentMb(n8n.pid), heapMb: heapBytes / BYTES_A_MB };
		},
		close: async () => {
			agent.destroy();
			await close();
		},
	};
}

/** The same ledger behind n8n's own Webhook node, which checks nothing; expressions take the delivery apart. */
function handWired(ours: N8nWorkflow & { path: string }): N8nWorkflow & { path: string } {
	const webhook: N8nNode = {
		id: 'webhook',
		name: 'Casso Trigger',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		position: [0, 0],
		webhookId: '5a0ce000-0000-4000-8000-0000000000c1',
		parameters: { httpMethod: 'POST', path: 'long-run', options: {} },
	};
	const sink = JSON.parse(JSON.stringify(ours.nodes[1]).replaceAll('$json.', '$json.body.data.')) as N8nNode;
	return { ...ours, nodes: [webhook, sink], path: 'long-run' };
}

/** As Casso sends it: Webhook V2, one transaction. */
export function deliveryBody(id: number): string {
	const data = {
		id,
		tid: 'FT24277001',
		reference: `FT${24277001 + id}`,
		description: `DH${id} thanh toán đơn hàng`,
		amount: 599_000,
		runningBalance: 25_000_000,
		transactionDateTime: '2024-10-03 15:06:37',
		accountNumber: '0071000888888',
		bankName: 'VPBank',
		bankAbbreviation: 'VPB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
	};
	return JSON.stringify({ error: 0, data });
}
