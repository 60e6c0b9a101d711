/** Checks of Casso beyond the unknowns: the connection, the accounts, and whether transactions are missing. */
import { asNumber, asObject, asText } from '../../json';
import { allRight, attention, cannotTell, type Check, defineChecks, type Finding } from '../report';
import { checkClock, checkContact, checkLatency } from '../connection';
import { type CassoFacts, describeAnswer, type SampleRow } from './facts';

export const CONTACT: Check<CassoFacts> = {
	id: 'baseUrl',
	question: 'Does Casso answer at the base URL?',
	judge: async (facts) =>
		await checkContact(
			facts.get('/userInfo'),
			describeAnswer,
			'Check the base URL (it ends before /v2) and the network of this machine. If both are right, try again later.',
		),
};

export const CHECKS = defineChecks<CassoFacts>([
	{
		id: 'key',
		question: 'Is the key accepted?',
		judge: async (facts) => {
			const answer = await facts.get('/userInfo');
			if (answer.isSuccess) return allRight('accepted');
			const isRefused = [401, 403].includes(answer.status) || [401, 403].includes(answer.error ?? 0);
			return isRefused
				? attention(describeAnswer(answer), 'Make a new API key in Casso under Settings, API Keys, and enter it.')
				: attention(describeAnswer(answer), 'The key could not be tried: try again later.');
		},
	},
	{
		id: 'clock',
		question: "Does this machine's clock agree with Casso's?",
		judge: async (facts) => checkClock(await facts.get('/userInfo')),
	},
	{
		id: 'accounts',
		question: 'Are all bank accounts connected?',
		judge: async (facts) => {
			const accounts = await facts.accounts();
			if (accounts.length === 0) return attention('no account', 'Link a bank account in Casso.');
			const off = accounts.filter(({ raw }) => asNumber(raw.connectStatus) === 0).length;
			const unpaid = await countUnpaid(facts);
			if (off + unpaid === 0) return allRight(`all ${accounts.length}`);
			return attention(
				`${off} of ${accounts.length} not connected, ${unpaid} without a paid plan`,
				'Their transactions do not arrive: connect them again in Casso, or renew the plan.',
			);
		},
	},
	{
		id: 'behind',
		question: 'Is the newest transaction of each account in the list?',
		judge: judgeBehind,
	},
	{
		id: 'gaps',
		question: 'Do balances and amounts fit together (or is a transaction missing)?',
		judge: async (facts) => judgeGaps(await facts.sample()),
	},
]);

/** After all requests. */
export const LAST_CHECKS = defineChecks<CassoFacts>([
	{
		id: 'latency',
		question: 'How fast does Casso answer?',
		judge: ({ asker }) => checkLatency(asker.tookMs),
	},
]);

/** Accounts whose plan is out of money, by userInfo; 0 if it does not say. */
async function countUnpaid(facts: CassoFacts): Promise<number> {
	const { data } = await facts.get('/userInfo');
	const list = asObject(data)?.bankAccs;
	return Array.isArray(list)
		? list.filter((item) => asNumber(asObject(item)?.connectStatus) === 1 && asNumber(asObject(item)?.planStatus) === 2)
				.length
		: 0;
}

/** Compares what Casso knows of an account with its newest row in the list. */
async function judgeBehind(facts: CassoFacts): Promise<Finding> {
	const accounts = await facts.accounts();
	const sample = await facts.sample();
	let behind = 0;
	let compared = 0;
	for (const { raw, id, accountNumber } of accounts) {
		const own = sample.filter(({ raw: row }) => isOf(row, id, accountNumber));
		const newest = own
			.map(({ time }) => time?.slice(0, 10) ?? '')
			.sort()
			.at(-1);
		const known = asText(raw.endingTxnDate).slice(0, 10);
		if (!newest || !/^\d{4}-\d\d-\d\d$/.test(known)) continue;
		compared++;
		// A day in UTC may be one day earlier.
		if (facts.age(newest) < facts.age(known) - 1) behind++;
		else if (facts.age(known) < facts.age(newest) - 1) behind++;
	}
	if (compared === 0) return cannotTell('no account states the day of its last transaction');
	const rest = compared < accounts.length ? '; the others state no day' : '';
	if (behind === 0) return allRight(`for ${compared} of ${accounts.length} accounts${rest}`);
	return attention(
		`the day differs for ${behind} of ${compared} accounts`,
		'Casso has not read everything from the bank: start Account: Sync, and look into Casso.',
	);
}

function isOf(row: Record<string, unknown>, id: number | null, accountNumber: string): boolean {
	const rowId = asNumber(row.accountId);
	return rowId === null ? asText(row.bankSubAccId) === accountNumber : rowId === id;
}

/**
 * Running balance + amount ≠ next balance: a transaction is missing between the two. Rows of one time may be in any order,
 * so that they count together.
 */
function judgeGaps(sample: readonly SampleRow[]): Finding {
	const byAccount = new Map<string, SampleRow[]>();
	for (const row of sample) byAccount.set(row.account, [...(byAccount.get(row.account) ?? []), row]);
	if (byAccount.has('')) return cannotTell('records name no account');
	const days = new Set<string>();
	let compared = 0;
	for (const rows of byAccount.values()) {
		let before: Set<number> | undefined;
		for (const group of toGroups(rows)) {
			const sum = group.reduce((total, { amount }) => total + (amount ?? Number.NaN), 0);
			const balances = new Set(group.map(getBalance).filter((balance) => balance !== null));
			if (Number.isNaN(sum) || balances.size === 0) {
				before = undefined;
				continue;
			}
			const ends = [...(before ?? [])].map((balance) => balance + sum).filter((end) => balances.has(end));
			if (before) {
				compared++;
				if (ends.length === 0) days.add(group[0]?.time?.slice(0, 10) ?? '');
			}
			before = new Set(ends.length > 0 ? ends : balances);
		}
	}
	if (compared === 0) return cannotTell('no two transactions of an account have a balance');
	if (days.size === 0) return allRight(`no gap in the last ${sample.length} transactions`);
	const shown = [...days].sort().slice(-5);
	return attention(
		`${days.size === 1 ? 'a gap on' : `gaps on ${days.size} days, the last of them`} ${shown.join(', ')}`,
		"Compare these days with the bank's statement: a transaction is missing in Casso, or the bank books in another order.",
	);
}

/** Rows of an account by time, oldest first. */
function toGroups(rows: readonly SampleRow[]): SampleRow[][] {
	const byTime = new Map<string, SampleRow[]>();
	for (const row of rows) if (row.time !== null) byTime.set(row.time, [...(byTime.get(row.time) ?? []), row]);
	return [...byTime].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function getBalance({ raw }: SampleRow): number | null {
	return asNumber(raw.cusumBalance ?? raw.cusum_balance);
}
