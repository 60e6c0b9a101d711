/** `GET /v2/accounts` (casso-api 4.2): every linked bank account. */
import { RecordError } from '../../errors/RecordError';
import { kindOf } from '../../json/reading';
import type { ZMeaning } from '../../time/vietnamTime';
import { normaliseAccount, type NormalisedAccount } from '../bankAccount';
import { callCasso, type CassoConnection } from '../call';

/** @throws ApiError, NetworkError, RecordError when `data` is neither a list nor null */
export async function getAccounts(connection: CassoConnection, zMeans?: ZMeaning): Promise<NormalisedAccount[]> {
	const data = await callCasso(connection, { method: 'GET', path: '/accounts' });
	if (data === null) return [];
	if (!Array.isArray(data)) throw new RecordError('list of accounts', 'data', kindOf(data));
	return data.map((record) => normaliseAccount(record, zMeans));
}
