/** `POST /v2/sync` (casso-api 4.7): asks Casso to fetch new transactions from the bank now. */
import { ParameterError } from '../../errors/ParameterError';
import { callCasso, type CassoConnection } from '../call';

/**
 * Casso answers at once and pushes what it finds to the registered webhooks. No official rate limit is known;
 * at most one call an account a minute is advised.
 *
 * @param accountNumber the bank's account number, a string with its leading zeros; not Casso's id
 * @returns `data` as sent: null, an object or a list
 * @throws ParameterError when the number is empty; ApiError, NetworkError. Never retried.
 */
export async function requestSync(connection: CassoConnection, accountNumber: string): Promise<unknown> {
	const number = accountNumber.trim();
	if (!/^[0-9A-Za-z._-]{1,40}$/.test(number)) {
		throw new ParameterError('accountNumber', 'This is not a bank account number', 'Pick the account from the list.');
	}
	return await callCasso(connection, { method: 'POST', path: '/sync', body: { bank_acc_id: number } });
}
