/** An own bank account in the simplified shape, ten fields (casso-api 4.2). */
import { RecordError } from '../errors/RecordError';
import { asNumber, asObject, asText, firstText, kindOf } from '../json/reading';
import { toVietnamTime, type ZMeaning } from '../time/vietnamTime';

export interface BankAccount {
	/** Casso's id of the account; used in paths. */
	id: number;
	accountNumber: string;
	accountName: string;
	bankName: string;
	/** The bank's identification number; a string where the bank has none. */
	BIN: number | string | null;
	currency: string;
	/** VND; null where Casso does not know it. */
	balance: number | null;
	/** 0 inactive, 1 connected. */
	connectStatus: number | null;
	memo: string;
	/** Time of the last transaction, ISO 8601 with +07:00; null where unknown. */
	endingTxnDate: string | null;
}

export interface NormalisedAccount {
	account: BankAccount;
	raw: Record<string, unknown>;
}

/** Names of the simplified fields, in order. */
export const BANK_ACCOUNT_FIELDS = [
	'id',
	'accountNumber',
	'accountName',
	'bankName',
	'BIN',
	'currency',
	'balance',
	'connectStatus',
	'memo',
	'endingTxnDate',
] as const satisfies readonly (keyof BankAccount)[];

/**
 * @param value an account record of `/v2/accounts` or of `/v2/accounts/:accountId`
 * @param zMeans meaning of a trailing Z (casso-api 8)
 * @throws RecordError when it is no object or has no id
 */
export function normaliseAccount(value: unknown, zMeans?: ZMeaning): NormalisedAccount {
	const raw = asObject(value);
	if (!raw) throw new RecordError('account', 'record', kindOf(value));
	const id = asNumber(raw.id);
	if (id === null) throw new RecordError('account', 'id', kindOf(raw.id));
	return {
		account: {
			id,
			accountNumber: asText(raw.accountNumber),
			accountName: asText(raw.accountName),
			bankName: firstText(raw, ['bankName', 'bankCodeName']),
			BIN: asNumber(raw.BIN) ?? (asText(raw.BIN) || null),
			currency: asText(raw.currency),
			balance: asNumber(raw.balance),
			connectStatus: asNumber(raw.connectStatus),
			memo: asText(raw.memo),
			endingTxnDate: toVietnamTime(asText(raw.endingTxnDate), zMeans),
		},
		raw,
	};
}
