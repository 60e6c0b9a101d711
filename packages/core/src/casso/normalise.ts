/** The shape of a transaction, and the conversion from Casso's four dialects. */
import { getShortBankName } from '../banks';
import { RecordError } from '../errors';
import { asNumber, asObject, asText, getFirst, firstText, describeType } from '../json';
import { toVietnamTime, type TimesEndingInZ } from '../time';

/**
 * The shape of every transaction in Saoke, for all of Casso's four dialects.
 *
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
	/** Short name, the same in all dialects, e.g. Vietcombank; as Casso says it if the bank is unknown. */
	bankName: string;
	counterpartyName: string;
	counterpartyAccount: string;
}

/** Additional fields that a dialect may contain. Available under Selected Fields. */
export interface BankTransactionDetails {
	/** `YYYY-MM-DD`, the bank's booking date. */
	bookingDate: string;
	/** Casso's id of the own account. */
	accountId: number | null;
	virtualAccountNumber: string;
	virtualAccountName: string;
	paymentChannel: string;
	counterpartyBankId: string;
	/** Short name, also if Casso gives only the bank's BIN. */
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

/** Keys of each field in all dialects; the first non-empty value is used. */
const KEYS = {
	id: ['id', 'privateId'],
	reference: ['tid', 'reference'],
	time: ['when', 'transactionDateTime', 'transactionDate', 'bookingDate'],
	bookingDate: ['bookingDate'],
	runningBalance: ['cusumBalance', 'cusum_balance', 'runningBalance'],
	accountNumber: ['bankSubAccId', 'bank_sub_acc_id', 'subAccId', 'accountNumber'],
	counterpartyName: ['corresponsiveName', 'counterAccountName'],
	counterpartyAccount: ['corresponsiveAccount', 'counterAccountNumber'],
	counterpartyBankId: ['corresponsiveBankId', 'counterAccountBankId'],
	counterpartyBankName: ['corresponsiveBankName', 'counterAccountBankName'],
	virtualAccountNumber: ['virtualAccount', 'virtualAccountNumber'],
	virtualAccountName: ['virtualAccountName'],
	paymentChannel: ['paymentChannel'],
} as const;

/** The linked account, for the dialect that does not include it. */
export interface KnownAccount {
	id?: number;
	accountNumber: string;
	bankName: string;
}

export interface NormaliseOptions {
	/** Meaning of a trailing Z (casso-api 8); default Vietnam time. */
	timesEndingInZ?: TimesEndingInZ;
	/** Fills in what the account dialect omits. */
	account?: KnownAccount;
}

/**
 * The only place that knows Casso's four transaction dialects (casso-api 5). Reads by key, never by order.
 *
 * @param value a transaction record of any dialect
 * @throws RecordError if it is not an object, has neither id nor reference, or has no amount
 */
export function normaliseTransaction(value: unknown, options: NormaliseOptions = {}): NormalisedTransaction {
	const raw = asObject(value);
	if (!raw) throw new RecordError('transaction', 'record', describeType(value));
	const text = (keys: readonly string[]): string => firstText(raw, keys);
	const transactedAtRaw = text(KEYS.time);
	const counterpartyBankId = text(KEYS.counterpartyBankId);
	const bookingDate = toVietnamTime(text(KEYS.bookingDate), options.timesEndingInZ)?.slice(0, 10) ?? '';
	return {
		transaction: {
			id: readId(raw),
			reference: text(KEYS.reference),
			transactedAt: toVietnamTime(transactedAtRaw, options.timesEndingInZ),
			amount: readAmount(raw),
			description: text(['description']),
			runningBalance: asNumber(getFirst(raw, KEYS.runningBalance)),
			accountNumber: text(KEYS.accountNumber) || (options.account?.accountNumber ?? ''),
			bankName:
				getShortBankName({ codes: [raw.bankCodeName, raw.bankAbbreviation], names: [raw.bankName] }) ||
				(options.account?.bankName ?? ''),
			counterpartyName: text(KEYS.counterpartyName),
			counterpartyAccount: text(KEYS.counterpartyAccount),
		},
		details: {
			bookingDate,
			accountId: asNumber(raw.accountId) ?? options.account?.id ?? null,
			virtualAccountNumber: text(KEYS.virtualAccountNumber),
			virtualAccountName: text(KEYS.virtualAccountName),
			paymentChannel: text(KEYS.paymentChannel),
			counterpartyBankId,
			counterpartyBankName: getShortBankName({ names: [text(KEYS.counterpartyBankName)], bin: counterpartyBankId }),
			transactedAtRaw,
		},
		raw,
	};
}

/** The ID may be 0. If it is missing, the bank's reference is used instead, so that the record is not lost. */
function readId(raw: Record<string, unknown>): number | string {
	const id = getFirst(raw, KEYS.id);
	if (typeof id === 'number' || (typeof id === 'string' && id !== '')) return id;
	const reference = firstText(raw, KEYS.reference);
	if (reference === '') throw new RecordError('transaction', 'id', describeType(id));
	return reference;
}

function readAmount(raw: Record<string, unknown>): number {
	const amount = asNumber(raw.amount);
	if (amount === null) {
		throw new RecordError(`transaction ${asText(getFirst(raw, KEYS.id))}`.trim(), 'amount', describeType(raw.amount));
	}
	return amount;
}
