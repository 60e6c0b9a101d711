/** The memory of stored transactions: bounded, ordered by time, forgetful of what failed, and not to be used to hide a payment. */
import { parseDelivery, DeliveryDeduplicator, toReportedTransaction, type ReportedTransaction } from '@saoke/core';

function makeMemory(capacity = 3): { memory: DeliveryDeduplicator; clock: { ms: number } } {
	const clock = { ms: 0 };
	return { memory: new DeliveryDeduplicator({ windowMs: 5_000, capacity, now: () => clock.ms }), clock };
}

function reported(transaction: string, change: Partial<ReportedTransaction> = {}): ReportedTransaction {
	return { transaction, content: 'same', proof: 'v2', ...change };
}

it('holds no more than its capacity and forgets the oldest first', () => {
	const { memory, clock } = makeMemory();
	for (const key of ['a', 'b', 'c', 'd', 'e']) {
		memory.claim([reported(key)]).settle(true);
		clock.ms += 1;
	}
	const { fresh } = memory.claim([reported('a'), reported('e')]);
	expect(memory.size).toBeLessThanOrEqual(5);
	expect([...fresh].map(({ transaction }) => transaction)).toEqual(['a']);
});

it('stays bounded under deliveries that never end', () => {
	const { memory } = makeMemory(100);
	for (let number = 0; number < 10_000; number++) memory.claim([reported(String(number))]);
	expect(memory.size).toBeLessThanOrEqual(101);
});

it('forgets everything when the window has passed, a conflict too', () => {
	const { memory, clock } = makeMemory(100);
	for (let number = 0; number < 50; number++) memory.claim([reported('a', { content: String(number) })]).settle(true);
	clock.ms = 5_000;
	const { conflicting } = memory.claim([reported('a')]);
	expect(memory.size).toBe(1);
	expect(conflicting.size).toBe(0);
});

it('counts the window from the moment of storing, not of arriving', () => {
	const { memory, clock } = makeMemory();
	const slow = memory.claim([reported('a')]);
	clock.ms = 4_000;
	slow.settle(true);
	clock.ms = 8_999;
	expect(memory.claim([reported('a')]).fresh.size).toBe(0);
	clock.ms = 9_000;
	expect(memory.claim([reported('a')]).fresh.size).toBe(1);
});

it('settles once: a later word changes nothing', () => {
	const { memory } = makeMemory();
	const claim = memory.claim([reported('a')]);
	claim.settle(false);
	claim.settle(true);
	expect(memory.claim([reported('a')]).fresh.size).toBe(1);
});

it('does not let the end of one delivery undo what another stored', () => {
	const { memory } = makeMemory();
	const first = memory.claim([reported('a')]);
	memory.claim([reported('a')]).settle(true);
	first.settle(false);
	expect(memory.claim([reported('a')]).fresh.size).toBe(0);
});

it('passes a transaction that is twice in one delivery once', () => {
	const { memory } = makeMemory();
	const twice = [reported('a'), reported('a')];
	expect([...memory.claim(twice).fresh]).toEqual([twice[0]]);
});

it('never takes a signed delivery for a repeat of one with a token, and the other way round it does', () => {
	const { memory } = makeMemory();
	memory.claim([reported('a', { proof: 'legacy' })]).settle(true);
	expect(memory.whenSettled([reported('a')])).toBeUndefined();
	const signed = memory.claim([reported('a')]);
	expect(signed.fresh.size).toBe(1);
	expect(signed.conflicting.size).toBe(0);
	signed.settle(true);
	expect(memory.claim([reported('a', { proof: 'legacy' })]).fresh.size).toBe(0);
	expect(memory.claim([reported('a')]).fresh.size).toBe(0);
});

it('lets a signed delivery not wait for one with a token, and one with a token wait for a signed one', () => {
	const { memory } = makeMemory();
	memory.claim([reported('a', { proof: 'legacy' }), reported('b')]);
	expect(memory.whenSettled([reported('a')])).toBeUndefined();
	expect(memory.whenSettled([reported('b', { proof: 'legacy' })])).toBeDefined();
});

it.each(['v2', 'legacy'] as const)('passes both and marks it when a %s delivery differs', (proof) => {
	const { memory } = makeMemory();
	memory.claim([reported('a', { proof })]).settle(true);
	const other = reported('a', { content: 'other' });
	const second = memory.claim([other]);
	expect([...second.conflicting]).toEqual([other]);
	second.settle(true);
	expect(memory.claim([other]).fresh.size).toBe(0);
});

it('marks both when one delivery holds two that differ', () => {
	const both = [reported('a'), reported('a', { content: 'other' })];
	expect([...makeMemory().memory.claim(both).conflicting]).toEqual(both);
});

it('does not mark what came after a delivery that failed', () => {
	const { memory } = makeMemory();
	memory.claim([reported('a', { content: 'other' })]).settle(false);
	expect(memory.claim([reported('a')]).conflicting.size).toBe(0);
});

describe('what two deliveries must agree in', () => {
	const base = { id: 7, amount: 1000, description: 'DH1', accountNumber: '0071' };
	const of = (change: Record<string, unknown>, proof: 'v2' | 'legacy' = 'v2'): ReportedTransaction | undefined => {
		const delivery = parseDelivery({ error: 0, data: { ...base, ...change } });
		return delivery.kind === 'transactions' && delivery.transactions[0]
			? toReportedTransaction(delivery.transactions[0], proof)
			: undefined;
	};

	it('is the amount and the memo, and not the balance', () => {
		expect(of({ amount: 1001 })?.content).not.toBe(of({})?.content);
		expect(of({ description: 'DH2' })?.content).not.toBe(of({})?.content);
		expect(of({ runningBalance: 5 })).toEqual(of({}));
	});

	it('is asked per account and id; a test call has none', () => {
		expect(of({ accountNumber: '0072' })?.transaction).not.toBe(of({})?.transaction);
		expect(of({ id: 8 })?.transaction).not.toBe(of({})?.transaction);
		expect(of({ id: 0 })).toBeUndefined();
	});
});
