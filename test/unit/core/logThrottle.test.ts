import { LogThrottle } from '@saoke/core/webhook';

it('lets one line of a kind through in each interval, and counts the others', () => {
	let nowMs = 0;
	const throttle = new LogThrottle({ intervalMs: 10_000, now: () => nowMs });
	expect(throttle.take('a', 'line')).toBe('line');
	for (nowMs = 1; nowMs < 10_000; nowMs += 1_000) expect(throttle.take('a', 'line')).toBeUndefined();
	expect(throttle.take('b', 'other')).toBe('other');
	nowMs = 10_000;
	expect(throttle.take('a', 'line')).toBe('line (and 10 more since the last message)');
	nowMs = 20_000;
	expect(throttle.take('a', 'line')).toBe('line');
});
