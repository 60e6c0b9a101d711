/** The Simplize half of the demo: a portfolio's cash history, read with signed requests into a ledger of its own. */
import type { Sandbox } from '@saoke/sandbox';
import type { N8nApi } from '../../hosts/n8nApi';
import { ensureLedger, importExample } from './workflows';

const EXAMPLE = 'portfolio-cash-history.json';

/**
 * @returns how many movements the ledger then holds
 * @throws Error when the workflow fails or writes nothing
 */
export async function fillCashLedger(sandbox: Sandbox, api: N8nApi): Promise<number> {
	const { apiKey, apiSecret } = sandbox.simplize;
	const simplizePartnerApi = await api.putCredential('Simplize (sandbox)', 'simplizePartnerApi', {
		baseUrl: sandbox.simplizeUrl,
		apiKey,
		apiSecret,
		recvWindow: 5000,
		signaturePayload: 'query+body',
		signatureEncoding: 'hex',
	});
	const tableId = await ensureLedger(api, EXAMPLE);
	const workflowId = await importExample(api, EXAMPLE, { simplizePartnerApi });
	const { nodes } = await api.workflow(workflowId);
	const trigger = nodes.find((node) => node.type === 'n8n-nodes-base.manualTrigger');
	const { status } = await api.runToEnd(workflowId, trigger?.name ?? '');
	const { count } = await api.rows(tableId);
	if (status !== 'success' || count === 0)
		throw new Error(`The cash history did not reach its ledger (execution: ${status}): look at the executions in n8n`);
	return count;
}
