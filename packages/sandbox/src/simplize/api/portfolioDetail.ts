/** 6.2: figures of one portfolio, made so that the identities of the vendor's sample hold. */
import type { SimplizePortfolioDetail } from '@saoke/core';
import { parameterValue } from '../../openapi/checkParameter';
import type { Portfolio } from '../model';
import type { PartnerBook } from '../partnerBook';
import { choiceOf, ownPortfolio, success, type Endpoint } from './call';
import { contract, parameters } from './contract';
import { refusals } from './inventedErrors';

export const portfolioDetail: Endpoint = {
	operation: contract.portfolioDetail,
	isUserScoped: true,
	answer: (call) => {
		const id = parameterValue(call.pathId, parameters.pathId, call.fits);
		if (id === undefined) throw refusals.invalidParameter('portfolioId', `must be ${parameters.pathId.mustBe}`);
		const portfolio = ownPortfolio(call, id);
		const isSummary = choiceOf(call, parameters.summary) === 'true';
		const detail = detailOf(call.partner.book, portfolio);
		return success(isSummary ? summaryOf(detail) : detail);
	},
};

/** Which fields a summary has is not published: a guess. */
function summaryOf({
	id,
	name,
	totalPortfolioValue,
	cashRemainingAmount,
	totalReturn,
}: SimplizePortfolioDetail): object {
	return { id, name, totalPortfolioValue, cashRemainingAmount, totalReturn };
}

function detailOf(book: PartnerBook, { id, name }: Portfolio): SimplizePortfolioDetail {
	const trades = book.stocksOf(id);
	const cash = book.cashOf(id).reduce((sum, row) => sum + row.amount, 1_000_000_000);
	const cost = trades.reduce((sum, trade) => sum + (trade.type === 1 ? trade.volume * trade.price : 0), 0);
	const stock = Math.round(cost * 1.12);
	const dividends = trades.reduce((sum, trade) => sum + trade.dividendCash, 0);
	const value = stock + cash;
	const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (part / whole) * 100);
	return {
		id,
		name,
		description: 'Danh mục liên kết đối tác',
		totalPortfolioValue: value,
		totalPortfolioStock: stock,
		portfolioStockWeight: percent(stock, value),
		cashRemainingAmount: cash,
		outstandingLoan: 0,
		portfolioCashWeight: 100 - percent(stock, value),
		totalTransactionFee: 0,
		totalTransaction: trades.length,
		winPctAvg: 336.09,
		losePctAvg: -0.01,
		winTransactionRatio: 85.71,
		averageHoldTime: 15.03,
		totalReturnValueChange: stock - cost,
		totalReturnValueChangePct: percent(stock - cost, cost),
		totalCostValue: cost,
		totalValueEnd: stock,
		totalDividendCash: dividends,
		totalDividendCashPct: percent(dividends, cost),
		totalReturnValue: stock - cost + dividends,
		totalReturnValuePct: percent(stock - cost + dividends, cost),
		totalReturn: -7.34,
		totalReturn1w: -0.44,
		totalReturnYtd: -2.06,
		totalReturn3m: 1.52,
		// Shape guessed from a reference on another page.
		stocksSummary: [...new Set(trades.map((trade) => trade.ticker))].sort().map((ticker) => ({ ticker })),
	};
}
