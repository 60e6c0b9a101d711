/** The signed endpoints of spec 6.1 to 6.5, one object each. */
import {
	contract,
	parameters,
	type SimplizeCashMovement,
	type SimplizePortfolio,
	type SimplizeStockTransaction,
	type SimplizeUser,
} from './contract';
import type { PartnerData } from './data';
import { failures } from './failures';
import type { CashMovement, Portfolio, StockTrade } from './model';
import { cutPage, readPageQuery } from './paging';
import {
	getOwnPortfolio,
	readChoice,
	readHistoryQuery,
	success,
	type Endpoint,
	type VerifiedCall,
} from './readRequest';
import { STOCK_TYPES } from './seed';
import { parseParameter } from '../engine/operation';
import { isoUtc, slashTime } from '../engine/vietnamTime';

/** 6.1: linked users, newest link first. */
export const users: Endpoint = {
	operation: contract.users,
	isUserScoped: false,
	answer: (call) => {
		const rows = [...call.partner.data.users]
			.sort((a, b) => b.linkId - a.linkId)
			.map(
				(user): SimplizeUser => ({
					id: user.linkId,
					userId: user.userId,
					externalUserId: user.externalUserId,
					status: user.status,
					createdDate: isoUtc(user.createdAt),
				}),
			);
		return cutPage(call, rows, readPageQuery(call));
	},
};

/** 6.2: figures of one portfolio, made so that the identities of the vendor's sample hold. */
export const portfolioDetail: Endpoint = {
	operation: contract.portfolioDetail,
	isUserScoped: true,
	answer: (call) => {
		const id = parseParameter(call.pathId, parameters.pathId, call.fits);
		if (id === undefined) throw failures.invalidParameter('portfolioId', `must be ${parameters.pathId.mustBe}`);
		const portfolio = getOwnPortfolio(call, id);
		const isSummary = readChoice(call, parameters.summary) === 'true';
		const detail = toPortfolioDetail(call.partner.data, portfolio);
		return success(isSummary ? toPortfolioSummary(detail) : detail);
	},
};

/** Which fields a summary has is not published: a guess. */
function toPortfolioSummary({
	id,
	name,
	totalPortfolioValue,
	cashRemainingAmount,
	totalReturn,
}: SimplizePortfolio): object {
	return { id, name, totalPortfolioValue, cashRemainingAmount, totalReturn };
}

function toPortfolioDetail(data: PartnerData, { id, name }: Portfolio): SimplizePortfolio {
	const trades = data.getStocks(id);
	const cash = data.getCash(id).reduce((sum, row) => sum + row.amount, 1_000_000_000);
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

/** 6.3: cash histories, newest first. */
export const cashHistories: Endpoint = {
	operation: contract.cashHistories,
	isUserScoped: true,
	answer: (call) => {
		const query = readHistoryQuery(call, 'any');
		const isCreation = call.partner.quirks.values.dateFilterOn === 'createdDate';
		const readTime = (row: CashMovement): number => (isCreation ? row.createdAt : row.date);
		const rows = call.partner.data
			.getCash(query.portfolioId)
			.filter((row) => readTime(row) >= query.from && readTime(row) <= query.to)
			.filter((row) => query.types === null || query.types.includes(row.type))
			.filter((row) => query.tickers === null || (row.ticker !== undefined && query.tickers.includes(row.ticker)))
			.sort((a, b) => readTime(b) - readTime(a) || b.transactionId - a.transactionId);
		const page = cutPage(call, rows, query.paging);
		return { ...page, data: page.data?.map(printCashMovement) };
	},
};

/** Empty fields are left out. */
function printCashMovement(row: CashMovement): SimplizeCashMovement {
	return {
		transactionId: row.transactionId,
		portfolioId: row.portfolioId,
		transactionTypeName: row.typeName,
		transactionType: row.type,
		amount: row.amount,
		createdDate: isoUtc(row.createdAt),
		date: isoUtc(row.date),
		...(row.ticker === undefined ? {} : { ticker: row.ticker }),
		...(row.note === undefined ? {} : { note: row.note }),
		description: row.description,
	};
}

/** 6.4: stock transactions, newest first; types as codes or as the numbers 1 to 4. */
export const stockTransactions: Endpoint = {
	operation: contract.stockTransactions,
	isUserScoped: true,
	answer: (call) => {
		const query = readHistoryQuery(call, call.partner.quirks.values.stockTransactionTypes);
		const rows = call.partner.data
			.getStocks(query.portfolioId)
			.filter((row) => row.date >= query.from && row.date <= query.to)
			.filter(
				(row) =>
					query.types === null ||
					query.types.includes(String(row.type)) ||
					query.types.includes(STOCK_TYPES[row.type][0]),
			)
			.filter((row) => query.tickers === null || query.tickers.includes(row.ticker))
			.sort((a, b) => b.date - a.date || b.id - a.id);
		const page = cutPage(call, rows, query.paging);
		return { ...page, data: page.data?.map(printStockTransaction) };
	},
};

function printStockTransaction(row: StockTrade): SimplizeStockTransaction {
	const [code, name] = STOCK_TYPES[row.type];
	const value = row.volume * row.price;
	return {
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
		...(row.note === undefined ? {} : { note: row.note }),
		dividendCash: row.dividendCash,
		dividendStock: row.dividendStock,
	};
}

const FIRST_BATCH = '8c8974a0-e516-4a6c-92b3-7d2db780b18b';
const SECOND_BATCH = '118892eb-c8ec-495d-9bf9-d7c45576744e';

interface Row {
	batchId: string;
	userId: string;
	portfolioId: number;
	status: boolean;
	message: string;
}

/** 6.5: outcome of bulk portfolio syncs: two batches, one of them with failures. */
export const batchStatus: Endpoint = {
	operation: contract.batchStatus,
	isUserScoped: false,
	answer: (call) => {
		const wanted = call.query.get('batchId');
		const rows = getBatchRows(call).filter((row) => wanted === undefined || wanted === '' || row.batchId === wanted);
		const successes = rows.filter((row) => row.status);
		const failures = rows.filter((row) => !row.status);
		// The list of the failures was not readable on the vendor's page: its name is a guess.
		return success({
			totalCount: rows.length,
			successCount: successes.length,
			failedCount: failures.length,
			successes,
			failures,
		});
	},
};

function getBatchRows({ partner }: VerifiedCall): Row[] {
	const synced = partner.data.portfolios.map(
		(portfolio, place): Row => ({
			batchId: place < 3 ? FIRST_BATCH : SECOND_BATCH,
			userId: portfolio.externalUserId,
			portfolioId: portfolio.id,
			status: true,
			message: 'Success',
		}),
	);
	const failed: Row = {
		batchId: SECOND_BATCH,
		userId: '1401',
		portfolioId: 844,
		status: false,
		message: 'Portfolio is being synced',
	};
	return [...synced, failed];
}
