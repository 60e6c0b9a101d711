/** The bank's data: accounts and their transactions, seeded and added by hand. Independent of HTTP and webhooks. */
import type { AccountFigures } from './dialects';
import type { SandboxAccount, SandboxTransaction, TransactionInput } from './model';
import { makeAccounts } from './seed/accounts';
import { makeHistory } from './seed/history';
import { bankReference } from './seed/memos';
import { TransactionStore } from './transactions';
import { SeededRandom } from '../engine/random';
import { readTime, startOfVietnamDay, vietnamDay } from '../engine/vietnamTime';

export interface BankDataOptions {
	seed: number;
	accounts: number;
	transactions: number;
	historyDays: number;
	firstAccountId: number;
	firstTransactionId: number;
}

export interface BankCounters {
	nextId: number;
	nextSequence: number;
}

export class BankData {
	private random = new SeededRandom(0);
	private accountList: SandboxAccount[] = [];
	private accountsById = new Map<number, SandboxAccount>();
	private store = new TransactionStore(() => 0);
	private nextId = 0;
	private nextSequence = 1;

	/**
	 * @param now wall time in ms
	 * @param onProgress told now and then how many transactions are made
	 */
	constructor(
		private readonly options: BankDataOptions,
		private readonly now: () => number,
		private readonly onProgress: (made: number, wanted: number) => void = () => undefined,
	) {
		this.reset();
	}

	get accounts(): readonly SandboxAccount[] {
		return this.accountList;
	}

	get transactions(): TransactionStore {
		return this.store;
	}

	getAccount(id: number): SandboxAccount | undefined {
		return this.accountsById.get(id);
	}

	getAccountByNumber(accountNumber: string): SandboxAccount | undefined {
		return this.accountList.find((account) => account.accountNumber === accountNumber);
	}

	/** The account of a transaction that is in the book. */
	getTransactionAccount(transaction: SandboxTransaction): SandboxAccount {
		return this.accountsById.get(transaction.accountId) as SandboxAccount;
	}

	getFigures(account: SandboxAccount): AccountFigures {
		const { credit, debit } = this.store.totals(account.id);
		return {
			balance: this.store.balance(account.id),
			credit,
			debit,
			lastTime: this.store.last(account.id)?.time ?? null,
		};
	}

	/** Books a transaction. @throws RangeError that names the invalid value and why */
	add(input: TransactionInput): SandboxTransaction {
		const account = this.accountFor(input);
		const time = Math.floor(readTransactionTime(input, this.now()) / 1000) * 1000;
		const transaction: SandboxTransaction = {
			id: readTransactionId(input, this.nextId),
			sequence: this.nextSequence,
			accountId: account.id,
			reference: input.reference ?? bankReference(account.bank, time, this.random),
			description: input.memo ?? 'NGUYEN VAN A chuyen tien',
			amount: readAmount(input),
			runningBalance: 0,
			time,
			bookingDate: readBookingDate(input, time),
			paymentChannel: input.paymentChannel ?? '',
			virtualAccountNumber: input.virtualAccount?.number ?? '',
			virtualAccountName: input.virtualAccount?.name ?? '',
			counterparty: { name: '', accountNumber: '', bankId: '', bankName: '', ...input.counterparty },
		};
		this.store.add(transaction);
		this.nextSequence += 1;
		this.nextId = Math.max(this.nextId, transaction.id + 1);
		return transaction;
	}

	/** Checks an input without booking it. @returns its account @throws RangeError as `add` does */
	check(input: TransactionInput): SandboxAccount {
		readAmount(input);
		readBookingDate(input, readTransactionTime(input, this.now()));
		return this.accountFor(input);
	}

	/** How this book was made. */
	get plan(): Readonly<BankDataOptions> {
		const { seed, accounts, transactions, historyDays, firstAccountId, firstTransactionId } = this.options;
		return { seed, accounts, transactions, historyDays, firstAccountId, firstTransactionId };
	}

	/** The numbers that the next transaction gets. */
	get counters(): BankCounters {
		return { nextId: this.nextId, nextSequence: this.nextSequence };
	}

	/** Goes on with what was kept. */
	restore(
		accounts: readonly SandboxAccount[],
		transactions: readonly SandboxTransaction[],
		{ nextId, nextSequence }: BankCounters,
	): void {
		this.useAccounts([...accounts]);
		this.store.fill(transactions);
		this.nextId = nextId;
		this.nextSequence = nextSequence;
		this.random.reseed(this.options.seed + nextSequence);
	}

	/** Makes accounts and history again from the seed. */
	reset(): void {
		const { seed, accounts, transactions, historyDays, firstAccountId, firstTransactionId } = this.options;
		this.random = new SeededRandom(seed);
		const now = this.now();
		this.useAccounts(makeAccounts({ count: accounts, firstId: firstAccountId, now }, this.random));
		this.nextId = firstTransactionId;
		this.nextSequence = 1;
		makeHistory({ count: transactions, days: historyDays, now }, this.accountList, this.random).forEach(
			(input, made) => {
				if (made % 1_000 === 0) this.onProgress(made, transactions);
				this.add(input);
			},
		);
		this.onProgress(transactions, transactions);
	}

	private useAccounts(accounts: SandboxAccount[]): void {
		this.accountList = accounts;
		this.accountsById = new Map(accounts.map((account) => [account.id, account]));
		this.store = new TransactionStore((id) => this.accountsById.get(id)?.beginningBalance ?? 0);
	}

	private accountFor({ accountId, accountNumber }: TransactionInput): SandboxAccount {
		if (accountId === undefined && accountNumber === undefined) return this.accountList[0] as SandboxAccount;
		const account =
			accountId === undefined ? this.getAccountByNumber(accountNumber as string) : this.getAccount(accountId);
		if (account === undefined)
			throw new RangeError(
				`There is no account ${String(accountId ?? accountNumber)}; GET /control/casso/accounts lists them.`,
			);
		return account;
	}
}

function readAmount({ amount }: TransactionInput): number {
	if (!Number.isSafeInteger(amount))
		throw new RangeError(`amount must be a whole number of VND, got ${String(amount)}.`);
	return amount;
}

function readTransactionId({ id }: TransactionInput, next: number): number {
	if (id === undefined) return next;
	if (!Number.isSafeInteger(id) || id < 0)
		throw new RangeError(`id must be a whole number, 0 or more, got ${String(id)}.`);
	return id;
}

function readTransactionTime({ time }: TransactionInput, now: number): number {
	if (time === undefined) return now;
	const ms = readTime(time);
	if (ms === null) throw new RangeError(`time must be ISO 8601 or ms since 1970, got ${String(time)}.`);
	return ms;
}

function readBookingDate({ bookingDate }: TransactionInput, time: number): string {
	if (bookingDate === undefined) return vietnamDay(time);
	if (startOfVietnamDay(bookingDate) === null)
		throw new RangeError(`bookingDate must be YYYY-MM-DD, got ${bookingDate}.`);
	return bookingDate;
}
