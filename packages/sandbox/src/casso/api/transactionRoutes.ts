/** `GET /v2/transactions` and `/v2/transactions/:id` (spec 4.5 and 4.6). */
import type { FastifyInstance } from 'fastify';
import type { CassoEnvelope, CassoTransaction } from '@saoke/core';
import type { CassoBank } from '../bank';
import { toListRecord } from '../dialects';
import type { SandboxTransaction } from '../model';
import { answers } from './assumedAnswers';
import { contract, parameters } from './contract';
import { success } from './envelope';
import { listTransactions } from './listTransactions';
import { readId } from './readId';
import { routePath } from '../../openapi/operation';

type Detail = CassoTransaction | CassoTransaction[];

export function transactionRoutes(scope: FastifyInstance, bank: CassoBank): void {
	const print = (transaction: SandboxTransaction): CassoTransaction =>
		toListRecord(transaction, bank.book.accountOf(transaction), bank.quirks.values);
	scope.get(routePath(contract.transactions), (request) => success(listTransactions(bank, request, null, print)));
	scope.get<{ Params: { id: string } }>(routePath(contract.transaction), (request) => {
		const transaction = bank.book.transactions.get(readId(request, parameters.id));
		if (transaction === undefined) return unknownTransaction(bank);
		return success<Detail>(detailForm(print(transaction), bank));
	});
}

function detailForm(record: CassoTransaction, bank: CassoBank): Detail | null {
	const forms = { object: record, array: [record], null: null };
	return forms[bank.quirks.values.transactionDetail];
}

function unknownTransaction(bank: CassoBank): CassoEnvelope<Detail> {
	switch (bank.quirks.values.unknownTransaction) {
		case 'null':
			return success<Detail>(null);
		case 'emptyArray':
			return success<Detail>([]);
		case 'notFound':
			throw answers.unknownTransaction();
	}
}
