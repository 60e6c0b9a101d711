/** Patience with rate limits, on a clock that jumps from event to event. */
import { RequestGate } from '../../../packages/core/src/http/gate';
import { send } from '../../../packages/core/src/http/client';
import type { HttpRequest, HttpResponse, Runtime, Transport } from '@saoke/core';

const REQUEST: HttpRequest = { method: 'GET', url: 'https://x.test/', headers: {}, timeoutMs: 1000 };

/** Time passes only when everything waits, and then at once to the next event. */
class EventClock {
	nowMs = 1_000_000;
	private readonly events: Array<{ atMs: number; wake: () => void }> = [];

	readonly runtime: Runtime = {
		now: () => this.nowMs,
		random: () => 0.5,
		sleep: async (ms) => await new Promise<void>((wake) => void this.events.push({ atMs: this.nowMs + ms, wake })),
	};

	async run(work: Promise<unknown>): Promise<void> {
		let isDone = false;
		const end = work.finally(() => (isDone = true));
		while (!isDone) {
			await new Promise(setImmediate);
			const next = this.events.sort((a, b) => a.atMs - b.atMs).shift();
			if (!next) continue;
			this.nowMs = Math.max(this.nowMs, next.atMs);
			next.wake();
		}
		await end;
	}
}

interface Limited {
	transport: Transport;
	/** Times of arrival, and whether each was refused. */
	arrivals: Array<{ atMs: number; isRefused: boolean }>;
	mostAtOnce: () => number;
}

/** So many requests in any window; more are answered with 429. */
function limited(
	clock: EventClock,
	perWindow: number,
	windowMs: number,
	latencyMs: number,
	retryAfter?: string,
): Limited {
	const arrivals: Limited['arrivals'] = [];
	let inFlight = 0;
	let most = 0;
	return {
		arrivals,
		mostAtOnce: () => most,
		transport: async () => {
			most = Math.max(most, ++inFlight);
			const atMs = clock.nowMs;
			const isRefused = arrivals.filter((one) => !one.isRefused && one.atMs > atMs - windowMs).length >= perWindow;
			arrivals.push({ atMs, isRefused });
			await clock.runtime.sleep(latencyMs);
			inFlight--;
			const answer: HttpResponse = { status: isRefused ? 429 : 200, headers: {}, body: '' };
			if (isRefused && retryAfter !== undefined) answer.headers['retry-after'] = retryAfter;
			return answer;
		},
	};
}

/** @returns statuses and how long it took, in ms */
async function sendAll(
	clock: EventClock,
	transport: Transport,
	count: number,
	width: number,
): Promise<{ statuses: number[]; tookMs: number }> {
	const gate = new RequestGate(clock.runtime, width);
	const startedMs = clock.nowMs;
	const statuses: number[] = [];
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next++ < count)
			statuses.push((await send(transport, clock.runtime, () => REQUEST, { isRead: true, gate })).status);
	};
	await clock.run(Promise.all(Array.from({ length: width }, worker)));
	return { statuses, tookMs: clock.nowMs - startedMs };
}

it('lets as many through at once as it was told', async () => {
	const clock = new EventClock();
	const service = limited(clock, Infinity, 1000, 30);
	const { statuses, tookMs } = await sendAll(clock, service.transport, 200, 4);
	expect(statuses).toHaveLength(200);
	expect(service.mostAtOnce()).toBe(4);
	expect(tookMs).toBe(1500);
});

it.each([
	['10 a second, 30 ms', 10, 1000, 30, '1', 1.2],
	['10 a second, 300 ms', 10, 1000, 300, '1', 2],
	['10 a second, no Retry-After', 10, 1000, 30, undefined, 1.2],
	['60 a minute', 60, 60_000, 30, '60', 1.5],
])(
	'comes near the bound of a limit of %s, and no request fails',
	async (_name, perWindow, windowMs, latencyMs, retryAfter, factor) => {
		const clock = new EventClock();
		const service = limited(clock, perWindow, windowMs, latencyMs, retryAfter);
		const { statuses, tookMs } = await sendAll(clock, service.transport, 200, 4);
		expect(statuses.every((status) => status === 200)).toBe(true);
		const boundMs = (200 / perWindow - 1) * windowMs;
		expect(tookMs / boundMs).toBeLessThan(factor);
	},
);

it('sends nothing while the service asked to wait, and one at a time afterwards', async () => {
	const clock = new EventClock();
	const service = limited(clock, 10, 1000, 30, '5');
	await sendAll(clock, service.transport, 60, 4);
	const refused = service.arrivals.find(({ isRefused }) => isRefused);
	const after = service.arrivals.filter(({ atMs }) => atMs > (refused?.atMs ?? 0) + 100);
	expect((after[0]?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(5000);
	const gaps = after.slice(1, 15).map(({ atMs }, at) => atMs - (after[at]?.atMs ?? 0));
	expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30);
});

it('does not hang on a pause longer than any call would wait', async () => {
	const clock = new EventClock();
	let calls = 0;
	const transport: Transport = async () => {
		calls++;
		await clock.runtime.sleep(10);
		return calls === 1
			? { status: 429, headers: { 'retry-after': '86400' }, body: '' }
			: { status: 200, headers: {}, body: '' };
	};
	const { statuses, tookMs } = await sendAll(clock, transport, 5, 1);
	expect(statuses).toEqual([429, 200, 200, 200, 200]);
	expect(tookMs).toBeLessThan(10_000);
});

it('does not wait for hours after the clock was set back', async () => {
	const clock = new EventClock();
	const service = limited(clock, 10, 1000, 30, '1');
	const gate = new RequestGate(clock.runtime, 2);
	const call = async (): Promise<unknown> =>
		await send(service.transport, clock.runtime, () => REQUEST, { isRead: true, gate });
	await clock.run(Promise.all(Array.from({ length: 12 }, call)));
	clock.nowMs -= 3_600_000;
	const startedMs = clock.nowMs;
	await clock.run(Promise.all(Array.from({ length: 3 }, call)));
	expect(clock.nowMs - startedMs).toBeLessThan(10_000);
});
