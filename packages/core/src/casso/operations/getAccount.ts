/** `GET /v2/accounts/:accountId` (casso-api 4.3): one linked bank account. */
import type { ZMeaning } from '../../time/vietnamTime';
import { normaliseAccount, type NormalisedAccount } from '../bankAccount';
import { callCasso, type CassoConnection } from '../call';
import { checkId } from '../checkId';
import { onlyRecord } from '../onlyRecord';

/**
 * @param accountId Casso's id of the account, not the account number
 * @throws ParameterError for an id that is no whole number; ApiError, also when Casso knows no such account
 */
export async function getAccount(
	connection: CassoConnection,
	accountId: unknown,
	zMeans?: ZMeaning,
): Promise<NormalisedAccount> {
	const path = `/accounts/${checkId(accountId, 'accountId')}`;
	const data = await callCasso(connection, { method: 'GET', path });
	return normaliseAccount(onlyRecord(data, path), zMeans);
}
