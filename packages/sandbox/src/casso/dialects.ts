/** One transaction in the four dialects of spec section 5, and accounts in theirs. The only file that knows the field names. */
import type { CassoAccount, CassoAccountTransaction } from './contract';
import type { SandboxAccount, SandboxTransaction } from './model';
import type { CassoQuirks } from './quirks';
import type {
	CassoLegacyWebhookTransaction,
	CassoListRecord,
	CassoUserBankAccount,
	CassoWebhookV2Transaction,
} from './wire';
import { startOfVietnamDay, utcDateTime, vietnamDateTime, vietnamDay } from '../engine/vietnamTime';

const DATE_ONLY_IN_V2 = '07:00:00';

/** Adds an undocumented key if that is switched on: readers must cope with it. */
function withExtraKeys<T extends object>(
	record: T,
	quirks: CassoQuirks,
	value: unknown = { nested: [1, 'hai', null] },
): T {
	return quirks.extraKeys === 'none' ? record : { ...record, sandboxUnknownKey: value };
}

/** Time of the transaction, cut to the day if the banks give no time. */
function bankTime(transaction: SandboxTransaction, quirks: CassoQuirks): number {
	if (quirks.bankTimes === 'full') return transaction.time;
	return startOfVietnamDay(vietnamDay(transaction.time)) ?? transaction.time;
}

/** `GET /v2/transactions` and `/v2/transactions/:id` (spec 4.5). */
export function toListRecord(
	transaction: SandboxTransaction,
	account: SandboxAccount,
	quirks: CassoQuirks,
): CassoListRecord {
	const time = bankTime(transaction, quirks);
	const dateOnly = quirks.recordForm === 'minimal' || quirks.whenForm === 'date';
	const base = {
		id: transaction.id,
		tid: transaction.reference,
		description: transaction.description,
		amount: transaction.amount,
		...listBalance(transaction, quirks),
		when: dateOnly ? vietnamDay(time) : vietnamDateTime(time),
	};
	if (quirks.recordForm === 'minimal') return withExtraKeys(base, quirks);
	const text = (value: string): string | null => (value === '' && quirks.unknownText === 'null' ? null : value);
	const { counterparty } = transaction;
	return withExtraKeys(
		{
			...base,
			...listBookingDate(transaction, quirks),
			bankSubAccId: account.accountNumber,
			paymentChannel: text(transaction.paymentChannel),
			virtualAccount: text(transaction.virtualAccountNumber),
			virtualAccountName: text(transaction.virtualAccountName),
			corresponsiveName: text(counterparty.name),
			corresponsiveAccount: text(counterparty.accountNumber),
			corresponsiveBankId: text(counterparty.bankId),
			corresponsiveBankName: text(counterparty.bankName),
			accountId: transaction.accountId,
			bankCodeName: account.bank.codeName,
		},
		quirks,
	);
}

function listBalance(
	transaction: SandboxTransaction,
	quirks: CassoQuirks,
): Pick<CassoListRecord, 'cusumBalance' | 'cusum_balance'> {
	if (quirks.balanceValue === 'missing') return {};
	return { [quirks.balanceSpelling]: quirks.balanceValue === 'null' ? null : transaction.runningBalance };
}

function listBookingDate(transaction: SandboxTransaction, quirks: CassoQuirks): Pick<CassoListRecord, 'bookingDate'> {
	if (quirks.bookingDate === 'missing') return {};
	return { bookingDate: quirks.bookingDate === 'null' ? null : `${transaction.bookingDate}T00:00:00` };
}

/** `…Z` of the accounts dialect: Vietnam time by default, real UTC by switch (spec 8). */
function zTime(ms: number, quirks: CassoQuirks): string {
	return `${quirks.zTimes === 'utc' ? utcDateTime(ms) : vietnamDateTime(ms)}Z`;
}

/** `GET /v2/accounts/:accountId/transactions` (spec 4.4). */
export function toAccountRecord(transaction: SandboxTransaction, quirks: CassoQuirks): CassoAccountTransaction {
	const time = bankTime(transaction, quirks);
	const { counterparty } = transaction;
	return withExtraKeys(
		{
			privateId: quirks.privateId === 'equal' ? transaction.id : transaction.sequence,
			reference: transaction.reference,
			bookingDate: transaction.bookingDate,
			transactionDate: vietnamDay(time),
			transactionDateTime: zTime(time, quirks),
			amount: transaction.amount,
			description: transaction.description,
			runningBalance: transaction.runningBalance,
			virtualAccountNumber: transaction.virtualAccountNumber,
			virtualAccountName: transaction.virtualAccountName,
			paymentChannel: transaction.paymentChannel,
			counterAccountNumber: counterparty.accountNumber,
			counterAccountName: counterparty.name,
			counterAccountBankId: counterparty.bankId,
			counterAccountBankName: counterparty.bankName,
		},
		quirks,
	);
}

/** An element of the legacy webhook's array (spec 6.1). */
export function toLegacyRecord(
	transaction: SandboxTransaction,
	account: SandboxAccount,
	quirks: CassoQuirks,
): CassoLegacyWebhookTransaction {
	const time = bankTime(transaction, quirks);
	const base = {
		id: transaction.id,
		tid: transaction.reference,
		description: transaction.description,
		amount: transaction.amount,
		cusum_balance: transaction.runningBalance,
		when: quirks.legacyWhen === 'date' ? vietnamDay(time) : vietnamDateTime(time).replace('T', ' '),
		bank_sub_acc_id: account.accountNumber,
		subAccId: account.accountNumber,
	};
	if (quirks.legacyKeys === 'minimal') return withExtraKeys(base, quirks);
	const { counterparty } = transaction;
	return withExtraKeys(
		{
			...base,
			bankName: account.bank.shortName,
			bankAbbreviation: account.bank.abbreviation,
			virtualAccount: transaction.virtualAccountNumber,
			virtualAccountName: transaction.virtualAccountName,
			corresponsiveName: counterparty.name,
			corresponsiveAccount: counterparty.accountNumber,
			corresponsiveBankId: counterparty.bankId,
			corresponsiveBankName: counterparty.bankName,
		},
		quirks,
	);
}

/** `data` of Webhook V2, keys in wire order (spec 6.2). */
export function toV2Record(
	transaction: SandboxTransaction,
	account: SandboxAccount,
	quirks: CassoQuirks,
): CassoWebhookV2Transaction {
	const { counterparty } = transaction;
	const dateTime =
		quirks.bankTimes === 'dateOnly'
			? `${vietnamDay(transaction.time)} ${DATE_ONLY_IN_V2}`
			: vietnamDateTime(transaction.time).replace('T', ' ');
	const record = {
		id: transaction.id,
		reference: transaction.reference,
		description: transaction.description,
		amount: transaction.amount,
		runningBalance: transaction.runningBalance,
		transactionDateTime: dateTime,
		accountNumber: account.accountNumber,
		bankName: account.bank.shortName,
		bankAbbreviation: account.bank.abbreviation,
		virtualAccountNumber: transaction.virtualAccountNumber,
		virtualAccountName: transaction.virtualAccountName,
		counterAccountName: counterparty.name,
		counterAccountNumber: counterparty.accountNumber,
		counterAccountBankId: counterparty.bankId,
		counterAccountBankName: counterparty.bankName,
	};
	// V2 never holds null or arrays (spec 12), so its unknown key is a plain text.
	return withExtraKeys(record, quirks, 'hai');
}

/** What an account's figures are at the moment. */
export interface AccountFigures {
	/** VND. */
	balance: number;
	/** VND that ever came in and went out. */
	credit: number;
	debit: number;
	/** Time of the last transaction in ms, or null. */
	lastTime: number | null;
}

/** `GET /v2/accounts` (spec 4.2). The sums are in the `…Total` fields, as in the vendor's sample. */
export function toAccount(account: SandboxAccount, figures: AccountFigures, quirks: CassoQuirks): CassoAccount {
	const lastDay = figures.lastTime === null ? null : startOfVietnamDay(vietnamDay(figures.lastTime));
	return withExtraKeys(
		{
			id: account.id,
			accountNumber: account.accountNumber,
			accountName: account.holder,
			accountType: '',
			balance: figures.balance,
			currency: 'VND',
			swift: '',
			citad: '',
			serviceType: 'personal',
			bankName: account.bank.fullName,
			BIN: account.bank.bin,
			bankCodeName: account.bank.codeName,
			memo: account.memo,
			connectStatus: account.connectStatus,
			beginningSettingDate: account.linkedOn,
			beginningTxnDate: null,
			beginningBalance: account.beginningBalance,
			creditTxnTotal: figures.credit,
			creditTxnAmount: 0,
			debitTxnTotal: figures.debit,
			debitTxnAmount: 0,
			lockSyncDate: null,
			endingBalance: figures.balance,
			endingTxnDate: lastDay === null ? null : zTime(lastDay, quirks),
		},
		quirks,
	);
}

/** An element of `bankAccs` in `GET /v2/userInfo` (spec 4.1): the live capture or the documented form. */
export function toUserBankAccount(account: SandboxAccount, quirks: CassoQuirks): CassoUserBankAccount {
	const bin = { number: account.bank.bin, string: String(account.bank.bin), empty: '' }[quirks.bin];
	if (quirks.userInfoForm === 'documented') {
		return {
			id: account.id,
			bank: { bin, codeName: account.bank.codeName },
			bankAccountName: null,
			bankSubAccId: account.accountNumber,
			connectStatus: account.connectStatus,
			planStatus: account.planStatus,
		};
	}
	const { bank } = account;
	return {
		id: account.id,
		bank: { id: bank.id, bin, swift: '', codeName: bank.codeName, fullName: bank.fullName, bankType: 'personal' },
		bankAccountName: account.holder,
		bankSubAccId: account.accountNumber,
		balance: null,
		memo: account.memo,
		connectStatus: account.connectStatus,
		planStatus: account.planStatus,
		beginDate: account.linkedOn,
	};
}
