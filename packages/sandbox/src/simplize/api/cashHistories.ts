/** 6.3: cash histories, newest first. */
import type { SimplizeCashMovement } from '@saoke/core';
import { isoUtc } from '../dates';
import type { CashMovement } from '../model';
import type { Endpoint } from './call';
import { contract } from './contract';
import { readHistoryQuery } from './historyQuery';
import { pageOf } from './paging';

export const cashHistories: Endpoint = {
	operation: contract.cashHistories,
	isUserScoped: true,
	answer: (call) => {
		const query = readHistoryQuery(call, 'any');
		const isCreation = call.partner.quirks.values.dateFilterOn === 'createdDate';
		const timeOf = (row: CashMovement): number => (isCreation ? row.createdAt : row.date);
		const rows = call.partner.book
			.cashOf(query.portfolioId)
			.filter((row) => timeOf(row) >= query.from && timeOf(row) <= query.to)
			.filter((row) => query.types === null || query.types.includes(row.type))
			.filter((row) => query.tickers === null || (row.ticker !== undefined && query.tickers.includes(row.ticker)))
			.sort((a, b) => timeOf(b) - timeOf(a) || b.transactionId - a.transactionId);
		const page = pageOf(call, rows, query.paging);
		return { ...page, data: page.data?.map(print) };
	},
};

/** Empty fields are left out. */
function print(row: CashMovement): SimplizeCashMovement {
	const printed: SimplizeCashMovement = {
		transactionId: row.transactionId,
		portfolioId: row.portfolioId,
		transactionTypeName: row.typeName,
		transactionType: row.type,
		amount: row.amount,
		createdDate: isoUtc(row.createdAt),
		date: isoUtc(row.date),
	};
	if (row.ticker !== undefined) printed.ticker = row.ticker;
	if (row.note !== undefined) printed.note = row.note;
	printed.description = row.description;
	return printed;
}
