/**
 * Lets requests through, several at a time, until the service says 429: then one at a time, no sooner than the service
 * asked, at the pace it was seen to bear, and slowly faster again. All who share a gate share its patience.
 */
import { DEFAULT_TOTAL_WAIT_MS, type HttpResponse, parseRetryAfter, type Runtime } from './client';

/** A pause where the service names none. */
const DEFAULT_PAUSE_MS = 1000;

/** Shortest time over which the bearable pace is measured. */
const SHORTEST_WINDOW_MS = 1000;

/** Room for clocks that differ; more after each refusal that comes nevertheless. */
const FIRST_GUARD_MS = 10;
const MORE_GUARD_MS = 20;

/** Least part of an even spacing between two requests: one that started late may catch up, but not all at once. */
const LEAST_SPACING = 0.7;

/** Answers without a refusal after which one more request may be in flight. */
const ANSWERS_PER_STEP = 10;

/** Answers without a refusal after which one more request a window is tried. */
const ANSWERS_PER_FASTER_PACE = 250;

/** Requests whose times are kept to measure the pace. */
const MAX_MEASURED = 1000;

/** What the service was seen to bear: so many requests in any window. */
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
	private calm = 0;
	private lastStartMs = 0;
	private accepted: number[] = [];
	private readonly waiting: Array<() => void> = [];

	/** @param width most requests in flight, 1 or more */
	constructor(
		private readonly runtime: Runtime,
		private readonly width: number,
	) {
		this.allowed = width;
	}

	/** Waits for a turn. Each request that entered must `leave`, whatever came of it. */
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

	/** @param response undefined if no answer came: that says nothing about the pace */
	leave(response?: HttpResponse): void {
		if (response) this.learnFrom(response);
		this.inFlight--;
		for (let free = this.allowed - this.inFlight; free > 0; free--) this.waiting.shift()?.();
	}

	private waitMs(): number {
		const waitMs = Math.max(this.pausedUntilMs, this.nextStartMs()) - this.runtime.now();
		const longestMs = Math.max(this.pauseMs, this.pace ? this.pace.windowMs + this.pace.guardMs : 0);
		if (waitMs <= longestMs) return waitMs;
		// Longer than ever asked for: the clock was set back.
		this.pausedUntilMs = 0;
		this.lastStartMs = 0;
		this.accepted = [];
		return 0;
	}

	/**
	 * The service counts a request at some time between its start and its answer. Counting from the answers, no window of
	 * the service can hold more requests than the pace, however long each is on its way.
	 */
	private nextStartMs(): number {
		if (!this.pace) return 0;
		const { count, windowMs, guardMs } = this.pace;
		const first = this.accepted.at(-Math.max(1, count - this.inFlight)) ?? 0;
		return Math.max(this.lastStartMs + (windowMs / count) * LEAST_SPACING, first + windowMs + guardMs);
	}

	private learnFrom(response: HttpResponse): void {
		const nowMs = this.runtime.now();
		if (response.status === 429) {
			this.slowDown(nowMs, parseRetryAfter(response.headers['retry-after'], nowMs) ?? DEFAULT_PAUSE_MS);
			return;
		}
		note(this.accepted, nowMs);
		this.calm++;
		if (this.calm % ANSWERS_PER_STEP === 0)
			this.allowed = Math.min(this.width, this.pace?.count ?? this.width, this.allowed + 1);
		if (this.calm % ANSWERS_PER_FASTER_PACE === 0 && this.pace) this.pace.count++;
	}

	private slowDown(nowMs: number, askedMs: number): void {
		this.allowed = 1;
		this.calm = 0;
		const isSameEpisode = nowMs < this.pausedUntilMs;
		// A pause longer than any call would wait makes that call fail; the others need not hang on it.
		if (askedMs <= (this.runtime.maxTotalWaitMs ?? DEFAULT_TOTAL_WAIT_MS)) {
			this.pauseMs = Math.max(askedMs, isSameEpisode ? this.pauseMs : 0);
			this.pausedUntilMs = Math.max(this.pausedUntilMs, nowMs + askedMs);
		}
		if (!isSameEpisode) this.pace = this.measurePace(nowMs, Math.max(SHORTEST_WINDOW_MS, this.pauseMs));
	}

	/** As many requests as were accepted in the window before the refusal. */
	private measurePace(nowMs: number, windowMs: number): Pace {
		const count = this.accepted.filter((atMs) => atMs > nowMs - windowMs && atMs <= nowMs).length;
		const guardMs = this.pace ? Math.min(windowMs / 2, this.pace.guardMs + MORE_GUARD_MS) : FIRST_GUARD_MS;
		return { count: Math.max(1, count), windowMs, guardMs };
	}
}

/** Keeps the last times only. */
function note(times: number[], nowMs: number): void {
	times.push(nowMs);
	if (times.length > MAX_MEASURED) times.shift();
}
