/** One bank, one name: in the list of accounts, in both lists of transactions, and in both kinds of delivery. */
import {
	getAccounts,
	getTransactionPage,
	normaliseTransaction,
	parseDelivery,
	type NormalisedAccount,
} from '@saoke/core';
import type { SandboxOptions, WebhookDialect } from '@saoke/sandbox';
import { closeAll, stage, type Stage } from '../unit/sandbox/support';
import { connectTo } from './harness/casso';

/** One account at each of the sandbox's banks. */
const OPTIONS: SandboxOptions = { accounts: 13 };

afterEach(closeAll);

it.each<[WebhookDialect, number | undefined]>([
	['v2', 970436],
	['legacy', undefined],
])('every bank, with deliveries in the form %s', async (dialect, bankId) => {
	const { casso, target } = await stage(dialect, OPTIONS);
	for (const { id } of casso.casso.data.accounts) {
		const counterparty = { name: 'TRAN VAN B', accountNumber: '0012', bankId: String(bankId ?? '') };
		casso.casso.addTransaction({ accountId: id, amount: 50_000, memo: 'DH35', counterparty });
	}
	await casso.casso.whenIdle();
	const connection = connectTo(casso);

	const accounts = await getAccounts(connection);
	const names = new Map(accounts.map(({ account }) => [account.accountNumber, account.bankName]));
	expect([...names.values()].sort()).toEqual(casso.casso.data.accounts.map(({ bank }) => bank.shortName).sort());

	const polled = (await getTransactionPage(connection, { pageSize: 50 })).records.map((record) =>
		normaliseTransaction(record),
	);
	const ofOne = await Promise.all(accounts.map(async ({ account }) => await getOnlyOf(connection, account)));
	const delivered = getDelivered(target);
	for (const rows of [polled, ofOne, delivered]) {
		expect(new Map(rows.map(({ transaction }) => [transaction.accountNumber, transaction.bankName]))).toEqual(names);
		expect(new Set(rows.map(({ details }) => details.counterpartyBankName))).toEqual(
			new Set([bankId === undefined ? '' : 'Vietcombank']),
		);
	}
	// Casso's own spelling is not lost.
	expect(new Set(accounts.map(({ raw }) => raw.bankCodeName))).toContain('acb_digi');
	expect(new Set(polled.map(({ raw }) => raw.bankCodeName))).toContain('acb_digi');
});

async function getOnlyOf(
	connection: ReturnType<typeof connectTo>,
	account: NormalisedAccount['account'],
): Promise<ReturnType<typeof normaliseTransaction>> {
	const { records } = await getTransactionPage(connection, { accountId: String(account.id), pageSize: 50 });
	expect(records).toHaveLength(1);
	return normaliseTransaction(records[0], { account });
}

function getDelivered({ received }: Stage['target']): ReturnType<typeof normaliseTransaction>[] {
	return received.flatMap(({ json }) => {
		const delivery = parseDelivery(json);
		return delivery.kind === 'transactions' ? delivery.transactions : [];
	});
}
