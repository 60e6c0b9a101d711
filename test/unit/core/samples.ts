/** Records as the vendor documents them and as live data has them, one of each dialect (casso-api 4, 5 and 6). */

/** `GET /v2/accounts/:accountId/transactions`, the vendor's sample. */
export const ACCOUNT_DIALECT = {
	privateId: 199,
	reference: 'TF2104042',
	bookingDate: '2021-04-04',
	transactionDate: '2021-04-04',
	transactionDateTime: '2021-04-04T21:10:00Z',
	amount: -1000000,
	description: 'RUT TM TU ATM',
	runningBalance: 23502022,
	virtualAccountNumber: '',
	virtualAccountName: '',
	paymentChannel: '',
	counterAccountNumber: '',
	counterAccountName: '',
	counterAccountBankId: '',
	counterAccountBankName: '',
};

/** `GET /v2/transactions` as documented: balance with an underscore. */
export const LIST_DIALECT = {
	id: 5789,
	tid: 'TF2104152395814062',
	description: 'Khanhnm chuyen tien',
	amount: -193000,
	cusum_balance: 1070904,
	when: '2021-04-15T00:00:00',
	bankSubAccId: '8007041027107',
	paymentChannel: '',
	virtualAccount: '',
	virtualAccountName: '',
	corresponsiveName: '',
	corresponsiveAccount: '',
	corresponsiveBankId: '',
	corresponsiveBankName: '',
	accountId: 733,
	bankCodeName: 'acb_digi',
};

/** `GET /v2/transactions` as live data has it: balance in camel case, a booking date, nulls. */
export const LIVE_DIALECT = {
	id: 5790,
	tid: 'FT26031512345',
	description: 'DH120 thanh toan',
	amount: 1250000,
	cusumBalance: 2320904,
	when: '2026-03-15T09:30:05',
	bookingDate: '2026-03-15T00:00:00',
	bankSubAccId: '0071000888888',
	paymentChannel: null,
	virtualAccount: 'VA01',
	virtualAccountName: 'TIEM HOA',
	corresponsiveName: 'TRAN VAN B',
	corresponsiveAccount: '19035678901234',
	corresponsiveBankId: '970407',
	corresponsiveBankName: 'Techcombank',
	accountId: 733,
	bankCodeName: 'vietcombank',
};

/** The six keys of older pages, time a bare date. */
export const MINIMAL_DIALECT = {
	id: 314344,
	tid: 'TF210702253136879',
	description: 'DH220',
	amount: -10000,
	cusum_balance: 389460,
	when: '2021-04-15',
};

/** An element of the legacy webhook. */
export const LEGACY_DIALECT = {
	id: 6785,
	tid: 'BANK_REF_ID',
	description: 'chuyen tien',
	amount: 79000,
	cusum_balance: 10500000,
	when: '2020-10-14 00:34:57',
	bank_sub_acc_id: '0123456789',
	subAccId: '0123456789',
	bankName: 'VPBank',
	bankAbbreviation: 'VPB',
	virtualAccount: '',
	virtualAccountName: '',
	corresponsiveName: '',
	corresponsiveAccount: '',
	corresponsiveBankId: '',
	corresponsiveBankName: '',
};

/** `data` of Webhook V2: the test call, with id 0. */
export const V2_DIALECT = {
	id: 0,
	reference: 'MA_GIAO_DICH_THU_NGHIEM',
	description: 'giao dich thu nghiem',
	amount: 599000,
	runningBalance: 25000000,
	transactionDateTime: '2024-10-03 15:06:37',
	accountNumber: '88888888',
	bankName: 'VPBank',
	bankAbbreviation: 'VPB',
	virtualAccountNumber: '',
	virtualAccountName: '',
	counterAccountName: 'NGUYEN VAN A',
	counterAccountNumber: '8888888888',
	counterAccountBankId: '970415',
	counterAccountBankName: 'VietinBank',
};

/** An account, the vendor's sample. */
export const ACCOUNT = {
	id: 123,
	accountNumber: '8007041027107',
	accountName: 'NGUYEN MINH KHANH',
	accountType: '',
	balance: 0,
	currency: 'VND',
	swift: '',
	citad: '',
	serviceType: 'personal',
	bankName: 'Timo Plus by Viet Capital Bank',
	BIN: 970454,
	bankCodeName: 'timoplus',
	memo: '',
	connectStatus: 1,
	beginningSettingDate: '2020-08-01',
	beginningTxnDate: null,
	beginningBalance: 0,
	creditTxnTotal: 546403683,
	creditTxnAmount: 0,
	debitTxnTotal: 0,
	debitTxnAmount: 0,
	lockSyncDate: null,
	endingBalance: 0,
	endingTxnDate: '2023-01-05T00:00:00Z',
};
