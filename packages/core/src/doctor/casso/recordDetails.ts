/** Details of records that the nodes adapt to: whatever the answer, a user has nothing to do. */
import { asNumber, asObject, asText } from '../../json';
import { ADAPTS, asAssumed, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoFacts, type SampleRow } from './facts';
import { BALANCES, readUserAccounts } from './records';
import { DAY_ONLY } from './times';

/** Text fields of a transaction that may be unknown. */
const TEXTS = [
	'paymentChannel',
	'virtualAccount',
	'virtualAccountName',
	'corresponsiveName',
	'corresponsiveAccount',
	'corresponsiveBankId',
	'corresponsiveBankName',
];

const KNOWN_KEYS = new Set([
	...['id', 'tid', 'description', 'amount', 'cusumBalance', 'cusum_balance', 'when', 'bookingDate', 'bankSubAccId'],
	...['accountId', 'bankCodeName', ...TEXTS],
	// Of the account dialect and of webhooks.
	...['privateId', 'reference', 'transactionDate', 'transactionDateTime', 'runningBalance', 'virtualAccountNumber'],
	...['counterAccountNumber', 'counterAccountName', 'counterAccountBankId', 'counterAccountBankName'],
	...['bank_sub_acc_id', 'subAccId', 'accountNumber', 'bankName', 'bankAbbreviation'],
]);

export const RECORD_DETAILS = defineProbes<CassoFacts>([
	{
		id: 'balanceSpelling',
		question: 'the spelling of the balance in the list of all accounts',
		assumed: '`cusumBalance`',
		ifWrong: `${ADAPTS}: \`cusum_balance\` is read too`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const rows = await facts.sample();
			const found = BALANCES.filter((key) => rows.some(({ raw }) => raw[key] !== undefined));
			if (found.length === 0) return cannotTell('no record has a balance by either name');
			return found.join() === 'cusumBalance' ? asAssumed('cusumBalance') : otherwise(found.join(' and '));
		},
	},
	{
		id: 'bookingDate',
		question: 'whether `bookingDate` is there',
		assumed: 'it is',
		ifWrong: `${ADAPTS}: the field stays empty`,
		how: 'the newest transactions',
		judge: async (facts) => describePresence(await facts.sample(), 'bookingDate'),
	},
	{
		id: 'unknownText',
		question: 'how an unknown text is written',
		assumed: 'as an empty text',
		ifWrong: `${ADAPTS}: null and missing become an empty text`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const values = (await facts.sample()).flatMap(({ raw }) => TEXTS.map((key) => raw[key]));
			if (values.includes(null)) return otherwise('null');
			if (values.includes('')) return asAssumed('an empty text');
			return values.includes(undefined) ? otherwise('missing') : cannotTell('every text is known');
		},
	},
	{
		id: 'extraKeys',
		question: 'whether records have fields that nobody has described',
		assumed: 'none',
		ifWrong: `${ADAPTS}: they are passed on with *Output: Raw*`,
		how: 'the newest transactions',
		judge: async (facts) => {
			const keys = new Set((await facts.sample()).flatMap(({ raw }) => Object.keys(raw)));
			const extra = [...keys].filter((key) => !KNOWN_KEYS.has(key)).length;
			return extra === 0 ? asAssumed('none') : otherwise(extra === 1 ? 'one more field' : `${extra} more fields`);
		},
	},
	{
		id: 'bankTimes',
		question: 'whether the banks give more than a day',
		assumed: 'they do; a day only is 00:00:00, in Webhook V2 perhaps 07:00:00',
		ifWrong: `${ADAPTS}: no order is taken from such times`,
		how: 'the newest transactions, account by account',
		judge: async (facts) => {
			const accounts = new Map<string, string[]>();
			for (const { account, time } of await facts.sample())
				if (time !== null) accounts.set(account, [...(accounts.get(account) ?? []), time.slice(11)]);
			const judged = [...accounts.values()].filter((times) => times.length >= 3);
			if (judged.length === 0) return cannotTell('fewer than three transactions of any account');
			const dayOnly = judged.filter((times) => times.every((time) => DAY_ONLY.includes(time))).length;
			const count = judged.length === 1 ? 'one account' : `${judged.length} accounts`;
			if (dayOnly === 0) return asAssumed(`a time of day for ${count}`);
			return otherwise(`a day only for ${dayOnly} of ${count}`);
		},
	},
	{
		id: 'userInfoForm',
		question: 'which fields `userInfo` has of an account',
		assumed: 'also holder, memo and the full name of the bank',
		ifWrong: `${ADAPTS}: it is passed on as it comes`,
		how: 'userInfo',
		judge: async (facts) => {
			const accounts = await readUserAccounts(facts);
			const isFull = accounts.every((account) => asObject(account.bank)?.fullName !== undefined && 'memo' in account);
			return isFull ? asAssumed('those') : otherwise('only the documented six');
		},
	},
	{
		id: 'bin',
		question: "the form of the bank's number (`bin`) in `userInfo`",
		assumed: 'a number',
		ifWrong: `${ADAPTS}: it is passed on as it comes; Account: Get Many has it too`,
		how: 'userInfo',
		judge: async (facts) => {
			const bins = (await readUserAccounts(facts)).map((account) => asObject(account.bank)?.bin);
			if (bins.every((bin) => typeof bin === 'number')) return asAssumed('a number');
			if (bins.some((bin) => bin === '' || bin === null || bin === undefined))
				return otherwise('empty for some accounts');
			return otherwise('digits as text');
		},
	},
	{
		id: 'creditTotals',
		question: '`creditTxnTotal` and its like',
		assumed: 'sums of money, as in the sample; passed on in *Raw*, not computed with',
		ifWrong: ADAPTS,
		how: 'the accounts, compared with all transactions if they fit into one page',
		judge: judgeCreditTotals,
	},
]);

function describePresence(rows: readonly SampleRow[], key: string): Finding {
	const count = rows.filter(({ raw }) => asText(raw[key]) !== '').length;
	if (count === rows.length) return asAssumed(`in all ${rows.length} records`);
	const isNull = rows.some(({ raw }) => raw[key] === null);
	return otherwise(
		`${count === 0 ? 'in none' : `in ${count} of ${rows.length} records`} (${isNull ? 'null' : 'missing'})`,
	);
}

async function judgeCreditTotals(facts: CassoFacts): Promise<Finding> {
	const { records, answer } = await facts.list({ pageSize: 1000 });
	if (!answer.isSuccess || records.length === 0) return cannotTell('no transactions came');
	if (records.length >= 1000 || asNumber(asObject(answer.data)?.totalRecords) !== records.length)
		return cannotTell('there are more transactions than fit into one page');
	let sums = 0;
	let counts = 0;
	let others = 0;
	for (const { id, raw } of await facts.accounts()) {
		const incoming = records
			.filter((record) => asNumber(record.accountId) === id)
			.map((record) => asNumber(record.amount) ?? 0)
			.filter((amount) => amount > 0);
		if (incoming.length === 0) continue;
		const total = asNumber(raw.creditTxnTotal);
		if (total === incoming.reduce((sum, amount) => sum + amount, 0)) sums++;
		else if (total === incoming.length) counts++;
		else others++;
	}
	if (sums + counts === 0) return cannotTell('they equal neither sum nor number of what this key sees');
	if (counts + others === 0) return asAssumed(`sums, for ${sums === 1 ? 'one account' : `${sums} accounts`}`);
	return otherwise(counts > 0 ? 'numbers of transactions' : `sums for ${sums} accounts, not for ${others}`);
}
