/** The one shape that every transaction has in Saoke, whichever of Casso's four dialects it came in. */

/**
 * Simplified form, ten fields. Unknown text is the empty string; an unknown balance or time is null.
 * `id` is Casso's transaction id and is 0 for test calls.
 */
export interface BankTransaction {
	id: number | string;
	/** The bank's payment reference; banks may repeat it. */
	reference: string;
	/** ISO 8601 with +07:00. */
	transactedAt: string | null;
	/** VND, negative = money out. */
	amount: number;
	description: string;
	/** VND after this transaction. */
	runningBalance: number | null;
	/** Own account number at the bank, leading zeros kept. */
	accountNumber: string;
	bankName: string;
	counterpartyName: string;
	counterpartyAccount: string;
}

/** What else a dialect may tell. Offered under Selected Fields. */
export interface BankTransactionDetails {
	/** `YYYY-MM-DD`, day on which the bank booked it. */
	bookingDate: string;
	/** Casso's id of the own account. */
	accountId: number | null;
	virtualAccountNumber: string;
	virtualAccountName: string;
	paymentChannel: string;
	counterpartyBankId: string;
	counterpartyBankName: string;
	/** The time as Casso sent it. */
	transactedAtRaw: string;
}

export interface NormalisedTransaction {
	transaction: BankTransaction;
	details: BankTransactionDetails;
	/** The record as the service sent it. */
	raw: Record<string, unknown>;
}

/** Names of the simplified fields, in order. */
export const BANK_TRANSACTION_FIELDS = [
	'id',
	'reference',
	'transactedAt',
	'amount',
	'description',
	'runningBalance',
	'accountNumber',
	'bankName',
	'counterpartyName',
	'counterpartyAccount',
] as const satisfies readonly (keyof BankTransaction)[];

/** Names of the further fields, in order. */
export const BANK_TRANSACTION_DETAIL_FIELDS = [
	'bookingDate',
	'accountId',
	'virtualAccountNumber',
	'virtualAccountName',
	'paymentChannel',
	'counterpartyBankId',
	'counterpartyBankName',
	'transactedAtRaw',
] as const satisfies readonly (keyof BankTransactionDetails)[];
