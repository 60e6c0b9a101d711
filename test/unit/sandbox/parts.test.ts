/** The small parts under the bank: clocks, schedule, limiter, loopback check, random numbers. */
import fc from 'fast-check';
import { SlidingLimiter, Limiter } from '../../../packages/sandbox/src/engine/limiter';
import { isLoopbackHost, parseWebhookUrl } from '../../../packages/sandbox/src/engine/targets';
import { SandboxClock } from '../../../packages/sandbox/src/engine/clock';
import { SeededRandom } from '../../../packages/sandbox/src/engine/random';
import { TaskSchedule } from '../../../packages/sandbox/src/engine/schedule';

test.each(['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])(
	'%s is this machine',
	(host) => {
		expect(isLoopbackHost(host)).toBe(true);
	},
);

test.each([
	'',
	'0.0.0.0',
	'127.0.0.1.example.com',
	'localhost.example.com',
	'10.0.0.1',
	'[::2]',
	'example.com',
	'1127.0.0.1',
])('%s is not', (host) => {
	expect(isLoopbackHost(host)).toBe(false);
});

test.each([
	['http://a/', true],
	['https://a:1/b?c', true],
	['ftp://a/', false],
	['javascript:alert(1)', false],
	['a', false],
	['', false],
])('webhook URL %s: %j', (url, valid) => {
	expect(parseWebhookUrl(url) !== null).toBe(valid);
});

describe('the clock', () => {
	test('advancing moves the schedule, and the wall only if asked', () => {
		const clock = new SandboxClock(() => 1_000);
		const before = clock.scheduleNow();
		clock.advance(5_000);
		expect(clock.scheduleNow() - before).toBeGreaterThanOrEqual(5_000);
		expect(clock.now()).toBe(1_000);
		clock.advance(5_000, true);
		expect(clock.now()).toBe(6_000);
		clock.reset();
		expect(clock.now()).toBe(1_000);
	});

	test('speed divides real waiting; a change of speed does not jump', () => {
		const clock = new SandboxClock(() => 0);
		clock.setSpeed(1_000_000);
		const before = clock.scheduleNow();
		clock.setSpeed(60);
		expect(clock.scheduleNow()).toBeGreaterThanOrEqual(before);
		expect(clock.realDelayUntil(clock.scheduleNow() + 60_000)).toBeLessThanOrEqual(1_000);
		expect(clock.realDelayUntil(clock.scheduleNow() + 60_000)).toBeGreaterThan(900);
		expect(clock.realDelayUntil(-1)).toBe(0);
		expect(clock.realDelayUntil(1e15)).toBeLessThan(2 ** 31);
		expect(() => {
			clock.setSpeed(0);
		}).toThrow(RangeError);
		expect(() => {
			clock.advance(-1);
		}).toThrow(RangeError);
	});
});

describe('the schedule', () => {
	test('runs in order of time, leaves out what was called off, and forgets all when cleared', async () => {
		const clock = new SandboxClock(() => 0);
		const ran: string[] = [];
		const done = new Promise<void>((resolve) => {
			const schedule = new TaskSchedule(clock, () => {
				if (ran.length === 3) resolve();
			});
			schedule.after(3_000, () => ran.push('late'));
			schedule.after(1_000, () => ran.push('early'));
			const callOff = schedule.after(1_500, () => ran.push('never'));
			schedule.after(1_000, () => ran.push('early too'), true);
			callOff();
			expect(schedule.waiting('all')).toBe(3);
			expect(schedule.waiting('awaited')).toBe(1);
			clock.advance(1_000);
			expect(schedule.waiting('awaited')).toBe(2);
			clock.advance(2_000);
			schedule.wake();
		});
		await done;
		expect(ran).toEqual(['early', 'early too', 'late']);
	});
});

test('the limiter never runs more than allowed, keeps the order, and goes on after a failure', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.integer({ min: 1, max: 5 }),
			fc.array(fc.boolean(), { maxLength: 20 }),
			async (greatest, fails) => {
				const limiter = new Limiter(() => greatest);
				const started: number[] = [];
				let running = 0;
				const results = await Promise.allSettled(
					fails.map((fail, place) =>
						limiter.run(async () => {
							started.push(place);
							running += 1;
							expect(running).toBeLessThanOrEqual(greatest);
							await Promise.resolve();
							running -= 1;
							if (fail) throw new Error('failed');
						}),
					),
				);
				expect(started).toEqual(fails.map((_, place) => place));
				expect(results.map(({ status }) => status === 'rejected')).toEqual(fails);
				expect(limiter.busy).toBe(0);
			},
		),
		{ numRuns: 50 },
	);
});

test('the sliding limiter holds in every second', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(400), { maxLength: 60 }), (perSecond, gaps) => {
			const limiter = new SlidingLimiter(perSecond);
			const passed: number[] = [];
			let now = 0;
			for (const gap of gaps) {
				now += gap;
				const wait = limiter.take(now);
				if (wait === 0) passed.push(now);
				else expect(passed.filter((at) => at > now - 1_000)).toHaveLength(perSecond);
			}
			for (const at of passed)
				expect(passed.filter((other) => other > at - 1_000 && other <= at).length).toBeLessThanOrEqual(perSecond);
		}),
	);
});

test('seeded random numbers stay in range and repeat after reseeding', () => {
	const random = new SeededRandom(5);
	const first = Array.from({ length: 200 }, () => random.integer(3, 9));
	expect(Math.min(...first)).toBe(3);
	expect(Math.max(...first)).toBe(9);
	random.reseed(5);
	expect(Array.from({ length: 200 }, () => random.integer(3, 9))).toEqual(first);
	expect(random.shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
	expect(random.digits(12)).toMatch(/^\d{12}$/);
});
