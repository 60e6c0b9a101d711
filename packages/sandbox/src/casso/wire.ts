/** Records whose fields depend on switches, or which no call answers with: those that no schema in `contract.ts` describes. */

interface CassoUserBank {
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

/** Dialect of `GET /v2/transactions` and `GET /v2/transactions/:id`; older answers hold only the first few fields. */
export interface CassoListRecord {
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
