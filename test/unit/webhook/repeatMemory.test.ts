/** The memory of stored transactions: bounded, ordered by time, and forgetful of what failed. */
import { RepeatMemory } from '@saoke/core';

function makeMemory(capacity = 3): { memory: RepeatMemory; clock: { ms: number } } {
	const clock = { ms: 0 };
	return { memory: new RepeatMemory({ windowMs: 5_000, capacity, now: () => clock.ms }), clock };
}

it('holds no more than its capacity and forgets the oldest first', () => {
	const { memory, clock } = makeMemory();
	for (const key of ['a', 'b', 'c', 'd', 'e']) {
		memory.claim([key]).settle(true);
		clock.ms += 1;
	}
	const { fresh } = memory.claim(['a', 'e']);
	expect(memory.size).toBeLessThanOrEqual(5);
	expect([...fresh]).toEqual(['a']);
});

it('stays bounded under deliveries that never end', () => {
	const { memory } = makeMemory(100);
	for (let number = 0; number < 10_000; number++) memory.claim([String(number)]);
	expect(memory.size).toBeLessThanOrEqual(101);
});

it('forgets everything when the window has passed', () => {
	const { memory, clock } = makeMemory(100);
	for (let number = 0; number < 50; number++) memory.claim([String(number)]).settle(true);
	clock.ms = 5_000;
	memory.claim(['other']);
	expect(memory.size).toBe(1);
});

it('counts the window from the moment of storing, not of arriving', () => {
	const { memory, clock } = makeMemory();
	const slow = memory.claim(['a']);
	clock.ms = 4_000;
	slow.settle(true);
	clock.ms = 8_999;
	expect(memory.claim(['a']).fresh.size).toBe(0);
	clock.ms = 9_000;
	expect(memory.claim(['a']).fresh.size).toBe(1);
});

it('settles once: a later word changes nothing', () => {
	const { memory } = makeMemory();
	const claim = memory.claim(['a']);
	claim.settle(false);
	claim.settle(true);
	expect(memory.claim(['a']).fresh.size).toBe(1);
});

it('does not let the end of one delivery undo what another stored', () => {
	const { memory } = makeMemory();
	const first = memory.claim(['a']);
	memory.claim(['a']).settle(true);
	first.settle(false);
	expect(memory.claim(['a']).fresh.size).toBe(0);
});
