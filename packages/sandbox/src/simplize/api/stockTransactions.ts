/** 6.4: stock transactions, newest first; types as codes or as the numbers 1 to 4. */
import type { SimplizeStockTransaction } from '@saoke/core';
import { STOCK_TYPES } from '../data/stocks';
import { slashTime } from '../dates';
import type { StockTrade } from '../model';
import type { Endpoint } from './call';
import { contract } from './contract';
import { readHistoryQuery } from './historyQuery';
import { pageOf } from './paging';

export const stockTransactions: Endpoint = {
	operation: contract.stockTransactions,
	isUserScoped: true,
	answer: (call) => {
		const query = readHistoryQuery(call, call.partner.quirks.values.stockTransactionTypes);
		const rows = call.partner.book
			.stocksOf(query.portfolioId)
			.filter((row) => row.date >= query.from && row.date <= query.to)
			.filter(
				(row) =>
					query.types === null ||
					query.types.includes(String(row.type)) ||
					query.types.includes(STOCK_TYPES[row.type][0]),
			)
			.filter((row) => query.tickers === null || query.tickers.includes(row.ticker))
			.sort((a, b) => b.date - a.date || b.id - a.id);
		const page = pageOf(call, rows, query.paging);
		return { ...page, data: page.data?.map(print) };
	},
};

function print(row: StockTrade): SimplizeStockTransaction {
	const [code, name] = STOCK_TYPES[row.type];
	const value = row.volume * row.price;
	const printed: SimplizeStockTransaction = {
		portfolioId: row.portfolioId,
		id: row.id,
		ticker: row.ticker,
		transactionTypeName: name,
		transactionType: code,
		volume: row.volume,
		price: row.price,
		value,
		transactionFee: 0,
		transactionFeeValue: 0,
		totalValue: value,
		createdDate: slashTime(row.createdAt),
		date: slashTime(row.date),
	};
	if (row.note !== undefined) printed.note = row.note;
	return { ...printed, dividendCash: row.dividendCash, dividendStock: row.dividendStock };
}
