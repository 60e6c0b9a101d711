/**
 * What Casso sends and takes, field by field, as documented by the vendor and seen in live data.
 * Types only: both the client and the sandbox are written against this file, and share nothing else.
 * Optional and nullable marks follow the sources; a reader of live data must still expect unknown keys.
 */

/** Every answer of the API: success is `error: 0`; the message text is never a criterion. */
export interface CassoEnvelope<T> {
	error: number;
	message: string;
	data: T | null;
}

/** `data` of a list call. `nextPage` and `prevPage` at the ends may be null, 0 or missing. */
export interface CassoPage<T> {
	page: number;
	pageSize: number;
	nextPage?: number | null;
	prevPage?: number | null;
	totalPages: number;
	totalRecords: number;
	records: T[];
}

export interface CassoUserBank {
	id?: number;
	bin: number | string | null;
	swift?: string;
	codeName: string;
	fullName?: string;
	bankType?: string;
}

/** One linked account as `GET /v2/userInfo` shows it. `bankSubAccId` is the bank's account number. */
export interface CassoUserBankAccount {
	id: number;
	bank: CassoUserBank;
	bankAccountName: string | null;
	bankSubAccId: string;
	balance?: number | null;
	memo?: string;
	connectStatus: number;
	planStatus: number;
	beginDate?: string;
}

export interface CassoUserInfo {
	user: { id: number; email: string };
	business: { id: number; name: string };
	bankAccs: CassoUserBankAccount[];
}

/** One element of `GET /v2/accounts`, and `data` of `GET /v2/accounts/:accountId`. */
export interface CassoAccount {
	id: number;
	accountNumber: string;
	accountName: string;
	accountType: string;
	balance: number;
	currency: string;
	swift: string;
	citad: string;
	serviceType: string;
	bankName: string;
	/** The bank's identification number, e.g. 970454. */
	BIN: number;
	bankCodeName: string;
	memo: string;
	/** 0 inactive, 1 connected. */
	connectStatus: number;
	beginningSettingDate: string;
	beginningTxnDate: string | null;
	beginningBalance: number;
	creditTxnTotal: number;
	creditTxnAmount: number;
	debitTxnTotal: number;
	debitTxnAmount: number;
	lockSyncDate: string | null;
	endingBalance: number;
	endingTxnDate: string | null;
}

/** Dialect of `GET /v2/accounts/:accountId/transactions`. Unknown strings are `""`. */
export interface CassoAccountTransaction {
	privateId: number;
	reference: string;
	bookingDate: string;
	transactionDate: string;
	/** `YYYY-MM-DDTHH:mm:ssZ`; what the Z means is uncertain. */
	transactionDateTime: string;
	amount: number;
	description: string;
	runningBalance: number;
	virtualAccountNumber: string;
	virtualAccountName: string;
	paymentChannel: string;
	counterAccountNumber: string;
	counterAccountName: string;
	counterAccountBankId: string;
	counterAccountBankName: string;
}

/** Dialect of `GET /v2/transactions` and `GET /v2/transactions/:id`; older answers hold only the first few fields. */
export interface CassoTransaction {
	id: number;
	tid: string;
	description: string;
	amount: number;
	/** Balance after, as live data spells it. */
	cusumBalance?: number | null;
	/** Balance after, as the documentation spells it. */
	cusum_balance?: number | null;
	/** `YYYY-MM-DDTHH:mm:ss` without a zone, or a bare date. */
	when: string;
	bookingDate?: string | null;
	/** The bank's account number. */
	bankSubAccId?: string;
	paymentChannel?: string | null;
	virtualAccount?: string | null;
	virtualAccountName?: string | null;
	corresponsiveName?: string | null;
	corresponsiveAccount?: string | null;
	corresponsiveBankId?: string | null;
	corresponsiveBankName?: string | null;
	accountId?: number;
	bankCodeName?: string;
}

/** Dialect of the legacy webhook: an element of the array in `data`. */
export interface CassoLegacyWebhookTransaction {
	id: number;
	tid: string;
	description: string;
	amount: number;
	cusum_balance?: number | null;
	/** `YYYY-MM-DD` or `YYYY-MM-DD HH:mm:ss`, Vietnam time assumed. */
	when: string;
	bank_sub_acc_id?: string;
	subAccId?: string;
	bankName?: string;
	bankAbbreviation?: string;
	virtualAccount?: string;
	virtualAccountName?: string;
	corresponsiveName?: string;
	corresponsiveAccount?: string;
	corresponsiveBankId?: string;
	corresponsiveBankName?: string;
}

/** Body of a legacy webhook delivery; an empty ping has no `data` or an empty array. */
export interface CassoLegacyWebhookBody {
	error: number;
	data?: CassoLegacyWebhookTransaction[] | null;
}

/** Dialect of Webhook V2: `data` is one object. A test call has `id` 0. */
export interface CassoWebhookV2Transaction {
	id: number;
	reference: string;
	description: string;
	amount: number;
	runningBalance: number;
	/** `YYYY-MM-DD HH:mm:ss`, Vietnam time. */
	transactionDateTime: string;
	accountNumber: string;
	bankName: string;
	bankAbbreviation: string;
	virtualAccountNumber: string;
	virtualAccountName: string;
	counterAccountName: string;
	counterAccountNumber: string;
	counterAccountBankId: string;
	counterAccountBankName: string;
}

export interface CassoWebhookV2Body {
	error: number;
	data: CassoWebhookV2Transaction;
}

/** Body of `POST /v2/webhooks` and `PUT /v2/webhooks/:id`. */
export interface CassoWebhookInput {
	webhook: string;
	secure_token: string;
	income_only: boolean;
}

/** A registered webhook. `param1` is the URL; `param2` is the token or empty, and is secret. */
export interface CassoWebhook {
	id: number;
	channel: string;
	param1: string;
	param2: string;
	send_only_income: number;
}

/** Query of both list calls; a missing parameter takes Casso's default (last 7 days, today, 1, 10, ASC). */
export interface CassoTransactionQuery {
	/** `YYYY-MM-DD`, a Vietnam day. */
	fromDate?: string;
	/** `YYYY-MM-DD`, a Vietnam day. */
	toDate?: string;
	/** 1-based. */
	page?: number;
	pageSize?: number;
	sort?: 'ASC' | 'DESC';
}
