/** One page of `GET /v2/transactions` or `GET /v2/accounts/:accountId/transactions` (casso-api 4.4 and 4.5). */
import { callCasso, type CassoConnection } from '../call';
import { checkId } from '../checkId';
import { readPage, type Page } from '../page';
import type { TransactionQuery } from '../transactionQuery';

/**
 * @param query checked query; what is left out takes Casso's default
 * @throws ApiError, NetworkError, RecordError
 */
export async function getTransactionPage(connection: CassoConnection, query: TransactionQuery): Promise<Page> {
	const { accountId, ...rest } = query;
	const path = accountId === undefined ? '/transactions' : `/accounts/${checkId(accountId, 'accountId')}/transactions`;
	return readPage(await callCasso(connection, { method: 'GET', path, query: rest }), query.page ?? 1);
}
