/**
 * Limits concurrent requests. After a 429 it sends one request at a time: it waits as long as the service requested, keeps
 * to the rate that the service accepted before, and speeds up slowly. All requests that share a gate share its limits.
 */
import { DEFAULT_TOTAL_WAIT_MS, type HttpResponse, parseRetryAfter, type Runtime } from './client';

/** Pause after a 429 without Retry-After. */
const DEFAULT_PAUSE_MS = 1000;

/** Minimum time over which the accepted rate is measured. */
const MIN_WINDOW_MS = 1000;

/** Margin for clock differences; it grows after each further 429. */
const INITIAL_GUARD_MS = 10;
const GUARD_STEP_MS = 20;

/** Minimum spacing between two requests, as a share of even spacing: a late request may catch up a little. */
const MIN_SPACING = 0.7;

/** Responses without a 429 after which one more request may be in flight. */
const ANSWERS_PER_STEP = 10;

/** Responses without a 429 after which one more request per window is tried. */
const ANSWERS_PER_FASTER_PACE = 250;

/** Number of request times kept to measure the rate. */
const MAX_MEASURED = 1000;

/** The rate that the service accepted: `count` requests in any window. */
interface Pace {
	count: number;
	windowMs: number;
	guardMs: number;
}

export class RequestGate {
	private inFlight = 0;
	private allowed: number;
	private pauseMs = 0;
	private pausedUntilMs = 0;
	private pace: Pace | undefined;
	private acceptedSince429 = 0;
	private lastStartMs = 0;
	private accepted: number[] = [];
	private readonly waiting: Array<() => void> = [];

	/** @param width maximum number of requests in flight, 1 or greater */
	constructor(
		private readonly runtime: Runtime,
		private readonly width: number,
	) {
		this.allowed = width;
	}

	/** Waits for a turn. Each request that entered must call `leave`, even if it failed. */
	async enter(): Promise<void> {
		for (;;) {
			if (this.inFlight >= this.allowed) {
				await new Promise<void>((resolve) => this.waiting.push(resolve));
				continue;
			}
			const waitMs = this.waitMs();
			if (waitMs <= 0) break;
			await this.runtime.sleep(waitMs);
		}
		this.inFlight++;
		this.lastStartMs = this.runtime.now();
	}

	/** @param response undefined if no response arrived; the rate then stays the same */
	leave(response?: HttpResponse): void {
		if (response) this.learnFrom(response);
		this.inFlight--;
		for (let free = this.allowed - this.inFlight; free > 0; free--) this.waiting.shift()?.();
	}

	private waitMs(): number {
		const waitMs = Math.max(this.pausedUntilMs, this.nextStartMs()) - this.runtime.now();
		const longestMs = Math.max(this.pauseMs, this.pace ? this.pace.windowMs + this.pace.guardMs : 0);
		if (waitMs <= longestMs) return waitMs;
		// Longer than any requested wait: the clock was set back.
		this.pausedUntilMs = 0;
		this.lastStartMs = 0;
		this.accepted = [];
		return 0;
	}

	/**
	 * The service counts a request at some time between its start and its response. Because this counts from the responses,
	 * no window of the service contains more requests than allowed, however long each request takes.
	 */
	private nextStartMs(): number {
		if (!this.pace) return 0;
		const { count, windowMs, guardMs } = this.pace;
		const first = this.accepted.at(-Math.max(1, count - this.inFlight)) ?? 0;
		return Math.max(this.lastStartMs + (windowMs / count) * MIN_SPACING, first + windowMs + guardMs);
	}

	private learnFrom(response: HttpResponse): void {
		const nowMs = this.runtime.now();
		if (response.status === 429) {
			this.slowDown(nowMs, parseRetryAfter(response.headers['retry-after'], nowMs) ?? DEFAULT_PAUSE_MS);
			return;
		}
		note(this.accepted, nowMs);
		this.acceptedSince429++;
		if (this.acceptedSince429 % ANSWERS_PER_STEP === 0)
			this.allowed = Math.min(this.width, this.pace?.count ?? this.width, this.allowed + 1);
		if (this.acceptedSince429 % ANSWERS_PER_FASTER_PACE === 0 && this.pace) this.pace.count++;
	}

	private slowDown(nowMs: number, requestedMs: number): void {
		this.allowed = 1;
		this.acceptedSince429 = 0;
		const isSameEpisode = nowMs < this.pausedUntilMs;
		// A pause longer than the maximum wait makes this call fail. Other calls do not have to wait for it.
		if (requestedMs <= (this.runtime.maxTotalWaitMs ?? DEFAULT_TOTAL_WAIT_MS)) {
			this.pauseMs = Math.max(requestedMs, isSameEpisode ? this.pauseMs : 0);
			this.pausedUntilMs = Math.max(this.pausedUntilMs, nowMs + requestedMs);
		}
		if (!isSameEpisode) this.pace = this.measurePace(nowMs, Math.max(MIN_WINDOW_MS, this.pauseMs));
	}

	/** The number of requests accepted in the window before the 429. */
	private measurePace(nowMs: number, windowMs: number): Pace {
		const count = this.accepted.filter((atMs) => atMs > nowMs - windowMs && atMs <= nowMs).length;
		const guardMs = this.pace ? Math.min(windowMs / 2, this.pace.guardMs + GUARD_STEP_MS) : INITIAL_GUARD_MS;
		return { count: Math.max(1, count), windowMs, guardMs };
	}
}

/** Keeps only the latest times. */
function note(times: number[], nowMs: number): void {
	times.push(nowMs);
	if (times.length > MAX_MEASURED) times.shift();
}
