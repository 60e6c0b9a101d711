/** The calls for user, accounts, transactions and sync (spec 4.1 to 4.7). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CassoBank } from './bank';
import { contract, parameters, type CassoAccount } from './contract';
import { toAccount, toAccountRecord, toListRecord, toUserBankAccount } from './dialects';
import { SUCCESSFUL, failures, success, type CassoEnvelope } from './failures';
import type { SandboxAccount, SandboxTransaction } from './model';
import { cutPage, toPageData } from './paging';
import { changeAfterPage } from './pagingFaults';
import { readId, readListQuery } from './readRequest';
import type { CassoListRecord } from './wire';
import { getSchemaCheck, routePath } from '../engine/operation';

interface AccountPath {
	Params: { accountId: string };
}

export function accountRoutes(scope: FastifyInstance, bank: CassoBank): void {
	const print = (account: SandboxAccount): CassoAccount =>
		toAccount(account, bank.data.getFigures(account), bank.quirks.values);
	scope.get(routePath(contract.accounts), () => success(bank.data.accounts.map(print), SUCCESSFUL));
	scope.get<AccountPath>(routePath(contract.account), (request) =>
		success(print(readAccount(request, bank)), SUCCESSFUL),
	);
	scope.get<AccountPath>(routePath(contract.accountTransactions), (request) => {
		const account = readAccount(request, bank);
		const quirks = bank.quirks.values;
		return success(listTransactions(bank, request, account.id, (transaction) => toAccountRecord(transaction, quirks)));
	});
}

function readAccount(request: FastifyRequest<AccountPath>, bank: CassoBank): SandboxAccount {
	const id = readId(request, parameters.accountId);
	const account = bank.data.getAccount(id);
	if (account === undefined) throw failures.unknownAccount();
	return account;
}

type Detail = CassoListRecord | CassoListRecord[];

export function transactionRoutes(scope: FastifyInstance, bank: CassoBank): void {
	const print = (transaction: SandboxTransaction): CassoListRecord =>
		toListRecord(transaction, bank.data.getTransactionAccount(transaction), bank.quirks.values);
	scope.get(routePath(contract.transactions), (request) => success(listTransactions(bank, request, null, print)));
	scope.get<{ Params: { id: string } }>(routePath(contract.transaction), (request) => {
		const transaction = bank.data.transactions.get(readId(request, parameters.id));
		if (transaction === undefined) return unknownTransaction(bank);
		return success<Detail>(detailForm(print(transaction), bank));
	});
}

function detailForm(record: CassoListRecord, bank: CassoBank): Detail | null {
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
			throw failures.unknownTransaction();
	}
}

/**
 * `data` of a list call.
 * @param accountId of one account, or null for all
 * @param print a transaction in the dialect of the call
 */
function listTransactions(
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
		getSchemaCheck(request),
	);
	const range = bank.data.transactions.range(accountId, query.fromTime, query.toTime);
	const page = cutPage(range, query, request.cassoFaults, quirks, bank.random);
	const data = toPageData(page, page.transactions.map(print), query.pageSize, quirks);
	changeAfterPage(bank, request.cassoFaults, page.transactions);
	return data;
}

interface SyncCall {
	Body: { bank_acc_id: string };
}

export function syncRoutes(scope: FastifyInstance, bank: CassoBank): void {
	scope.post<SyncCall>(routePath(contract.sync), { schema: { body: contract.sync.body } }, (request) => {
		const account = bank.data.getAccountByNumber(request.body.bank_acc_id);
		if (account === undefined) throw failures.unknownAccount();
		if (!bank.sync(account.id)) throw failures.tooManyRequests();
		const item = { id: account.id, message: 'success' };
		const forms = { null: null, list: [item], object: item };
		return success(forms[bank.quirks.values.syncData]);
	});
}

export function userRoutes(scope: FastifyInstance, bank: CassoBank): void {
	scope.get(routePath(contract.userInfo), () => {
		const userInfo = {
			user: { id: 1553, email: 'chu.shop@example.com' },
			business: { id: 1540, name: 'Tiệm Hoa Sen Xanh' },
			bankAccs: bank.data.accounts.map((account) => toUserBankAccount(account, bank.quirks.values)),
		};
		return success(userInfo);
	});
}
