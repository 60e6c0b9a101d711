/** Workflows that begin with the Casso Trigger, and the credentials for them. */
import type { N8nApi, N8nNode, N8nWorkflow } from '../../../hosts/n8nApi';

/** Lower-case letters and digits, so that a search through logs and databases is sure to find them. */
export const SECURITY_KEY = 'e2esecuritykey0000000000000000000000000000000000000000000000abcd';
export const PREVIOUS_KEY = 'e2epreviouskey0000000000000000000000000000000000000000000000abcd';
export const SECURE_TOKEN = 'e2esecuretoken000000000000000000000000abcd';

type Credentials = NonNullable<N8nNode['credentials']>;

/** What follows the trigger: nothing, a row for each item, or one row a transaction. */
export type Sink = 'none' | 'append' | 'upsert';

export const ROW_COLUMNS = [
	{ name: 'transactionId', type: 'string' as const },
	{ name: 'accountNumber', type: 'string' as const },
	{ name: 'amount', type: 'number' as const },
];

let nextPath = 1;

/**
 * @param table name of the data table, for a sink
 * @returns the workflow; its webhook answers under `/webhook/<webhookId>/casso`
 */
export function triggerWorkflow(
	parameters: Record<string, unknown>,
	credentials: Credentials,
	sink: Sink = 'none',
	table = '',
): N8nWorkflow & { path: string } {
	const webhookId = `00000000-0000-4000-8000-${String(nextPath++).padStart(12, '0')}`;
	const trigger: N8nNode = {
		id: `trigger-${webhookId}`,
		name: 'Casso Trigger',
		type: 'n8n-nodes-casso.cassoTrigger',
		typeVersion: 1.1,
		position: [0, 0],
		webhookId,
		parameters,
		credentials,
	};
	const next: N8nNode =
		sink === 'none'
			? {
					id: `end-${webhookId}`,
					name: 'End',
					type: 'n8n-nodes-base.noOp',
					typeVersion: 1,
					position: [200, 0],
					parameters: {},
				}
			: dataTable(`sink-${webhookId}`, sink, table);
	return {
		name: `Casso ${webhookId.slice(-3)} ${sink}`,
		nodes: [trigger, next],
		connections: { 'Casso Trigger': { main: [[{ node: next.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
		path: `${webhookId}/casso`,
	};
}

function dataTable(id: string, sink: 'append' | 'upsert', table: string): N8nNode {
	const value = {
		transactionId: '={{ String($json.id) }}',
		accountNumber: '={{ $json.accountNumber }}',
		amount: '={{ $json.amount }}',
	};
	const schema = ROW_COLUMNS.map(({ name, type }) => ({
		id: name,
		displayName: name,
		required: false,
		defaultMatch: false,
		display: true,
		type,
		readOnly: false,
		removed: false,
	}));
	const conditions = ['accountNumber', 'transactionId'].map((keyName) => ({
		keyName,
		condition: 'eq',
		keyValue: value[keyName as 'transactionId'],
	}));
	return {
		id,
		name: 'Sink',
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1.1,
		position: [200, 0],
		parameters: {
			resource: 'row',
			operation: sink === 'append' ? 'insert' : 'upsert',
			dataTableId: { __rl: true, mode: 'name', value: table },
			...(sink === 'upsert' ? { matchType: 'allConditions', filters: { conditions } } : {}),
			columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema },
			options: {},
		},
	};
}

export async function webhookCredential(api: N8nApi, previousSecurityKey = ''): Promise<Credentials> {
	const secrets = {
		securityKey: SECURITY_KEY,
		previousSecurityKey,
		secureToken: SECURE_TOKEN,
		previousSecureToken: '',
	};
	return { cassoWebhookApi: await api.putCredential('Webhook secrets', 'cassoWebhookApi', secrets) };
}

export async function apiCredential(api: N8nApi, apiKey: string, baseUrl: string): Promise<Credentials> {
	return { cassoApi: await api.putCredential('Casso', 'cassoApi', { authentication: 'apiKey', apiKey, baseUrl }) };
}

/** Publishes on either of n8n's two paths and waits until it is done. */
export async function publish(api: N8nApi, id: string, isOlderPath: boolean): Promise<void> {
	if (!isOlderPath) {
		await api.publish(id);
		return;
	}
	const { versionId } = await api.workflow(id);
	await api.call('POST', `/rest/workflows/${id}/activate`, { versionId });
}
