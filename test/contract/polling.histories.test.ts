/** The poller against the sandbox: random histories with restarts, failures, late rows and clocks that jump. */
import fc from 'fast-check';
import { ApiError, IncompleteReadError, NetworkError } from '@saoke/core';
import { getKey, PollingHost, startSimulatedCasso, type SimulatedCasso } from './harness/simulatedCasso';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIST = '/v2/transactions';

let casso: SimulatedCasso;

beforeAll(async () => {
	casso = await startSimulatedCasso();
});

afterAll(async () => {
	await casso.sandbox.close();
});

type Step =
	| { kind: 'arrive'; age: number; account: number }
	| { kind: 'delete'; place: number }
	| { kind: 'pass'; ms: number }
	| { kind: 'jump'; ms: number }
	| { kind: 'poll'; isSaved: boolean }
	| { kind: 'fail'; fault: 'httpError' | 'invalidJson' | 'reset'; skip: number }
	| { kind: 'arriveWhilePaging'; age: number }
	| { kind: 'shuffle' };

const AGES = [0, 0, 0, MINUTE, HOUR, 20 * HOUR, 2 * DAY - HOUR, 2 * DAY];

const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('arrive' as const),
			age: fc.constantFrom(...AGES),
			account: fc.integer({ min: 0, max: 2 }),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('delete' as const),
			place: fc.double({ min: 0, max: 0.999, noNaN: true }),
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constant('pass' as const),
			ms: fc.constantFrom(MINUTE, 20 * MINUTE, HOUR, 5 * HOUR, 13 * HOUR),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('jump' as const),
			ms: fc.constantFrom(-9 * DAY, -DAY, -HOUR, HOUR, DAY, 9 * DAY),
		}),
	},
	{ weight: 8, arbitrary: fc.record({ kind: fc.constant('poll' as const), isSaved: fc.boolean() }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('fail' as const),
			fault: fc.constantFrom('httpError' as const, 'invalidJson' as const, 'reset' as const),
			skip: fc.integer({ min: 0, max: 3 }),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('arriveWhilePaging' as const), age: fc.constantFrom(...AGES) }),
	},
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('shuffle' as const) }) },
);

/** Plays a history and returns what the poller must have emitted by its end, and what it did emit. */
async function play(steps: Step[], cap: number): Promise<{ due: string[]; emitted: string[]; known: Set<string> }> {
	const { casso: bank } = casso.sandbox;
	bank.quirks.set({ maxPageSize: cap });
	const host = new PollingHost(casso);
	for (let at = 0; at < 11; at++) casso.add(at * 7 * HOUR, { account: at % 3 });
	await host.poll();
	const known = new Set(casso.rows().map((row) => getKey(casso.sandbox, row)));
	for (const step of steps) await take(step, host);
	bank.faults.clear();
	casso.clock.skewMs = 0;
	// The last whole read may have been made by a clock that was an hour ahead.
	casso.clock.nowMs += 2 * HOUR;
	await host.poll();
	const due = casso
		.rows()
		.map((row) => getKey(casso.sandbox, row))
		.filter((key) => !known.has(key));
	return { due, emitted: host.emitted, known };
}

async function take(step: Step, host: PollingHost): Promise<void> {
	const { casso: bank } = casso.sandbox;
	switch (step.kind) {
		case 'arrive':
			casso.add(step.age, { account: step.account });
			break;
		case 'delete': {
			const row = casso.rows()[Math.floor(step.place * casso.rows().length)];
			if (row) bank.deleteTransaction(row.id);
			break;
		}
		case 'pass':
			casso.clock.nowMs += step.ms;
			break;
		case 'jump':
			casso.clock.skewMs = step.ms;
			break;
		case 'poll':
			await pollOnce(host, step.isSaved);
			break;
		case 'fail':
			bank.faults.add(
				step.fault === 'httpError'
					? { kind: 'httpError', status: 500, path: LIST, skip: step.skip, count: 1 }
					: { kind: step.fault, path: LIST, skip: step.skip, count: 5 },
			);
			break;
		case 'arriveWhilePaging':
			bank.faults.add({
				kind: 'insertWhilePaging',
				path: LIST,
				count: 1,
				skip: 1,
				transactions: [{ amount: 1, time: casso.clock.nowMs - step.age }],
			});
			break;
		case 'shuffle':
			bank.faults.add({ kind: 'shuffleTies', path: LIST, count: 20 });
	}
}

/** A failing poll stores nothing. */
async function pollOnce(host: PollingHost, isSaved: boolean): Promise<void> {
	const before = host.stored;
	try {
		await host.poll({}, isSaved);
	} catch (error) {
		if (!(error instanceof ApiError) && !(error instanceof NetworkError) && !(error instanceof IncompleteReadError))
			throw error;
		expect(host.stored).toBe(before);
	}
}

it('emits every row of 200 random histories exactly once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(stepArbitrary, { minLength: 5, maxLength: 60 }),
			fc.integer({ min: 3, max: 5 }),
			async (steps, cap) => {
				casso.reset();
				const { due, emitted, known } = await play(steps, cap);
				expect(new Set(emitted).size).toBe(emitted.length);
				expect(due.filter((key) => !emitted.includes(key))).toEqual([]);
				expect(emitted.filter((key) => known.has(key))).toEqual([]);
			},
		),
		{ numRuns: 200 },
	);
}, 120_000);
