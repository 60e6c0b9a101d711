/** `GET /v2/accounts`, `/v2/accounts/:accountId` and `/v2/accounts/:accountId/transactions` (spec 4.2 to 4.4). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CassoAccount } from '@saoke/core';
import type { CassoBank } from '../bank';
import { toAccount, toAccountRecord } from '../dialects';
import type { SandboxAccount } from '../model';
import { answers } from './assumedAnswers';
import { contract, parameters } from './contract';
import { success, SUCCESSFUL } from './envelope';
import { listTransactions } from './listTransactions';
import { readId } from './readId';
import { routePath } from '../../openapi/operation';

interface AccountPath {
	Params: { accountId: string };
}

export function accountRoutes(scope: FastifyInstance, bank: CassoBank): void {
	const print = (account: SandboxAccount): CassoAccount =>
		toAccount(account, bank.book.figures(account), bank.quirks.values);
	scope.get(routePath(contract.accounts), () => success(bank.book.accounts.map(print), SUCCESSFUL));
	scope.get<AccountPath>(routePath(contract.account), (request) =>
		success(print(accountOfPath(request, bank)), SUCCESSFUL),
	);
	scope.get<AccountPath>(routePath(contract.accountTransactions), (request) => {
		const account = accountOfPath(request, bank);
		const quirks = bank.quirks.values;
		return success(listTransactions(bank, request, account.id, (transaction) => toAccountRecord(transaction, quirks)));
	});
}

function accountOfPath(request: FastifyRequest<AccountPath>, bank: CassoBank): SandboxAccount {
	const id = readId(request, parameters.accountId);
	const account = bank.book.account(id);
	if (account === undefined) throw answers.unknownAccount();
	return account;
}
