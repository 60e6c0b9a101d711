/** The workflow of the scaled set-up, and the table it writes to: one row for each account number and transaction id. */
import { randomUUID } from 'node:crypto';
import type { N8nApi, N8nNode, N8nWorkflow } from '../../hosts/n8nApi';
import { withClient, type PostgresServer } from './postgres';

export const LEDGER_TABLE = 'bank_transactions';

/** As pg gives it: bigint is a text. */
export interface LedgerRow {
	account_number: string;
	transaction_id: string;
	transacted_at: Date;
	amount: string;
	description: string;
	reference: string;
	counterparty_name: string;
}

const CREATE = `CREATE TABLE IF NOT EXISTS ${LEDGER_TABLE} (
	account_number text NOT NULL,
	transaction_id text NOT NULL,
	transacted_at timestamptz,
	amount bigint NOT NULL,
	description text,
	reference text,
	counterparty_name text,
	written_at timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (account_number, transaction_id)
)`;

const INSERT = `INSERT INTO ${LEDGER_TABLE} (account_number, transaction_id, transacted_at, amount, description, reference, counterparty_name)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (account_number, transaction_id) DO UPDATE SET amount = EXCLUDED.amount, description = EXCLUDED.description`;

const VALUES =
	'={{ [$json.accountNumber, String($json.id), $json.transactedAt, $json.amount, $json.description, $json.reference, $json.counterpartyName] }}';

type Credential = NonNullable<N8nNode['credentials']>[string];

export interface LedgerWorkflowOptions {
	name: string;
	/** Makes the address of the webhook: `/webhook/<webhookId>/casso`. */
	webhookId: string;
	postgres: Credential;
	/** The Casso Trigger; none without. */
	trigger?: TriggerSettings;
	/** The Casso Polling Trigger; none without. */
	poll?: TriggerSettings;
}

interface TriggerSettings {
	parameters: Record<string, unknown>;
	credentials: Record<string, Credential>;
}

export async function ensureLedgerTable(server: PostgresServer, database: string): Promise<void> {
	await withClient(server, database, async (client) => await client.query(CREATE));
}

/** Casso Trigger, Casso Polling Trigger, or both → Postgres, by key. */
export function ledgerWorkflow({ name, webhookId, postgres, trigger, poll }: LedgerWorkflowOptions): N8nWorkflow {
	const ledger: N8nNode = {
		id: randomUUID(),
		name: 'Ledger',
		type: 'n8n-nodes-base.postgres',
		typeVersion: 2.6,
		position: [260, 0],
		parameters: { operation: 'executeQuery', query: INSERT, options: { queryReplacement: VALUES } },
		credentials: { postgres },
	};
	const triggers: N8nNode[] = [];
	if (trigger)
		triggers.push({
			id: randomUUID(),
			name: 'Casso Trigger',
			type: 'n8n-nodes-casso.cassoTrigger',
			typeVersion: 1.1,
			position: [0, 0],
			webhookId,
			...trigger,
		});
	if (poll)
		triggers.push({
			id: randomUUID(),
			name: 'Casso Polling Trigger',
			type: 'n8n-nodes-casso.cassoPollingTrigger',
			typeVersion: 1,
			position: [0, 200],
			...poll,
		});
	const toLedger = { main: [[{ node: ledger.name, type: 'main', index: 0 }]] };
	const connections = Object.fromEntries(triggers.map((node) => [node.name, toLedger]));
	return { name, nodes: [...triggers, ledger], connections, settings: { executionOrder: 'v1' } };
}

/** Stores how workflows reach the ledger's database. */
export async function putPostgresCredential(
	api: N8nApi,
	{ host, port, user, password }: PostgresServer,
	database: string,
): Promise<{ id: string; name: string }> {
	return await api.putCredential('Ledger', 'postgres', {
		host,
		port,
		user,
		password,
		database,
		ssl: 'disable',
		maxConnections: 10,
	});
}

export async function readLedger(server: PostgresServer, database: string): Promise<LedgerRow[]> {
	return await withClient(
		server,
		database,
		async (client) => (await client.query<LedgerRow>(`SELECT * FROM ${LEDGER_TABLE}`)).rows,
	);
}
