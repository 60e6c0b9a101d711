/** Finds an account by what a person has at hand: Casso's id, or the account number at the bank. */
import { ParameterError } from '../errors/ParameterError';
import type { NormalisedAccount } from './bankAccount';

const PARAMETER = 'accountId';

/**
 * An id and an account number are both digits, so the linked accounts decide which of the two a text is.
 *
 * @param accounts every linked account
 * @param wanted Casso's id or an account number; a number or a text
 * @param isPicked set if it was picked from a list, so that it can only be an id
 * @throws ParameterError if it is empty, if no account has it, and if it is the id of one account and the number of another
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
		'Take one from the list of accounts: Account, Get Many.',
	);
}

/** @throws ParameterError if it can be neither; checked before the accounts are asked for */
export function readIdOrNumber(value: unknown): string {
	const isExact = typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value));
	const text = isExact ? String(value).trim() : '';
	if (/^[0-9A-Za-z]{1,34}$/.test(text)) return text;
	throw new ParameterError(
		PARAMETER,
		text === '' ? 'No account is given' : 'This is neither an ID of Casso nor an account number',
		"Use Casso's ID of the account, e.g. 123, or the account number at the bank, e.g. 0071000888888.",
	);
}
