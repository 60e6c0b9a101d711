/** The poller against the sandbox: what a poll costs, what it finds, what it keeps. */
import { loadPollState } from '@saoke/core';
import { PollingHost, startSimulatedCasso, type SimulatedCasso } from './harness/simulatedCasso';

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

beforeEach(() => {
	casso.reset();
});

describe('what a poll costs', () => {
	it('is one request when nothing changed, one for a window of one page, and each page once otherwise', async () => {
		const host = new PollingHost(casso);
		for (let at = 0; at < 12; at++) casso.add(at * HOUR);
		await host.poll();
		expect(casso.requests()).toHaveLength(1 + 3);
		await host.poll();
		await host.poll();
		expect(casso.requests()).toHaveLength(2);
		expect(await host.poll({ pageSize: 50 })).toMatchObject({ emit: [] });
		expect(casso.requests()).toHaveLength(1);
		const late = casso.add(2 * DAY);
		await host.poll({ pageSize: 50 });
		expect(casso.requests()).toHaveLength(1);
		expect(host.emitted).toEqual([late]);
	});

	it('is one request an idle poll, also where rows of one time change places', async () => {
		casso.sandbox.casso.quirks.set({ bankTimes: 'dateOnly' });
		for (let at = 0; at < 30; at++) casso.add(0);
		casso.sandbox.casso.faults.add({ kind: 'shuffleTies', path: LIST });
		const host = new PollingHost(casso);
		await host.poll();
		casso.requests();
		for (let poll = 0; poll < 10; poll++) expect((await host.poll()).isIdle).toBe(true);
		expect(casso.requests()).toHaveLength(10);
	});

	it('reads the days of Vietnam, newest first, with the total', async () => {
		casso.clock.nowMs = Date.parse('2026-03-09T17:30:00Z');
		await new PollingHost(casso).poll();
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
		const host = new PollingHost(casso);
		const old = casso.add(2 * DAY);
		for (let at = 0; at < 12; at++) casso.add(at * MINUTE);
		await host.poll();
		casso.sandbox.casso.deleteTransaction(Number(old.split('/')[1]));
		const late = casso.add(2 * DAY + HOUR);
		expect((await host.poll()).isIdle).toBe(true);
		casso.clock.nowMs += HOUR;
		expect((await host.poll()).emit).toEqual([late]);
	});

	it.each(['exact', 'missing', 'zero', 'tooLow'] as const)('every row once, where totals are %s', async (totals) => {
		casso.sandbox.casso.quirks.set({ totals });
		const host = new PollingHost(casso);
		for (let at = 0; at < 12; at++) casso.add(at * HOUR);
		await host.poll();
		const fresh = [casso.add(2 * DAY), casso.add(HOUR, { id: 0 }), casso.add(0)];
		await host.poll();
		await host.poll();
		expect(host.emitted).toEqual(fresh);
	});

	it('every row once, from a bare list', async () => {
		casso.sandbox.casso.quirks.set({ listForm: 'array' });
		const host = new PollingHost(casso);
		for (let at = 0; at < 12; at++) casso.add(at * HOUR);
		await host.poll();
		const fresh = casso.add(DAY);
		await host.poll();
		await host.poll();
		expect(host.emitted).toEqual([fresh]);
	});

	it('what came while n8n was down for longer than the window', async () => {
		const host = new PollingHost(casso);
		casso.add(0);
		await host.poll();
		const missed: string[] = [];
		for (let days = 0; days < 20; days++) {
			casso.clock.nowMs += DAY;
			missed.push(casso.add(0));
		}
		await host.poll();
		expect(host.emitted).toEqual(missed);
	});

	it('what came during a pause, if a row that is dated ahead was read before it', async () => {
		const host = new PollingHost(casso);
		casso.add(0);
		await host.poll();
		const ahead = casso.add(-9 * DAY);
		casso.clock.skewMs = 9 * DAY;
		await host.poll();
		casso.clock.skewMs = 0;
		await host.poll();
		const missed = [casso.add(0)];
		casso.clock.nowMs += 8 * DAY;
		await host.poll();
		expect(host.emitted).toEqual([ahead, ...missed]);
	});
});

describe('a poll whose time is up', () => {
	it('emits what it read, goes on where it ended, and misses nothing', async () => {
		const host = new PollingHost(casso);
		await host.poll();
		const fresh = Array.from({ length: 120 }, (_, at) => casso.add((200 - at) * MINUTE));
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

it('keeps a state that stays small over months', async () => {
	const host = new PollingHost(casso);
	let longest = 0;
	for (let day = 0; day < 120; day++) {
		casso.clock.nowMs += DAY;
		for (let at = 0; at < 5; at++) casso.add(at * HOUR);
		await host.poll();
		longest = Math.max(longest, host.stored?.length ?? 0);
	}
	expect(host.emitted).toHaveLength(119 * 5);
	expect(longest).toBeLessThan(1000);
	expect(loadPollState(JSON.parse(host.stored ?? '')).seen.size).toBeLessThan(30);
});
