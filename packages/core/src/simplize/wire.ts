/**
 * What Simplize sends and takes on its signed endpoints, field by field (simplize-api 4 to 6).
 * Types only: both the client and the sandbox are written against this file, and share nothing else.
 * Empty fields are left out by the service; unknown keys must be expected everywhere.
 */

/** How the string to sign is made of query and body; the service does not publish its rule (simplize-api 3.2). */
export type SignaturePayload = 'query+body' | 'query' | 'query&body' | 'body';

/** How the HMAC is written. `hex` is lower-case. */
export type SignatureEncoding = 'hex' | 'hex-upper' | 'base64';

/** Every answer. Success is HTTP 2xx and `status` 200; `total` counts all matching records of a paged list. */
export interface SimplizeEnvelope<T> {
	status: number;
	message: string;
	total?: number;
	data?: T;
}

/** 6.1: a user of the partner, linked to a user of Simplize. */
export interface SimplizeUser {
	/** Id of the link. */
	id: number;
	/** Simplize's id of the user. */
	userId: number;
	/** The partner's own id of the user. */
	externalUserId: string;
	status: string;
	/** ISO UTC with ms. */
	createdDate: string;
}

/** 6.2: figures of a portfolio in VND and percent; the vendor's page lists more than could be read. */
export interface SimplizePortfolioDetail {
	id: number;
	name: string;
	description?: string;
	totalPortfolioValue: number;
	totalPortfolioStock: number;
	portfolioStockWeight: number;
	cashRemainingAmount: number;
	outstandingLoan: number;
	portfolioCashWeight: number;
	totalTransactionFee: number;
	totalTransaction: number;
	winPctAvg: number;
	losePctAvg: number;
	winTransactionRatio: number;
	averageHoldTime: number;
	totalReturnValueChange: number;
	totalReturnValueChangePct: number;
	totalCostValue: number;
	totalValueEnd: number;
	totalDividendCash: number;
	totalDividendCashPct: number;
	totalReturnValue: number;
	totalReturnValuePct: number;
	totalReturn: number;
	totalReturn1w: number;
	totalReturnYtd: number;
	totalReturn3m: number;
	stocksSummary?: { ticker: string }[];
}

/** 6.3: body of the cash histories call; all seven fields are always sent. */
export interface SimplizeCashHistoryQuery {
	ticker: string | null;
	transactionTypes: string[] | null;
	/** `dd/MM/yyyy`. */
	fromDate: string;
	/** `dd/MM/yyyy`. */
	toDate: string;
	/** Zero-based. */
	page: number;
	size: number;
	portfolioId: number;
}

/** 6.3: a movement of cash. */
export interface SimplizeCashMovement {
	transactionId: number;
	portfolioId: number;
	ticker?: string;
	transactionTypeName: string;
	/** Open list: `DEPOSIT`, … */
	transactionType: string;
	/** VND, negative = out, positive = in. */
	amount: number;
	/** Creation of the record, ISO UTC with ms. */
	createdDate: string;
	/** The transaction's own date, ISO UTC with ms. */
	date: string;
	note?: string;
	description?: string;
}

/** 6.4: the same body, where one page of the vendor shows an array of types and the other a comma list of numbers. */
export interface SimplizeStockTransactionQuery extends Omit<SimplizeCashHistoryQuery, 'transactionTypes'> {
	transactionTypes: string[] | string | null;
}

/** 6.4: a trade or dividend of a stock. Prices in VND a share. */
export interface SimplizeStockTransaction {
	portfolioId: number;
	id: number;
	ticker: string;
	transactionTypeName: string;
	transactionType: string;
	volume: number;
	price: number;
	value: number;
	transactionFee: number;
	transactionFeeValue: number;
	totalValue: number;
	/** `dd/MM/yyyy HH:mm`, Vietnam time assumed. */
	createdDate: string;
	/** `dd/MM/yyyy HH:mm`, Vietnam time assumed. */
	date: string;
	note?: string;
	dividendCash?: number;
	dividendStock?: number;
}

/** 6.5: one portfolio in a batch. */
export interface SimplizeBatchRow {
	batchId: string;
	userId: string;
	portfolioId: number;
	status: boolean;
	message: string;
}

/** 6.5: outcome of bulk portfolio syncs. The name of the failures' list is not published. */
export interface SimplizeBatchStatus {
	totalCount: number;
	successCount: number;
	failedCount: number;
	successes: SimplizeBatchRow[];
}

/** 6.6 and 6.7: a Nebula trade; 6.7 mixes in points that hold only `priceClose` and `timestamp`. */
export interface SimplizeNebulaTransaction {
	ticker?: string;
	action?: string;
	price?: number;
	priceClose: number;
	quantity?: number;
	/** UTC midnight of a trading day, not a moment. */
	timestamp: string;
}

/** 6.8 and 6.9: a Nebula position. */
export interface SimplizeNebulaPosition {
	ticker: string;
	buyPrice: number;
	buyTime: string;
	sellPrice?: number;
	sellTime?: string;
	/** Days. */
	holdingPeriod: number;
	quantity: number;
	priceClose?: number;
	pctChange?: number;
	pnl: number;
	pnlPercentage: number;
	status: string;
}
