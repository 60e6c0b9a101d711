/** `GET /v2/transactions/:id` (casso-api 4.6): one transaction. */
import { callCasso, type CassoConnection } from '../call';
import type { NormalisedTransaction } from '../bankTransaction';
import { checkId } from '../checkId';
import { normaliseTransaction, type NormaliseOptions } from '../normaliseTransaction';
import { onlyRecord } from '../onlyRecord';

/**
 * @param transactionId Casso's id, may be 0
 * @throws ParameterError for an id that is no whole number; ApiError, also when Casso knows no such transaction
 */
export async function getTransaction(
	connection: CassoConnection,
	transactionId: unknown,
	options?: NormaliseOptions,
): Promise<NormalisedTransaction> {
	const path = `/transactions/${checkId(transactionId, 'transactionId')}`;
	const data = await callCasso(connection, { method: 'GET', path });
	return normaliseTransaction(onlyRecord(data, path), options);
}
