/** The sandbox's data: reproducible, realistic, and a running balance that always adds up. */
import fc from 'fast-check';
import { CassoBank } from '@saoke/sandbox';
import type { SandboxTransaction } from '@saoke/sandbox';
import { NOW } from './support';

function bank(options: { seed?: number; accounts?: number; transactions?: number } = {}): CassoBank {
	return new CassoBank({ now: () => NOW, ...options });
}

function everything(of: CassoBank, accountId: number | null = null): SandboxTransaction[] {
	const { list, start, end } = of.data.transactions.range(accountId, -Infinity, Infinity);
	return list.slice(start, end);
}

/** Every running balance is the one before it plus the amount; the account's balance is the last one. */
function expectBalances(of: CassoBank): void {
	for (const account of of.data.accounts) {
		let balance = account.beginningBalance;
		for (const transaction of everything(of, account.id)) {
			balance += transaction.amount;
			expect(transaction.runningBalance).toBe(balance);
		}
		expect(of.data.transactions.balance(account.id)).toBe(balance);
	}
}

describe('seeded data', () => {
	test('the same seed and day give the same accounts and transactions, another seed others', () => {
		expect(everything(bank({ seed: 7 }))).toEqual(everything(bank({ seed: 7 })));
		expect(bank({ seed: 7 }).data.accounts).toEqual(bank({ seed: 7 }).data.accounts);
		expect(everything(bank({ seed: 8 }))).not.toEqual(everything(bank({ seed: 7 })));
	});

	test('keys differ from start to start, whatever the seed', () => {
		const keys = [bank().apiKey, bank().apiKey];
		expect(keys[0]).not.toBe(keys[1]);
		expect(keys[0]).toMatch(/^AK_CS\.[0-9a-f]{32}\.[A-Za-z0-9]{72}$/);
	});

	test('both signs, several banks, leading zeros, equal times, repeated references, nothing in the future', () => {
		const own = bank({ transactions: 2_000, accounts: 6 });
		const transactions = everything(own);
		expect(transactions).toHaveLength(2_000);
		expect(transactions.some(({ amount }) => amount > 0)).toBe(true);
		expect(transactions.some(({ amount }) => amount < 0)).toBe(true);
		expect(new Set(own.data.accounts.map((account) => account.bank.bin)).size).toBe(6);
		expect(own.data.accounts.some(({ accountNumber }) => accountNumber.startsWith('0'))).toBe(true);
		expect(transactions.some((transaction, place) => transactions[place - 1]?.time === transaction.time)).toBe(true);
		expect(new Set(transactions.map(({ reference }) => reference)).size).toBeLessThan(2_000);
		expect(new Set(transactions.map(({ id }) => id)).size).toBe(2_000);
		expect(transactions.every(({ time }) => time < NOW)).toBe(true);
		expect(
			transactions.every(({ amount, runningBalance }) => Number.isSafeInteger(amount) && runningBalance >= 0),
		).toBe(true);
	});

	test('account numbers are unique and ids rise, also with many accounts', () => {
		const { accounts } = bank({ accounts: 300 }).data;
		expect(new Set(accounts.map(({ accountNumber }) => accountNumber)).size).toBe(300);
		expect(accounts.every((account, place) => place === 0 || account.id > (accounts[place - 1]?.id ?? 0))).toBe(true);
	});

	test('reset brings back the seeded data and the switches of the start', () => {
		const own = new CassoBank({ now: () => NOW, quirks: { pageEnd: 'zero' } });
		const before = structuredClone(everything(own));
		own.addTransaction({ amount: 1 });
		own.deleteTransaction(before[3]?.id ?? -1);
		own.quirks.set({ pageEnd: 'missing', listForm: 'array' });
		own.reset();
		expect(everything(own)).toEqual(before);
		expect(own.quirks.values).toMatchObject({ pageEnd: 'zero', listForm: 'paging' });
	});
});

describe('running balances', () => {
	test('add up over the seeded history', () => {
		expectBalances(bank({ transactions: 1_000 }));
	});

	test('add up after any order of additions, back-dated ones and deletions', () => {
		const step = fc.record({
			account: fc.nat(3),
			amount: fc.integer({ min: -5_000_000, max: 5_000_000 }),
			minutesAgo: fc.integer({ min: 0, max: 90 * 24 * 60 }),
			remove: fc.boolean(),
		});
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const own = bank({ transactions: 30 });
				for (const { account, amount, minutesAgo, remove } of steps) {
					const accountId = own.data.accounts[account]?.id;
					const added = own.addTransaction({ amount, accountId, time: NOW - minutesAgo * 60_000 });
					if (remove) own.deleteTransaction(added.id);
				}
				expectBalances(own);
				const times = everything(own).map(({ time }) => time);
				expect(times).toEqual([...times].sort((left, right) => left - right));
			}),
			{ numRuns: 30 },
		);
	});
});

describe('adding transactions', () => {
	test('takes ids as given, 0 among them, and goes on after the greatest', () => {
		const own = bank();
		expect(own.addTransaction({ amount: 1, id: 0 }).id).toBe(0);
		expect(own.data.transactions.get(0)?.amount).toBe(1);
		const greatest = own.addTransaction({ amount: 1, id: 9_000_000 }).id;
		expect(own.addTransaction({ amount: 1 }).id).toBe(greatest + 1);
	});

	test('all or none: one bad input leaves nothing behind', () => {
		const own = bank();
		const before = own.data.transactions.size;
		expect(() =>
			own.addTransactions([
				{ amount: 1, id: 5 },
				{ amount: 2, id: 5 },
			]),
		).toThrow('5 exists already');
		expect(() => own.addTransactions([{ amount: 1 }, { amount: 1.5 }])).toThrow('amount must be a whole number of VND');
		expect(own.data.transactions.size).toBe(before);
		expectBalances(own);
	});

	test.each([
		[{ amount: 1, accountId: 1 }, 'There is no account 1'],
		[{ amount: 1, accountNumber: 'x' }, 'There is no account x'],
		[{ amount: 1, time: 'yesterday' }, 'time must be'],
		[{ amount: 1, bookingDate: '2026-02-30' }, 'bookingDate must be'],
		[{ amount: 1, id: -1 }, 'id must be'],
	])('refuses %j', (input, message) => {
		expect(() => bank().addTransaction(input)).toThrow(message);
	});

	test.each([
		['2026-11-01', '2026-11-01T00:00:00+07:00'],
		['2026-11-01 08:30', '2026-11-01T08:30:00+07:00'],
		['2026-11-01T08:30:15', '2026-11-01T08:30:15+07:00'],
		['2026-11-01T08:30:15Z', '2026-11-01T15:30:15+07:00'],
		[Date.parse('2026-11-01T08:30:15.900+07:00'), '2026-11-01T08:30:15+07:00'],
	])('reads the time %s as Vietnam time unless it has a zone', (time, expected) => {
		expect(bank().addTransaction({ amount: 1, time }).time).toBe(Date.parse(expected));
	});
});
