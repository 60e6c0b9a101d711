/** The signed calls of spec section 6 as schemas: the endpoints check requests with them, and the document shows them. */
import type { FromSchema } from 'json-schema-to-ts';
import { LONGEST_WINDOW_MS, TIMESTAMP } from './signature';
import type { Operation, Parameter } from '../engine/operation';
import { anyNumber, flag, readList, record, text, whole, type Schema } from '../engine/schema';

const envelope = (data: Schema): Schema => record({ status: { const: 200 }, message: text, data });
const paged = (rows: Schema): Schema =>
	record({ status: { const: 200 }, message: text, total: whole, data: readList(rows) });

const pageSchema = { type: 'integer', minimum: 0, maximum: 999_999_999 } as const;
const sizeSchema = { type: 'integer', minimum: 1, maximum: 999_999_999 } as const;

export const parameters = {
	apiKey: { in: 'header', name: 'X-Api-Key', schema: text, mustBe: 'the key of the partner', required: true },
	externalUserId: {
		in: 'query',
		name: 'externalUserId',
		schema: { type: 'string', minLength: 1 },
		mustBe: "the partner's id of a linked user",
		required: true,
	},
	timestamp: {
		in: 'query',
		name: 'timestamp',
		schema: { type: 'string', pattern: TIMESTAMP.source },
		mustBe: 'Unix milliseconds',
		required: true,
	},
	recvWindow: {
		in: 'query',
		name: 'recvWindow',
		schema: { type: 'integer', minimum: 1, maximum: LONGEST_WINDOW_MS },
		mustBe: `from 1 to ${String(LONGEST_WINDOW_MS)}`,
		description: 'Milliseconds for which the request is good; default 5000.',
	},
	signature: {
		in: 'query',
		name: 'signature',
		schema: { type: 'string', minLength: 1 },
		mustBe: 'the HMAC-SHA256 of query and body',
		required: true,
	},
	page: { in: 'query', name: 'page', schema: pageSchema, mustBe: 'a whole number', description: 'From 0; default 0.' },
	size: { in: 'query', name: 'size', schema: sizeSchema, mustBe: 'a whole number', description: 'Default 10.' },
	pathId: {
		in: 'path',
		name: 'pathId',
		schema: { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 },
		mustBe: 'digits',
	},
	summary: {
		in: 'query',
		name: 'summary',
		schema: { type: 'string', enum: ['false', 'true'] },
		mustBe: 'one of false, true',
	},
	batchId: { in: 'query', name: 'batchId', schema: text, mustBe: 'a batch; default all' },
} as const satisfies Record<string, Parameter>;

const signed = [parameters.apiKey, parameters.timestamp, parameters.recvWindow, parameters.signature] as const;
const ofUser = [...signed, parameters.externalUserId] as const;
const pages = [parameters.page, parameters.size] as const;

const slashDay = { type: ['string', 'null'], pattern: '^\\d{2}/\\d{2}/\\d{4}$' } as const;

/** A field of a body: its schema, and what it must be, for a refusal. */
export const historyFields = {
	portfolioId: { schema: { type: 'integer' }, mustBe: 'must be a number' },
	fromDate: { schema: slashDay, mustBe: 'must be dd/MM/yyyy' },
	toDate: { schema: slashDay, mustBe: 'must be dd/MM/yyyy' },
	ticker: { schema: { type: ['string', 'null'] }, mustBe: 'must be a text' },
	transactionTypes: {
		schema: {
			anyOf: [{ type: 'null' }, { type: 'string' }, { type: 'array', items: { type: ['string', 'integer'] } }],
		},
		mustBe: 'must be a list or a text',
	},
	page: { schema: pageSchema, mustBe: 'must be a number from 0 on' },
	size: { schema: sizeSchema, mustBe: 'must be a number from 1 on' },
} as const;

const historyBody: Schema = {
	type: 'object',
	required: ['portfolioId'],
	properties: Object.fromEntries(Object.entries(historyFields).map(([name, { schema }]) => [name, schema])),
};

const user = record({ id: whole, userId: whole, externalUserId: text, status: text, createdDate: text });

const cashMovement = record(
	{
		transactionId: whole,
		portfolioId: whole,
		ticker: text,
		transactionTypeName: text,
		transactionType: text,
		amount: whole,
		createdDate: text,
		date: text,
		note: text,
		description: text,
	},
	['ticker', 'note'],
);

const stockTransaction = record(
	{
		portfolioId: whole,
		id: whole,
		ticker: text,
		transactionTypeName: text,
		transactionType: text,
		volume: whole,
		price: anyNumber,
		value: anyNumber,
		transactionFee: anyNumber,
		transactionFeeValue: anyNumber,
		totalValue: anyNumber,
		createdDate: text,
		date: text,
		note: text,
		dividendCash: anyNumber,
		dividendStock: anyNumber,
	},
	['note'],
);

const portfolio = record(
	{
		id: whole,
		name: text,
		description: text,
		totalPortfolioValue: anyNumber,
		cashRemainingAmount: anyNumber,
		totalReturn: anyNumber,
		stocksSummary: readList(record({ ticker: text })),
	},
	['description', 'stocksSummary'],
);

const batchRow = record({ batchId: text, userId: text, portfolioId: whole, status: flag, message: text });
const batches = record({
	totalCount: whole,
	successCount: whole,
	failedCount: whole,
	successes: readList(batchRow),
	failures: readList(batchRow),
});

/** What the calls answer while no switch is moved. */
export type SimplizeUser = FromSchema<typeof user>;
export type SimplizeCashMovement = FromSchema<typeof cashMovement>;
export type SimplizeStockTransaction = FromSchema<typeof stockTransaction>;
export type SimplizePortfolio = FromSchema<typeof portfolio>;

const PARTNER = '/api/personalize/v1/partner';

const operation = <T extends Operation>(value: T): T => value;

export const contract = {
	users: operation({
		method: 'get',
		path: '/api/general/v1/partner/users',
		id: 'listUsers',
		summary: 'Linked users, newest link first',
		parameters: [...signed, ...pages],
		answer: paged(user),
	}),
	portfolioDetail: operation({
		method: 'get',
		path: `${PARTNER}/portfolio/detail/{pathId}`,
		id: 'getPortfolio',
		summary: 'Figures of a portfolio',
		parameters: [parameters.pathId, ...ofUser, parameters.summary],
		answer: envelope(portfolio),
	}),
	cashHistories: operation({
		method: 'post',
		path: `${PARTNER}/portfolio/cash-histories`,
		id: 'listCashHistories',
		summary: 'Cash movements, newest first',
		parameters: ofUser,
		body: historyBody,
		answer: paged(cashMovement),
	}),
	stockTransactions: operation({
		method: 'post',
		path: `${PARTNER}/portfolio/stock-transactions`,
		id: 'listStockTransactions',
		summary: 'Trades and dividends, newest first',
		parameters: ofUser,
		body: historyBody,
		answer: paged(stockTransaction),
	}),
	batchStatus: operation({
		method: 'get',
		path: `${PARTNER}/sync/portfolio/batch/status`,
		id: 'getBatchStatus',
		summary: 'Outcome of bulk portfolio syncs',
		parameters: [...signed, parameters.batchId],
		answer: envelope(batches),
	}),
} as const;

/** What a refused call is answered with: invented, since Simplize shows no failure anywhere. */
export const failureSchema = record({ status: { type: 'integer', minimum: 400 }, message: text });

/** Where the Simplize service is mounted. */
export const SIMPLIZE_PREFIX = '/simplize';
