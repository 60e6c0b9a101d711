/** One page of `GET /v2/transactions` or `GET /v2/accounts/:accountId/transactions` (casso-api 4.4 and 4.5). */
import { callCasso, type CassoCall, type CassoConnection } from '../call';
import { checkId } from '../checkId';
import { readPage, type Page } from '../page';
import type { TransactionQuery } from '../transactionQuery';

/**
 * @param query checked query; what is left out takes Casso's default
 * @throws ApiError, NetworkError, RecordError
 */
export async function getTransactionPage(connection: CassoConnection, query: TransactionQuery): Promise<Page> {
	return readPage(await callCasso(connection, listCall(query)), query.page ?? 1);
}

/** The call for one page: of all accounts, or of one. */
export function listCall({ accountId, ...query }: TransactionQuery): CassoCall {
	const path = accountId === undefined ? '/transactions' : `/accounts/${checkId(accountId, 'accountId')}/transactions`;
	return { method: 'GET', path, query };
}
