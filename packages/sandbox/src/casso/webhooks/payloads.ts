/** What is sent to a webhook: transactions in its dialect, the test call and the empty ping (spec 6). */
import type { WebhookPayload } from './faults';
import type { RegisteredWebhook, WebhookDialect } from './model';
import { vietnamDateTime } from '../../engine/vietnamTime';
import { toLegacyRecord, toV2Record } from '../dialects';
import type { SandboxAccount, SandboxTransaction } from '../model';
import type { CassoQuirks } from '../quirks';

/** A payload and the transactions in it. */
export interface PlannedEvent {
	transactionIds: number[];
	payload: WebhookPayload;
}

/** Whether the webhook wants to hear of a transaction. */
function wants(webhook: RegisteredWebhook, transaction: SandboxTransaction): boolean {
	if (webhook.incomeOnly && transaction.amount <= 0) return false;
	return webhook.accountIds === null || webhook.accountIds.includes(transaction.accountId);
}

/** The events of transactions that arrived together: V2 one each; legacy in batches of the size of the quirk. */
export function planEvents(
	webhook: RegisteredWebhook,
	transactions: readonly SandboxTransaction[],
	getAccountLabel: (transaction: SandboxTransaction) => SandboxAccount,
	quirks: CassoQuirks,
): PlannedEvent[] {
	const wanted = transactions.filter((transaction) => wants(webhook, transaction));
	if (webhook.dialect === 'v2') {
		return wanted.map((transaction) => ({
			transactionIds: [transaction.id],
			payload: { error: 0, data: { ...toV2Record(transaction, getAccountLabel(transaction), quirks) } },
		}));
	}
	const events: PlannedEvent[] = [];
	for (let first = 0; first < wanted.length; first += quirks.legacyBatchSize) {
		const batch = wanted.slice(first, first + quirks.legacyBatchSize);
		events.push({
			transactionIds: batch.map((transaction) => transaction.id),
			payload: {
				error: 0,
				data: batch.map((transaction) => ({ ...toLegacyRecord(transaction, getAccountLabel(transaction), quirks) })),
			},
		});
	}
	return events;
}

/** "Gọi thử" (spec 6.4): V2 as in the official vector; the legacy form has the same marks. */
export function testCallPayload(dialect: WebhookDialect, now: number): WebhookPayload {
	const marks = { id: 0, description: 'giao dich thu nghiem', amount: 599_000 };
	const time = vietnamDateTime(now).replace('T', ' ');
	if (dialect === 'legacy') {
		const record = {
			...marks,
			tid: 'MA_GIAO_DICH_THU_NGHIEM',
			cusum_balance: 25_000_000,
			when: time,
			bank_sub_acc_id: '88888888',
			subAccId: '88888888',
			bankName: 'VPBank',
			bankAbbreviation: 'VPB',
			virtualAccount: '',
			virtualAccountName: '',
			corresponsiveName: 'NGUYEN VAN A',
			corresponsiveAccount: '8888888888',
			corresponsiveBankId: '970415',
			corresponsiveBankName: 'VietinBank',
		};
		return { error: 0, data: [record] };
	}
	const data = {
		id: marks.id,
		reference: 'MA_GIAO_DICH_THU_NGHIEM',
		description: marks.description,
		amount: marks.amount,
		runningBalance: 25_000_000,
		transactionDateTime: time,
		accountNumber: '88888888',
		bankName: 'VPBank',
		bankAbbreviation: 'VPB',
		virtualAccountNumber: '',
		virtualAccountName: '',
		counterAccountName: 'NGUYEN VAN A',
		counterAccountNumber: '8888888888',
		counterAccountBankId: '970415',
		counterAccountBankName: 'VietinBank',
	};
	return { error: 0, data };
}

/** The ping without transactions that some receivers meet (spec 6.1). */
export function pingPayload(form: 'missing' | 'emptyArray'): WebhookPayload {
	return form === 'missing' ? { error: 0 } : { error: 0, data: [] };
}
