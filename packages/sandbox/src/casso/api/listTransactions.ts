/** What both list calls share: query, page, faults while paging (spec 4.4 and 4.5). */
import type { FastifyRequest } from 'fastify';
import type { CassoBank } from '../bank';
import { schemaCheckOf } from '../../openapi/checkParameter';
import type { SandboxTransaction } from '../model';
import type { ApiFault } from './apiFault';
import { readListQuery } from './listQuery';
import { cutPage, toPageData } from './paging';

/**
 * `data` of a list call.
 * @param accountId of one account, or null for all
 * @param print a transaction in the dialect of the call
 */
export function listTransactions(
	bank: CassoBank,
	request: FastifyRequest,
	accountId: number | null,
	print: (transaction: SandboxTransaction) => object,
): unknown {
	const quirks = bank.quirks.values;
	const query = readListQuery(
		request.query as Record<string, unknown>,
		bank.clock.now(),
		quirks,
		schemaCheckOf(request),
	);
	const range = bank.book.transactions.range(accountId, query.fromTime, query.toTime);
	const page = cutPage(range, query, request.cassoFaults, quirks, bank.random);
	const data = toPageData(page, page.transactions.map(print), query.pageSize, quirks);
	changeAfterPage(bank, request.cassoFaults, page.transactions);
	return data;
}

/** Transactions that appear or disappear between this page and the next. */
function changeAfterPage(bank: CassoBank, faults: readonly ApiFault[], shown: readonly SandboxTransaction[]): void {
	for (const fault of faults) {
		if (fault.kind === 'insertWhilePaging') bank.addTransactions(fault.transactions);
		if (fault.kind === 'deleteWhilePaging') {
			const id = fault.transactionId ?? shown[0]?.id;
			if (id !== undefined) bank.deleteTransaction(id);
		}
	}
}
