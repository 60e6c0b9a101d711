/** Control calls for accounts and transactions. */
import type { FastifyInstance } from 'fastify';
import { ControlFailure, readNumber } from './scope';
import type { CassoBank } from '../casso/bank';
import { transactionSchema, type SandboxTransaction, type TransactionInput } from '../casso/model';
import { closed } from '../engine/schema';
import { vietnamDateTime } from '../engine/vietnamTime';

const MAX_LISTED = 1_000;

const transactionsSchema = closed(
	{ transactions: { type: 'array', minItems: 1, maxItems: 20_000, items: transactionSchema } },
	['transactions'],
);

export function transactionControl(scope: FastifyInstance, bank: CassoBank): void {
	scope.get('/accounts', () => ({
		accounts: bank.data.accounts.map((account) => ({
			id: account.id,
			accountNumber: account.accountNumber,
			holder: account.holder,
			bankName: account.bank.shortName,
			bin: account.bank.bin,
			connectStatus: account.connectStatus,
			balance: bank.data.transactions.balance(account.id),
		})),
	}));
	/** The newest by time, newest first. */
	scope.get<{ Querystring: Partial<Record<'limit' | 'offset' | 'accountId' | 'search', string>> }>(
		'/transactions',
		({ query }) => {
			const limit = Math.min(readNumber(query.limit, 'limit') ?? 50, MAX_LISTED);
			const offset = readNumber(query.offset, 'offset') ?? 0;
			const found = searchTransactions(bank, readNumber(query.accountId, 'accountId') ?? null, query.search ?? '');
			const end = found.length - offset;
			const shown = found.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
			return { total: found.length, transactions: shown.map((transaction) => showTransaction(transaction, bank)) };
		},
	);
	scope.post<{ Body: TransactionInput }>('/transactions', { schema: { body: transactionSchema } }, (request, reply) => {
		void reply.code(201);
		return { transaction: showTransaction(bank.addTransaction(request.body), bank) };
	});
	/** Several that arrive together. */
	scope.post<{ Body: { transactions: TransactionInput[] } }>(
		'/transactions/batch',
		{ schema: { body: transactionsSchema } },
		(request, reply) => {
			void reply.code(201);
			return {
				transactions: bank
					.addTransactions(request.body.transactions)
					.map((transaction) => showTransaction(transaction, bank)),
			};
		},
	);
	scope.delete<{ Params: { id: string } }>('/transactions/:id', (request) => {
		const id = readNumber(request.params.id, 'id') ?? 0;
		if (!bank.deleteTransaction(id)) throw new ControlFailure(404, `There is no transaction ${String(id)}.`);
		return { deleted: id };
	});
	/** Casso does not know it before the next `POST /v2/sync` of its account. */
	scope.post<{ Body: TransactionInput }>('/queue', { schema: { body: transactionSchema } }, (request, reply) => {
		bank.queueForSync(request.body);
		void reply.code(202);
		return { queued: true };
	});
}

/** In order of time. @param accountId null for all @param search any case, with or without diacritics; empty for all */
function searchTransactions(bank: CassoBank, accountId: number | null, search: string): readonly SandboxTransaction[] {
	const { list } = bank.data.transactions.range(accountId, -Infinity, Infinity);
	const wanted = plain(search.trim());
	return wanted === '' ? list : list.filter((transaction) => toSearchText(transaction).includes(wanted));
}

function toSearchText({ id, description, reference, amount, counterparty }: SandboxTransaction): string {
	return plain([id, description, reference, amount, counterparty.name, counterparty.accountNumber].join(' '));
}

/** Small letters without diacritics, as banks print Vietnamese. */
function plain(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** A transaction as the control API shows it: Vietnam time, and its account by number. */
export function showTransaction(transaction: SandboxTransaction, bank: CassoBank): object {
	return {
		...transaction,
		time: `${vietnamDateTime(transaction.time)}+07:00`,
		accountNumber: bank.data.getTransactionAccount(transaction).accountNumber,
	};
}
