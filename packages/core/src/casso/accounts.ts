/** Bank accounts of Casso: one shape, Get, Get Many and Sync (casso-api 4.2, 4.3, 4.7). */
import { getShortBankName } from '../banks';
import { ParameterError, RecordError } from '../errors';
import { asNumber, asObject, asText, describeType } from '../json';
import { toVietnamTime, type TimesEndingInZ } from '../time';
import { callCasso, type CassoConnection, checkId, unwrapSingleRecord } from './client';

export interface BankAccount {
	/** Casso's id of the account; used in paths. */
	id: number;
	accountNumber: string;
	accountName: string;
	/** Short name, e.g. Vietcombank; as Casso says it if the bank is unknown. */
	bankName: string;
	/** The bank's identification number; may be text, or null if the bank has none. */
	BIN: number | string | null;
	currency: string;
	/** VND; null if Casso does not know it. */
	balance: number | null;
	/** 0 inactive, 1 connected. */
	connectStatus: number | null;
	memo: string;
	/** Time of the last transaction, ISO 8601 with +07:00; null if unknown. */
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
 * A linked bank account in the simplified shape, ten fields (casso-api 4.2).
 *
 * @param value an account record of `/v2/accounts` or of `/v2/accounts/:accountId`
 * @param timesEndingInZ meaning of a trailing Z (casso-api 8)
 * @throws RecordError if it is not an object or has no id
 */
export function normaliseAccount(value: unknown, timesEndingInZ?: TimesEndingInZ): NormalisedAccount {
	const raw = asObject(value);
	if (!raw) throw new RecordError('account', 'record', describeType(value));
	const id = asNumber(raw.id);
	if (id === null) throw new RecordError('account', 'id', describeType(raw.id));
	return {
		account: {
			id,
			accountNumber: asText(raw.accountNumber),
			accountName: asText(raw.accountName),
			bankName: getShortBankName({ codes: [raw.bankCodeName], names: [raw.bankName], bin: raw.BIN }),
			BIN: asNumber(raw.BIN) ?? (asText(raw.BIN) || null),
			currency: asText(raw.currency),
			balance: asNumber(raw.balance),
			connectStatus: asNumber(raw.connectStatus),
			memo: asText(raw.memo),
			endingTxnDate: toVietnamTime(asText(raw.endingTxnDate), timesEndingInZ),
		},
		raw,
	};
}

/**
 * `GET /v2/accounts/:accountId` (casso-api 4.3): one linked bank account.
 *
 * @param accountId Casso's id of the account, not the account number
 * @throws ParameterError for an ID that is not a whole number; ApiError, also if Casso has no such account
 */
export async function getAccount(
	connection: CassoConnection,
	accountId: unknown,
	timesEndingInZ?: TimesEndingInZ,
): Promise<NormalisedAccount> {
	const path = `/accounts/${checkId(accountId, 'accountId')}`;
	const data = await callCasso(connection, { method: 'GET', path });
	return normaliseAccount(unwrapSingleRecord(data, path), timesEndingInZ);
}

/**
 * `GET /v2/accounts` (casso-api 4.2): every linked bank account.
 *
 * @throws ApiError, NetworkError, RecordError when `data` is neither a list nor null
 */
export async function getAccounts(
	connection: CassoConnection,
	timesEndingInZ?: TimesEndingInZ,
): Promise<NormalisedAccount[]> {
	const data = await callCasso(connection, { method: 'GET', path: '/accounts' });
	if (data === null) return [];
	if (!Array.isArray(data)) throw new RecordError('list of accounts', 'data', describeType(data));
	return data.map((record) => normaliseAccount(record, timesEndingInZ));
}

/**
 * The name of an account in lists: `Vietcombank ···6612 – NGUYEN VAN A`. What tells accounts apart comes first, since lists
 * cut long names; most of the number is left out, since lists end up in screenshots.
 */
export function accountLabel({ bankName, accountNumber, accountName, memo }: BankAccount): string {
	const which = accountNumber === '' ? '' : ` ···${accountNumber.slice(-4)}`;
	const who = accountName || memo;
	return `${bankName || 'Bank'}${which}${who ? ` – ${who}` : ''}`;
}

const PARAMETER = 'accountId';

/**
 * Finds an account by Casso's ID or by the account number at the bank.
 *
 * Both may be digits only, so the linked accounts decide which of the two a value is.
 *
 * @param accounts every linked account
 * @param wanted Casso's id or an account number; a number or a text
 * @param isPicked true if it was picked from a list, so that it can only be an ID
 * @throws ParameterError if it is empty, matches no account, or is the ID of one account and the number of another
 */
export function findAccount(
	accounts: readonly NormalisedAccount[],
	wanted: unknown,
	isPicked = false,
): NormalisedAccount {
	const text = readIdOrNumber(wanted);
	const byId = accounts.find(({ account }) => String(account.id) === text);
	const byNumber = isPicked ? undefined : accounts.find(({ account }) => account.accountNumber === text);
	if (byId && byNumber && byId !== byNumber) {
		throw new ParameterError(
			PARAMETER,
			'This is the ID of one account and the account number of another',
			'Pick the account from the list.',
		);
	}
	const found = byId ?? byNumber;
	if (found) return found;
	throw new ParameterError(
		PARAMETER,
		isPicked ? 'No linked account has this ID' : 'No linked account has this ID or account number',
		'Find the accounts with Account: Get Many.',
	);
}

/** @throws ParameterError if it can be neither; checked before the accounts are requested */
export function readIdOrNumber(value: unknown): string {
	const isExact = typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
	const text = isExact ? String(value).trim() : '';
	if (/^[0-9A-Za-z]{1,34}$/.test(text)) return text;
	throw new ParameterError(
		PARAMETER,
		text === '' ? 'No account is given' : 'This is neither a Casso ID nor an account number',
		"Use Casso's ID of the account, e.g. 123, or the account number at the bank, e.g. 0071000888888.",
	);
}

/**
 * `POST /v2/sync` (casso-api 4.7): asks Casso to fetch new transactions from the bank now.
 *
 * Casso responds at once and pushes new transactions to the registered webhooks. No official rate limit is known;
 * call it at most once a minute for each account.
 *
 * @param accountNumber the bank's account number, a string with its leading zeros; not Casso's id
 * @returns `data` as sent: null, an object or a list
 * @throws ParameterError if the number is invalid; ApiError, NetworkError. Never retried.
 */
export async function requestSync(connection: CassoConnection, accountNumber: string): Promise<unknown> {
	const number = accountNumber.trim();
	if (!/^[0-9A-Za-z._-]{1,40}$/.test(number)) {
		throw new ParameterError('accountNumber', 'This is not a bank account number', 'Pick the account from the list.');
	}
	return await callCasso(connection, { method: 'POST', path: '/sync', body: { bank_acc_id: number } });
}
