/** The proof: one transfer in the sandbox, and the same transfer as a row of the ledger. */
import type { Sandbox } from '@saoke/sandbox';
import type { N8nApi, TableRow } from '../../hosts/n8nApi';

const LONGEST_WAIT_MS = 30_000;
const LOOK_EVERY_MS = 25;

export interface TransferResult {
	row: TableRow;
	/** From adding the transfer to seeing the row, in ms. */
	tookMs: number;
}

/**
 * Makes a transfer and waits until it is in the ledger.
 *
 * @throws Error when no row comes in time, or when one of its values differs from what the sandbox sent
 */
export async function transferToLedger(sandbox: Sandbox, api: N8nApi, tableId: string): Promise<TransferResult> {
	const startedMs = Date.now();
	const sent = sandbox.casso.addTransaction({
		amount: 2_500_000,
		memo: `DH${String(startedMs).slice(-6)} thanh toan don hang`,
		counterparty: {
			name: 'TRAN THI BICH NGOC',
			accountNumber: '0071000888888',
			bankId: '970436',
			bankName: 'Vietcombank',
		},
	});
	const account = sandbox.casso.data.accounts.find((candidate) => candidate.id === sent.accountId);
	const row = await waitForRow(api, tableId, String(sent.id));
	const tookMs = Date.now() - startedMs;
	const expected: TableRow = {
		transactionId: String(sent.id),
		accountNumber: account?.accountNumber,
		amount: sent.amount,
		description: sent.description,
		reference: sent.reference,
		runningBalance: sent.runningBalance,
		counterpartyName: sent.counterparty.name,
		counterpartyAccount: sent.counterparty.accountNumber,
		transactedAt: `${new Date(sent.time + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`,
	};
	for (const [column, value] of Object.entries(expected)) {
		if (row[column] !== value) {
			throw new Error(
				`The ledger differs from what was sent: ${column} is ${String(row[column])} instead of ${String(value)}`,
			);
		}
	}
	return { row, tookMs };
}

async function waitForRow(api: N8nApi, tableId: string, transactionId: string): Promise<TableRow> {
	const deadline = Date.now() + LONGEST_WAIT_MS;
	while (Date.now() < deadline) {
		const { rows } = await api.rows(tableId, { column: 'transactionId', value: transactionId });
		if (rows[0]) return rows[0];
		await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
	}
	throw new Error(
		`The transfer did not reach the ledger within ${LONGEST_WAIT_MS / 1000} s: look at the executions in n8n and at the deliveries in the sandbox`,
	);
}
