/** The poller against the sandbox: random histories with restarts, failures, late rows and clocks that jump. */
import fc from 'fast-check';
import {
	ApiError,
	IncompleteReadError,
	NetworkError,
	loadPollState,
	pollCasso,
	type CassoPoll,
	type PollCassoOptions,
} from '@saoke/core';
import { getKey, START, startSimulatedCasso, type SimulatedCasso } from './harness/simulatedCasso';

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

beforeEach(reset);

function reset(): void {
	casso.sandbox.casso.reset();
	casso.clock.nowMs = START;
	casso.clock.skewMs = 0;
	casso.requests();
}

/** A host that keeps the state as JSON, and counts what it was given. */
class Host {
	stored: string | undefined;
	readonly emitted: string[] = [];

	/** @param isSaved false: the host stops before it saved what an empty poll changed */
	async poll(options: PollCassoOptions = {}, isSaved = true): Promise<CassoPoll<string>> {
		const stored: unknown = this.stored === undefined ? undefined : JSON.parse(this.stored);
		const poll = await pollCasso(
			casso.connection,
			stored,
			{ pageSize: 5, ...options },
			({ transaction }) => `${transaction.accountNumber}/${transaction.id}`,
		);
		if (isSaved || poll.emit.length > 0) this.stored = JSON.stringify(poll.nextState);
		this.emitted.push(...poll.emit);
		return poll;
	}
}

function add(ageMs: number, more: { id?: number; account?: number } = {}): string {
	const account = casso.sandbox.casso.data.accounts[more.account ?? 0];
	const time = Math.floor((casso.clock.nowMs - ageMs) / 1000) * 1000;
	return getKey(
		casso.sandbox,
		casso.sandbox.casso.addTransaction({ amount: 1000, time, accountId: account?.id, id: more.id }),
	);
}

describe('what a poll costs', () => {
	it('is one request when nothing changed, one for a window of one page, and each page once otherwise', async () => {
		const host = new Host();
		for (let at = 0; at < 12; at++) add(at * HOUR);
		await host.poll();
		expect(casso.requests()).toHaveLength(1 + 3);
		await host.poll();
		await host.poll();
		expect(casso.requests()).toHaveLength(2);
		expect(await host.poll({ pageSize: 50 })).toMatchObject({ emit: [] });
		expect(casso.requests()).toHaveLength(1);
		const late = add(2 * DAY);
		await host.poll({ pageSize: 50 });
		expect(casso.requests()).toHaveLength(1);
		expect(host.emitted).toEqual([late]);
	});

	it('is one request an idle poll, also where rows of one time change places', async () => {
		casso.sandbox.casso.quirks.set({ bankTimes: 'dateOnly' });
		for (let at = 0; at < 30; at++) add(0);
		casso.sandbox.casso.faults.add({ kind: 'shuffleTies', path: LIST });
		const host = new Host();
		await host.poll();
		casso.requests();
		for (let poll = 0; poll < 10; poll++) expect((await host.poll()).isIdle).toBe(true);
		expect(casso.requests()).toHaveLength(10);
	});

	it('reads the days of Vietnam, newest first, with the total', async () => {
		casso.clock.nowMs = Date.parse('2026-03-09T17:30:00Z');
		await new Host().poll();
		expect(casso.requests()[0]?.query).toEqual({
			fromDate: '2026-03-07',
			toDate: '2026-03-10',
			sort: 'DESC',
			page: '1',
			pageSize: '5',
		});
	});
});

describe('what a poll finds', () => {
	it('a deletion and a late row that cancel out: with the next whole read, an hour later at most', async () => {
		const host = new Host();
		const old = add(2 * DAY);
		for (let at = 0; at < 12; at++) add(at * MINUTE);
		await host.poll();
		casso.sandbox.casso.deleteTransaction(Number(old.split('/')[1]));
		const late = add(2 * DAY + HOUR);
		expect((await host.poll()).isIdle).toBe(true);
		casso.clock.nowMs += HOUR;
		expect((await host.poll()).emit).toEqual([late]);
	});

	it.each(['exact', 'missing', 'zero', 'tooLow'] as const)('every row once, where totals are %s', async (totals) => {
		casso.sandbox.casso.quirks.set({ totals });
		const host = new Host();
		for (let at = 0; at < 12; at++) add(at * HOUR);
		await host.poll();
		const fresh = [add(2 * DAY), add(HOUR, { id: 0 }), add(0)];
		await host.poll();
		await host.poll();
		expect(host.emitted).toEqual(fresh);
	});

	it('every row once, from a bare list', async () => {
		casso.sandbox.casso.quirks.set({ listForm: 'array' });
		const host = new Host();
		for (let at = 0; at < 12; at++) add(at * HOUR);
		await host.poll();
		const fresh = add(DAY);
		await host.poll();
		await host.poll();
		expect(host.emitted).toEqual([fresh]);
	});

	it('what came while n8n was down for longer than the window', async () => {
		const host = new Host();
		add(0);
		await host.poll();
		const missed: string[] = [];
		for (let days = 0; days < 20; days++) {
			casso.clock.nowMs += DAY;
			missed.push(add(0));
		}
		await host.poll();
		expect(host.emitted).toEqual(missed);
	});

	it('what came during a pause, if a row that is dated ahead was read before it', async () => {
		const host = new Host();
		add(0);
		await host.poll();
		const ahead = add(-9 * DAY);
		casso.clock.skewMs = 9 * DAY;
		await host.poll();
		casso.clock.skewMs = 0;
		await host.poll();
		const missed = [add(0)];
		casso.clock.nowMs += 8 * DAY;
		await host.poll();
		expect(host.emitted).toEqual([ahead, ...missed]);
	});
});

describe('a poll whose time is up', () => {
	it('emits what it read, goes on where it ended, and misses nothing', async () => {
		const host = new Host();
		await host.poll();
		const fresh = Array.from({ length: 120 }, (_, at) => add((200 - at) * MINUTE));
		const { transport } = casso.connection;
		// Each answer takes a second, and the budget of 8 s ends reading after 6.
		const slow: typeof transport = async (request) => {
			casso.clock.nowMs += 1000;
			return await transport(request);
		};
		casso.connection.transport = slow;
		const portions: number[] = [];
		try {
			for (let polls = 0; polls < 12 && host.emitted.length < 120; polls++)
				portions.push((await host.poll({ budgetMs: 8000, parallel: 1 })).emit.length);
		} finally {
			casso.connection.transport = transport;
		}
		expect(host.emitted).toEqual(fresh);
		expect(portions.length).toBeGreaterThan(3);
		expect(Math.max(...portions)).toBeLessThan(60);
		await host.poll();
		await host.poll();
		expect(host.emitted).toHaveLength(120);
	});
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
	const host = new Host();
	for (let at = 0; at < 11; at++) add(at * 7 * HOUR, { account: at % 3 });
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

async function take(step: Step, host: Host): Promise<void> {
	const { casso: bank } = casso.sandbox;
	switch (step.kind) {
		case 'arrive':
			add(step.age, { account: step.account });
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
async function pollOnce(host: Host, isSaved: boolean): Promise<void> {
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
				reset();
				const { due, emitted, known } = await play(steps, cap);
				expect(new Set(emitted).size).toBe(emitted.length);
				expect(due.filter((key) => !emitted.includes(key))).toEqual([]);
				expect(emitted.filter((key) => known.has(key))).toEqual([]);
			},
		),
		{ numRuns: 200 },
	);
}, 120_000);

it('keeps a state that stays small over months', async () => {
	const host = new Host();
	let longest = 0;
	for (let day = 0; day < 120; day++) {
		casso.clock.nowMs += DAY;
		for (let at = 0; at < 5; at++) add(at * HOUR);
		await host.poll();
		longest = Math.max(longest, host.stored?.length ?? 0);
	}
	expect(host.emitted).toHaveLength(119 * 5);
	expect(longest).toBeLessThan(1000);
	expect(loadPollState(JSON.parse(host.stored ?? '')).seen.size).toBeLessThan(30);
});
