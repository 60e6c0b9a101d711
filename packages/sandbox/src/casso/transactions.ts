/** Every transaction of the sandbox, kept sorted by time, so that a page costs the same among 200 or 200,000. */
import type { SandboxTransaction } from './model';

/** Part of a sorted list: `start` included, `end` excluded. */
export interface TransactionRange {
	list: readonly SandboxTransaction[];
	start: number;
	end: number;
}

export class TransactionStore {
	private readonly all: SandboxTransaction[] = [];
	private readonly perAccount = new Map<number, SandboxTransaction[]>();
	private readonly perId = new Map<number, SandboxTransaction>();

	/** @param beginningBalance VND of an account before its first transaction */
	constructor(private readonly beginningBalance: (accountId: number) => number) {}

	get size(): number {
		return this.all.length;
	}

	get(id: number): SandboxTransaction | undefined {
		return this.perId.get(id);
	}

	/** Puts one in its place by time and renews the running balances after it. @throws RangeError if the id is taken */
	add(transaction: SandboxTransaction): void {
		if (this.perId.has(transaction.id)) {
			throw new RangeError(
				`Transaction id ${String(transaction.id)} exists already; leave the id out or choose another.`,
			);
		}
		this.perId.set(transaction.id, transaction);
		const own = this.ofAccount(transaction.accountId);
		const place = firstAfter(own, transaction);
		own.splice(place, 0, transaction);
		this.all.splice(firstAfter(this.all, transaction), 0, transaction);
		this.renewBalances(transaction.accountId, place);
	}

	/** Fills an empty store at once: sorting all of them costs less than putting each in its place. */
	fill(transactions: readonly SandboxTransaction[]): void {
		const sorted = [...transactions].sort((left, right) => (isBefore(left, right) ? -1 : 1));
		for (const transaction of sorted) {
			this.perId.set(transaction.id, transaction);
			this.all.push(transaction);
			this.ofAccount(transaction.accountId).push(transaction);
		}
		for (const accountId of this.perAccount.keys()) this.renewBalances(accountId, 0);
	}

	/** Takes one out and renews the running balances after it; undefined if there is none with that id. */
	remove(id: number): SandboxTransaction | undefined {
		const transaction = this.perId.get(id);
		if (transaction === undefined) return undefined;
		this.perId.delete(id);
		const own = this.ofAccount(transaction.accountId);
		const place = own.indexOf(transaction);
		own.splice(place, 1);
		this.all.splice(this.all.indexOf(transaction), 1);
		this.renewBalances(transaction.accountId, place);
		return transaction;
	}

	/** Those with `fromTime` ≤ time < `toTime` (ms), of one account or of all (null), in order of time. */
	range(accountId: number | null, fromTime: number, toTime: number): TransactionRange {
		const list = accountId === null ? this.all : this.ofAccount(accountId);
		const start = firstAtOrAfter(list, fromTime);
		return { list, start, end: Math.max(start, firstAtOrAfter(list, toTime)) };
	}

	/** VND after the last transaction in order of time. */
	balance(accountId: number): number {
		return this.last(accountId)?.runningBalance ?? this.beginningBalance(accountId);
	}

	/** The account's last transaction in order of time. */
	last(accountId: number): SandboxTransaction | undefined {
		return this.ofAccount(accountId).at(-1);
	}

	/** VND that came in and that went out (as a positive number) over the whole history of an account. */
	totals(accountId: number): { credit: number; debit: number } {
		let credit = 0;
		let debit = 0;
		for (const { amount } of this.ofAccount(accountId)) {
			if (amount > 0) credit += amount;
			else debit -= amount;
		}
		return { credit, debit };
	}

	private ofAccount(accountId: number): SandboxTransaction[] {
		const own = this.perAccount.get(accountId);
		if (own !== undefined) return own;
		const fresh: SandboxTransaction[] = [];
		this.perAccount.set(accountId, fresh);
		return fresh;
	}

	private renewBalances(accountId: number, from: number): void {
		const own = this.ofAccount(accountId);
		let balance = own[from - 1]?.runningBalance ?? this.beginningBalance(accountId);
		for (let place = from; place < own.length; place += 1) {
			const transaction = own[place] as SandboxTransaction;
			balance += transaction.amount;
			transaction.runningBalance = balance;
		}
	}
}

function isBefore(left: SandboxTransaction, right: SandboxTransaction): boolean {
	return left.time < right.time || (left.time === right.time && left.sequence < right.sequence);
}

function firstAfter(list: readonly SandboxTransaction[], transaction: SandboxTransaction): number {
	return bisect(list, (other) => isBefore(transaction, other));
}

function firstAtOrAfter(list: readonly SandboxTransaction[], time: number): number {
	return bisect(list, (other) => other.time >= time);
}

/** Index of the first element for which `holds` is true, in a list where it is false first and true afterwards. */
function bisect(list: readonly SandboxTransaction[], holds: (element: SandboxTransaction) => boolean): number {
	let low = 0;
	let high = list.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(list[middle] as SandboxTransaction)) high = middle;
		else low = middle + 1;
	}
	return low;
}
