/** The proof: one transfer in the sandbox, and the same transfer as a row in Postgres. */
import type { Sandbox } from '@saoke/sandbox';
import { LEDGER_TABLE, type LedgerRow } from './ledger';
import { withClient, type PostgresServer } from './postgres';

const LONGEST_WAIT_MS = 30_000;
const LOOK_EVERY_MS = 25;

/**
 * Makes a transfer and waits until it is in the ledger.
 *
 * @returns ms it took
 * @throws Error when no row comes in time, or when it differs from what the sandbox sent
 */
export async function transferToPostgres(sandbox: Sandbox, server: PostgresServer, database: string): Promise<number> {
	const startedMs = Date.now();
	const sent = sandbox.casso.addTransaction({
		amount: 2_500_000,
		memo: `DH${String(startedMs).slice(-6)} thanh toán đơn hàng`,
	});
	const account = sandbox.casso.data.accounts.find(({ id }) => id === sent.accountId);
	const row = await waitForRow(server, database, String(sent.id));
	const expected = {
		account_number: account?.accountNumber,
		amount: String(sent.amount),
		description: sent.description,
		reference: sent.reference,
	};
	for (const [column, value] of Object.entries(expected)) {
		const found = row[column as keyof typeof expected];
		if (found !== value)
			throw new Error(`The ledger differs from what was sent: ${column} is ${found} instead of ${String(value)}`);
	}
	return Date.now() - startedMs;
}

async function waitForRow(server: PostgresServer, database: string, id: string): Promise<LedgerRow> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	return await withClient(server, database, async (client) => {
		while (Date.now() < deadline) {
			const { rows } = await client.query<LedgerRow>(`SELECT * FROM ${LEDGER_TABLE} WHERE transaction_id = $1`, [id]);
			if (rows[0]) return rows[0];
			await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
		}
		throw new Error(
			`The transfer did not reach Postgres within ${LONGEST_WAIT_MS / 1000} s: look at the executions in n8n and at the deliveries in the sandbox`,
		);
	});
}
