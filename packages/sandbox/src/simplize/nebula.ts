/** 6.6 to 6.9: Nebula statistics of one user. */
import { contract, parameters } from './contract';
import { pricePoint } from './data/nebula';
import { refusals } from './failures';
import type { NebulaBook } from './model';
import { pageOf, queryPage } from './paging';
import { choiceOf, queryValue, success, type Endpoint, type VerifiedCall } from './readRequest';

const bookOf = (call: VerifiedCall): NebulaBook =>
	call.partner.book.nebulaOf(call.externalUserId, choiceOf(call, parameters.type));

/** 6.6: oldest first. */
export const nebulaTransactions: Endpoint = {
	operation: contract.nebulaTransactions,
	isUserScoped: true,
	answer: (call) => pageOf(call, bookOf(call).transactions, queryPage(call)),
};

/** 6.7: trades of one ticker, with price-only points between them. */
export const nebulaTransaction: Endpoint = {
	operation: contract.nebulaTransaction,
	isUserScoped: true,
	answer: (call) => {
		const ticker = queryValue(call, parameters.ticker);
		if (ticker === undefined) throw refusals.missingParameter('ticker');
		const trades = bookOf(call).transactions.filter((row) => row.ticker === ticker);
		return success(trades.flatMap((row) => [row, pricePoint(row)]));
	},
};

/** 6.8 */
export const openPositions: Endpoint = {
	operation: contract.openPositions,
	isUserScoped: true,
	answer: (call) => {
		choiceOf(call, parameters.mode);
		return success(bookOf(call).open);
	},
};

/** 6.9 */
export const closedPositions: Endpoint = {
	operation: contract.closedPositions,
	isUserScoped: true,
	answer: (call) => {
		choiceOf(call, parameters.mode);
		return success(bookOf(call).closed);
	},
};
