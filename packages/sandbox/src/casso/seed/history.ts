/** The seeded history of transactions: both signs, business hours, orders and fees, balances that never go below zero. */
import { BANKS, makeAccountNumber } from './accounts';
import { bankReference, incomingDescription, orderMemo, outgoingDescription, spendingDescription } from './memos';
import { businessName, personName } from './people';
import type { SeededRandom } from '../../engine/random';
import { DAY_MS, startOfVietnamDay, vietnamDay } from '../../engine/vietnamTime';
import type { Counterparty, SandboxAccount, TransactionInput } from '../model';

export interface HistoryPlan {
	count: number;
	days: number;
	/** Wall time in ms; the history ends with the Vietnam day before it. */
	now: number;
}

type Draft = Required<Pick<TransactionInput, 'amount' | 'memo' | 'reference'>> &
	Pick<TransactionInput, 'counterparty' | 'virtualAccount' | 'paymentChannel'>;

/** Makes the history in order of time. The same random state and Vietnam day give the same history. */
export function makeHistory(
	plan: HistoryPlan,
	accounts: readonly SandboxAccount[],
	random: SeededRandom,
): TransactionInput[] {
	const balances = new Map(accounts.map((account) => [account.id, account.beginningBalance]));
	return makeTimes(plan, random).map((time) => {
		const account = pickAccount(accounts, random);
		const balance = balances.get(account.id) ?? 0;
		const draft = makeDraft(account, time, balance, random);
		balances.set(account.id, balance + draft.amount);
		return { ...draft, accountId: account.id, time };
	});
}

/** The first account takes most of the trade, as a shop's does. */
function pickAccount(accounts: readonly SandboxAccount[], random: SeededRandom): SandboxAccount {
	return random.chance(0.5) ? (accounts[0] as SandboxAccount) : random.pick(accounts);
}

/** Sorted times in whole seconds; about one in twenty equals the one before, as bank files have it. */
function makeTimes(plan: HistoryPlan, random: SeededRandom): number[] {
	const today = startOfVietnamDay(vietnamDay(plan.now)) as number;
	const times: number[] = [];
	for (let position = 0; position < plan.count; position += 1) {
		const previous = times[position - 1];
		if (previous !== undefined && random.chance(0.05)) {
			times.push(previous);
			continue;
		}
		const day = today - random.integer(1, plan.days) * DAY_MS;
		const hour = random.chance(0.85) ? random.integer(7, 21) : random.integer(0, 23);
		times.push(day + ((hour * 60 + random.integer(0, 59)) * 60 + random.integer(0, 59)) * 1000);
	}
	return times.sort((left, right) => left - right);
}

function makeDraft(account: SandboxAccount, time: number, balance: number, random: SeededRandom): Draft {
	const reference = bankReference(account.bank, time, random);
	const roll = random.next();
	if (roll < 0.04 && balance > 11_000)
		return { amount: -random.pick([1_100, 3_300, 5_500, 11_000]), memo: 'THU PHI DICH VU SMS BANKING', reference };
	if (roll < 0.06) return { amount: random.integer(1_000, 90_000), memo: 'TRA LAI TIEN GUI', reference };
	if (roll < 0.3) {
		const spent = -random.integer(1, 60) * 50_000;
		if (-spent <= balance) return { amount: spent, reference, ...outgoing(random) };
	}
	return { ...incoming(account, random), reference };
}

function outgoing(random: SeededRandom): Pick<Draft, 'memo' | 'counterparty'> {
	if (random.chance(0.5)) return { memo: spendingDescription(random) };
	const payee = makeCounterparty(random);
	return { memo: outgoingDescription(payee.name, random), counterparty: payee };
}

/** About one in seven transfers comes without a payer; a few payments come by a virtual account. */
function incoming(account: SandboxAccount, random: SeededRandom): Omit<Draft, 'reference'> {
	const payer = makeCounterparty(random);
	const virtual = random.chance(0.05);
	return {
		amount: random.chance(0.8) ? random.integer(5, 500) * 10_000 : random.integer(50_000, 9_999_999),
		memo: incomingDescription(account.bank, payer, orderMemo(payer.name, random), random),
		counterparty: random.chance(0.85) ? payer : undefined,
		virtualAccount: virtual ? { number: `VA${random.digits(10)}`, name: account.holder } : undefined,
		paymentChannel: virtual ? 'VIETQR' : '',
	};
}

function makeCounterparty(random: SeededRandom): Counterparty {
	const bank = random.pick(BANKS);
	return {
		name: random.chance(0.9) ? personName(random) : businessName(random),
		accountNumber: makeAccountNumber(bank, random),
		bankId: String(bank.bin),
		bankName: bank.shortName,
	};
}
