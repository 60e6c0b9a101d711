/** Probes of single records: which fields a transaction, an account and the key's user have, and how they are written. */
import { asNumber, asObject, asText, firstText } from '../../json';
import { ADAPTS, asAssumed, CannotTell, cannotTell, defineProbes, type Finding, otherwise } from '../report';
import { type CassoAnswer, type CassoFacts, describeAnswer, type SampleRow, UNUSED_ID } from './facts';

/** Both spellings. */
export const BALANCES = ['cusumBalance', 'cusum_balance'];

export const RECORD_PROBES = defineProbes<CassoFacts>([
	{
		id: 'balanceValue',
		question: 'whether every transaction has the balance after it',
		assumed: 'it has',
		ifWrong: '`runningBalance` is null: a missing transaction cannot be told from balances',
		how: 'the newest transactions',
		judge: async (facts) => {
			const rows = await facts.sample();
			const without = rows.filter(({ raw }) => BALANCES.every((key) => asNumber(raw[key]) === null));
			if (without.length === 0) return asAssumed(`all ${rows.length} records have one`);
			const isNull = without.some(({ raw }) => BALANCES.some((key) => raw[key] === null));
			return otherwise(`${without.length} of ${rows.length} records have none (${isNull ? 'null' : 'missing'})`);
		},
	},
	{
		id: 'recordFields',
		question: 'whether a record of all accounts names its account',
		assumed: 'it does, by `bankSubAccId` and `accountId`',
		ifWrong: 'read each account for itself: set *Account*',
		option: 'Account',
		how: 'the newest transactions',
		judge: async (facts) => {
			const rows = await facts.sample();
			const without = rows.filter(({ raw }) => firstText(raw, ['bankSubAccId', 'accountId']) === '').length;
			if (without > 0) return otherwise(`${without} of ${rows.length} records name no account`);
			const hasBoth = rows.every(({ raw }) => asText(raw.bankSubAccId) !== '' && asText(raw.accountId) !== '');
			return hasBoth
				? asAssumed(`all ${rows.length} records do, by both`)
				: otherwise('only by one of the two', { consequence: ADAPTS, option: '' });
		},
	},
	{
		id: 'privateId',
		question: 'whether `privateId` of one account is the `id` of the list of all accounts',
		assumed: 'it is; recipes and pollers do not depend on it',
		ifWrong: 'always read all accounts, and filter by *Account Numbers*: one transaction must keep one ID',
		option: 'Account Numbers',
		how: 'the same transactions by both calls',
		judge: async (facts) => {
			const pairs = await facts.pairs();
			const equal = pairs.filter(({ row, raw }) => asText(raw.privateId) === row.id).length;
			if (equal === pairs.length) return asAssumed(`equal in all ${pairs.length} compared`);
			return otherwise(`different in ${pairs.length - equal} of ${pairs.length} compared`);
		},
	},
	{
		id: 'transactionDetail',
		question: 'the form of one transaction',
		assumed: 'an object',
		ifWrong: `${ADAPTS}: a list with one record is read too`,
		how: 'the newest transaction by its ID',
		judge: async (facts) => {
			const row = (await facts.sample()).find(({ id }) => /^\d{1,18}$/.test(id));
			if (!row) return cannotTell('no transaction has a numeric ID');
			const answer = await facts.get(`/transactions/${row.id}`);
			if (isSameRecord(answer.data, row)) return asAssumed('an object');
			if (Array.isArray(answer.data) && answer.data.length === 1 && isSameRecord(answer.data[0], row))
				return otherwise('a list with one record');
			return otherwise(answer.isSuccess ? 'not the record that was asked for' : `refused (${describeAnswer(answer)})`, {
				consequence: 'Transaction: Get finds nothing; use Transaction: Get Many with its days.',
				todo: 'new version',
			});
		},
	},
	{
		id: 'unknownTransaction',
		question: 'the answer to an unknown transaction ID',
		assumed: 'HTTP 404',
		ifWrong: `${ADAPTS}: null and an empty list mean "no record" too`,
		how: 'an ID that nothing has',
		judge: async (facts) => judgeUnknown(await facts.get(`/transactions/${UNUSED_ID}`)),
	},
	{
		id: 'unknownAccount',
		question: 'the answer to an unknown account',
		assumed: 'HTTP 404',
		ifWrong: `${ADAPTS}: every failure is shown, and an empty answer means "no record"`,
		how: 'an ID that nothing has',
		judge: async (facts) => judgeUnknown(await facts.get(`/accounts/${UNUSED_ID}`)),
	},
	{
		id: 'userInfoIds',
		question: 'whether `id` in `userInfo` is the account ID',
		assumed: 'it is',
		ifWrong: '*Account* must be the ID from Account: Get Many',
		option: 'Account',
		how: 'userInfo and the accounts',
		judge: async (facts) => {
			const idByNumber = new Map((await facts.accounts()).map(({ accountNumber, id }) => [accountNumber, id]));
			const compared = (await readUserAccounts(facts)).filter(({ bankSubAccId }) =>
				idByNumber.has(asText(bankSubAccId)),
			);
			if (compared.length === 0) return cannotTell('no account is in both');
			const equal = compared.filter(({ id, bankSubAccId }) => asNumber(id) === idByNumber.get(asText(bankSubAccId)));
			if (equal.length === compared.length) return asAssumed(`equal for all ${equal.length} accounts`);
			return otherwise(`different for ${compared.length - equal.length} of ${compared.length} accounts`);
		},
	},
	{
		id: 'idsAfterKeyChange',
		question: 'whether IDs stay when the key is changed',
		assumed: 'they do',
		ifWrong: 'choose the account again',
		option: 'Account',
		how: 'make a second key, and compare Account: Get Many with both',
		needs: 'person',
	},
]);

function isSameRecord(value: unknown, row: SampleRow): boolean {
	return firstText(asObject(value) ?? {}, ['id', 'privateId']) === row.id;
}

function judgeUnknown(answer: CassoAnswer): Finding {
	const { data, isSuccess, isEnvelope, status } = answer;
	if (!isEnvelope && !isSuccess) return otherwise(describeAnswer(answer));
	if (!isSuccess) return status === 404 ? asAssumed(describeAnswer(answer)) : otherwise(describeAnswer(answer));
	if (data === null || data === undefined) return otherwise('success with null');
	if (Array.isArray(data) && data.length === 0) return otherwise('success with an empty list');
	return otherwise('success with a record', {
		consequence: 'Get may return a record that was not asked for.',
		todo: 'new version',
	});
}

export async function readUserAccounts(facts: CassoFacts): Promise<Array<Record<string, unknown>>> {
	const list = asObject(await facts.data('/userInfo'))?.bankAccs;
	const accounts = Array.isArray(list) ? list.map(asObject).filter((account) => account !== undefined) : [];
	if (accounts.length === 0) throw new CannotTell('userInfo names no account');
	return accounts;
}
