/** Figures of a portfolio (simplize-api 6.2). The vendor's page could be read in part only, so all else is passed on. */
import { RecordError } from '../errors/RecordError';
import { asObject, kindOf } from '../json/reading';

export interface NormalisedPortfolio {
	/** At most ten fields; missing ones are null. */
	portfolio: Record<string, unknown>;
	/** Everything else that came. */
	details: Record<string, unknown>;
	raw: Record<string, unknown>;
}

/** Money in VND, shares of the whole in percent. */
export const PORTFOLIO_FIELDS = [
	'id',
	'name',
	'totalPortfolioValue',
	'totalPortfolioStock',
	'cashRemainingAmount',
	'outstandingLoan',
	'totalReturnValue',
	'totalReturnValuePct',
	'totalReturnYtd',
	'totalTransaction',
] as const;

export const PORTFOLIO_DETAIL_FIELDS = [
	'description',
	'portfolioStockWeight',
	'portfolioCashWeight',
	'totalTransactionFee',
	'winPctAvg',
	'losePctAvg',
	'winTransactionRatio',
	'averageHoldTime',
	'totalReturnValueChange',
	'totalReturnValueChangePct',
	'totalCostValue',
	'totalValueEnd',
	'totalDividendCash',
	'totalDividendCashPct',
	'totalReturn',
	'totalReturn1w',
	'totalReturn3m',
	'stocksSummary',
] as const;

/** @throws RecordError when it is no object */
export function normalisePortfolio(value: unknown): NormalisedPortfolio {
	const raw = asObject(value);
	if (!raw) throw new RecordError('portfolio', 'record', kindOf(value));
	return {
		portfolio: Object.fromEntries(PORTFOLIO_FIELDS.map((name) => [name, raw[name] ?? null])),
		details: raw,
		raw,
	};
}
