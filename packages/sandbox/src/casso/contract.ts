/** The calls of spec section 4 as schemas: the routes check requests with them, and the document shows them. */
import type { FromSchema } from 'json-schema-to-ts';
import type { Operation, Parameter } from '../engine/operation';
import { readList, orNull, record, text, whole, type Schema } from '../engine/schema';

const envelope = (data: Schema): Schema => record({ error: { const: 0 }, message: text, data });

const day = { type: 'string', format: 'date' } as const;
const from1 = { type: 'integer', minimum: 1, maximum: 999_999_999 } as const;
const id = { type: 'integer', minimum: 0, maximum: 999_999_999_999_999 } as const;

export const parameters = {
	fromDate: {
		in: 'query',
		name: 'fromDate',
		schema: day,
		mustBe: 'a date YYYY-MM-DD',
		description: 'First Vietnam day, included; default 7 days ago.',
	},
	toDate: {
		in: 'query',
		name: 'toDate',
		schema: day,
		mustBe: 'a date YYYY-MM-DD',
		description: 'Last Vietnam day, included; default today.',
	},
	page: { in: 'query', name: 'page', schema: from1, mustBe: 'a whole number above 0', description: 'Default 1.' },
	pageSize: {
		in: 'query',
		name: 'pageSize',
		schema: from1,
		mustBe: 'a whole number above 0',
		description: 'Default 10.',
	},
	sort: {
		in: 'query',
		name: 'sort',
		schema: { type: 'string', enum: ['ASC', 'DESC'] },
		mustBe: 'ASC or DESC',
		description: 'By time; default ASC.',
	},
	accountId: { in: 'path', name: 'accountId', schema: id, mustBe: 'a number' },
	id: { in: 'path', name: 'id', schema: id, mustBe: 'a number' },
	webhook: {
		in: 'query',
		name: 'webhook',
		schema: { type: 'string', minLength: 1 },
		mustBe: 'the URL to remove',
		required: true,
	},
} as const satisfies Record<string, Parameter>;

const listParameters = [parameters.fromDate, parameters.toDate, parameters.page, parameters.pageSize, parameters.sort];

const page = (rows: Schema): Schema =>
	envelope(
		record({
			page: whole,
			pageSize: whole,
			nextPage: orNull(whole),
			prevPage: orNull(whole),
			totalPages: whole,
			totalRecords: whole,
			records: readList(rows),
		}),
	);

const account = record({
	id: whole,
	accountNumber: text,
	accountName: text,
	accountType: text,
	balance: whole,
	currency: text,
	swift: text,
	citad: text,
	serviceType: text,
	bankName: text,
	BIN: whole,
	bankCodeName: text,
	memo: text,
	connectStatus: { enum: [0, 1] },
	beginningSettingDate: text,
	beginningTxnDate: orNull(text),
	beginningBalance: whole,
	creditTxnTotal: whole,
	creditTxnAmount: whole,
	debitTxnTotal: whole,
	debitTxnAmount: whole,
	lockSyncDate: orNull(text),
	endingBalance: whole,
	endingTxnDate: orNull(text),
});

const accountTransaction = record({
	privateId: whole,
	reference: text,
	bookingDate: text,
	transactionDate: text,
	transactionDateTime: text,
	amount: whole,
	description: text,
	runningBalance: whole,
	virtualAccountNumber: text,
	virtualAccountName: text,
	paymentChannel: text,
	counterAccountNumber: text,
	counterAccountName: text,
	counterAccountBankId: text,
	counterAccountBankName: text,
});

const transaction = record({
	id: whole,
	tid: text,
	description: text,
	amount: whole,
	cusumBalance: whole,
	when: text,
	bookingDate: text,
	bankSubAccId: text,
	paymentChannel: text,
	virtualAccount: text,
	virtualAccountName: text,
	corresponsiveName: text,
	corresponsiveAccount: text,
	corresponsiveBankId: text,
	corresponsiveBankName: text,
	accountId: whole,
	bankCodeName: text,
});

const userInfo = record({
	user: record({ id: whole, email: text }),
	business: record({ id: whole, name: text }),
	bankAccs: readList(
		record({
			id: whole,
			bank: record({ id: whole, bin: whole, swift: text, codeName: text, fullName: text, bankType: text }),
			bankAccountName: text,
			bankSubAccId: text,
			balance: orNull(whole),
			memo: text,
			connectStatus: whole,
			planStatus: whole,
			beginDate: text,
		}),
	),
});

const webhook = record({ id: whole, channel: text, param1: text, param2: text, send_only_income: { enum: [0, 1] } });

/** What the calls answer while no switch is moved. */
export type CassoAccount = FromSchema<typeof account>;
export type CassoAccountTransaction = FromSchema<typeof accountTransaction>;
export type CassoUserInfo = FromSchema<typeof userInfo>;
export type CassoWebhook = FromSchema<typeof webhook>;

/** None of the three is marked as required; without an address there is nothing to register, so that one is here. */
const webhookFields = {
	webhook: { type: 'string', minLength: 1, maxLength: 2000 },
	// It travels in a header, which holds printable ASCII only.
	secure_token: { type: 'string', maxLength: 1000, pattern: '^[\\x20-\\x7e]*$' },
	income_only: { type: 'boolean' },
} as const;

const operation = <T extends Operation>(value: T): T => value;

export const contract = {
	userInfo: operation({
		method: 'get',
		path: '/v2/userInfo',
		id: 'getUserInfo',
		summary: 'User, business and linked accounts',
		answer: envelope(userInfo),
	}),
	accounts: operation({
		method: 'get',
		path: '/v2/accounts',
		id: 'listAccounts',
		summary: 'Linked bank accounts with balances',
		answer: envelope(readList(account)),
	}),
	account: operation({
		method: 'get',
		path: '/v2/accounts/{accountId}',
		id: 'getAccount',
		summary: 'One account',
		parameters: [parameters.accountId],
		answer: envelope(account),
	}),
	accountTransactions: operation({
		method: 'get',
		path: '/v2/accounts/{accountId}/transactions',
		id: 'listAccountTransactions',
		summary: 'Transactions of an account, page by page',
		parameters: [parameters.accountId, ...listParameters],
		answer: page(accountTransaction),
	}),
	transactions: operation({
		method: 'get',
		path: '/v2/transactions',
		id: 'listTransactions',
		summary: 'Transactions of all accounts, page by page',
		parameters: listParameters,
		answer: page(transaction),
	}),
	transaction: operation({
		method: 'get',
		path: '/v2/transactions/{id}',
		id: 'getTransaction',
		summary: 'One transaction',
		parameters: [parameters.id],
		answer: envelope(transaction),
	}),
	sync: operation({
		method: 'post',
		path: '/v2/sync',
		id: 'sync',
		summary: 'Look for new transactions at the bank',
		description: 'Answers at once; what is found appears and is pushed shortly after.',
		body: { type: 'object', required: ['bank_acc_id'], properties: { bank_acc_id: { type: 'string', minLength: 1 } } },
		answer: envelope({ type: 'null' }),
	}),
	createWebhook: operation({
		method: 'post',
		path: '/v2/webhooks',
		id: 'createWebhook',
		summary: 'Register a webhook of the legacy kind',
		body: { type: 'object', required: ['webhook'], properties: webhookFields },
		answer: envelope(webhook),
	}),
	getWebhook: operation({
		method: 'get',
		path: '/v2/webhooks/{id}',
		id: 'getWebhook',
		summary: 'One webhook',
		parameters: [parameters.id],
		answer: envelope(webhook),
	}),
	updateWebhook: operation({
		method: 'put',
		path: '/v2/webhooks/{id}',
		id: 'updateWebhook',
		summary: 'Change a webhook; what is not sent stays',
		parameters: [parameters.id],
		body: { type: 'object', properties: webhookFields },
		answer: envelope(webhook),
	}),
	deleteWebhook: operation({
		method: 'delete',
		path: '/v2/webhooks/{id}',
		id: 'deleteWebhook',
		summary: 'Delete a webhook',
		parameters: [parameters.id],
		answer: envelope(webhook),
	}),
	deleteWebhooksByUrl: operation({
		method: 'delete',
		path: '/v2/webhooks',
		id: 'deleteWebhooksByUrl',
		summary: 'Delete every webhook with an address',
		parameters: [parameters.webhook],
		answer: envelope(readList(webhook)),
	}),
} as const;

/** What a call that failed is answered with (spec 3). */
export const failureSchema = record({
	error: { type: 'integer', not: { const: 0 } },
	message: text,
	data: { type: 'null' },
});

export const CASSO_PREFIX = '/casso';

/** The path under `/casso`, without the query. @param url as the request line has it */
export function getPath(url: string): string {
	const path = url.split('?')[0] ?? '';
	return path.startsWith(CASSO_PREFIX) ? path.slice(CASSO_PREFIX.length) : path;
}
