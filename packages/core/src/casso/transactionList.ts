/** The list calls of Casso as a list that the pager can read. Raw records are dropped as soon as they are normalised. */
import type { NormalisedTransaction } from './bankTransaction';
import { callCasso, type CassoConnection } from './call';
import { normaliseTransaction, type NormaliseOptions } from './normaliseTransaction';
import { listCall } from './operations/getTransactionPage';
import { readPage } from './page';
import type { FetchPage } from './paging/listSource';
import { RequestGate } from '../http/requestGate';
import type { TransactionQuery } from './transactionQuery';

/** Largest page size seen in public code; the maximum is not documented. */
export const DEFAULT_PAGE_SIZE = 50;

/** Identity of a transaction: ids of two accounts may be equal. */
export function transactionKey({ transaction, details }: NormalisedTransaction): string {
	return JSON.stringify([accountGroup(transaction.accountNumber, details.accountId), String(transaction.id)]);
}

/** What ids are unique within: the account number, or Casso's id of the account where there is no number. */
export function accountGroup(accountNumber: string, accountId: number | null): string {
	return accountNumber === '' && accountId !== null ? `#${accountId}` : accountNumber;
}

const gates = new WeakMap<CassoConnection, Map<number, RequestGate>>();

/**
 * A connection whose requests share one gate: at most this many in flight, one after a 429. Lists that are read one after
 * the other through the same connection share it, so that the pace that Casso was seen to bear is kept.
 */
export function gated(connection: CassoConnection, parallel: number): CassoConnection {
	const own = gates.get(connection) ?? new Map<number, RequestGate>();
	gates.set(connection, own);
	const gate = own.get(parallel) ?? new RequestGate(connection.runtime, parallel);
	own.set(parallel, gate);
	return { ...connection, gate };
}

/** @param open makes the item of a row; undefined for a row that is not wanted */
export function transactionPages<T>(
	connection: CassoConnection,
	query: TransactionQuery,
	normalising: NormaliseOptions,
	open: (found: NormalisedTransaction) => T | undefined,
): FetchPage<T> {
	return async (page, pageSize) => {
		const data = await callCasso(connection, listCall({ ...query, page, pageSize }));
		const { records, ...rest } = readPage(data, page);
		const rows = records.map((record) => {
			const found = normaliseTransaction(record, normalising);
			return { key: transactionKey(found), time: found.transaction.transactedAt, item: open(found), rank: 0 };
		});
		return { ...rest, rows };
	};
}
