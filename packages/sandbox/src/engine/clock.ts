/**
 * The sandbox's two clocks. The wall clock is what bank data and signatures show. The schedule clock is what retries
 * and pauses wait for; it can run faster than the wall (compressed) and can be moved on by hand.
 */
import { performance } from 'node:perf_hooks';

/** Longest delay that a Node timer can hold. */
const LONGEST_TIMER_MS = 2_147_483_647;

export interface ClockSnapshot {
	/** Wall time of the machine, Unix ms. */
	wall: number;
	wallShiftMs: number;
	schedule: number;
	speed: number;
}

export class SandboxClock {
	private wallShiftMs = 0;
	private scheduleBaseMs = 0;
	private monotonicBaseMs = performance.now();
	private factor = 1;

	/** @param wallNow milliseconds since 1970, e.g. `Date.now` */
	constructor(private readonly wallNow: () => number) {}

	/** Wall time in ms since 1970. */
	now(): number {
		return this.wallNow() + this.wallShiftMs;
	}

	/** Schedule time in ms since the sandbox started; runs `speed` times as fast as real time. */
	scheduleNow(): number {
		return this.scheduleBaseMs + (performance.now() - this.monotonicBaseMs) * this.factor;
	}

	get speed(): number {
		return this.factor;
	}

	/** Sets how many schedule milliseconds pass in a real one, e.g. 60: a gap of one minute takes one second. */
	setSpeed(factor: number): void {
		if (!(factor > 0) || !Number.isFinite(factor)) {
			throw new RangeError(`clockSpeed must be a number above 0, got ${String(factor)}`);
		}
		this.rebase(0);
		this.factor = factor;
	}

	/** Advances the schedule by `ms`; with `wall`, the wall clock too. */
	advance(ms: number, wall = false): void {
		if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advanceMs must be 0 or more, got ${String(ms)}`);
		this.rebase(ms);
		if (wall) this.wallShiftMs += ms;
	}

	/** Sets the wall clock back to the real time; the schedule keeps running. */
	reset(): void {
		this.wallShiftMs = 0;
	}

	/** What another process needs to continue from here. */
	snapshot(): ClockSnapshot {
		return { wall: this.wallNow(), wallShiftMs: this.wallShiftMs, schedule: this.scheduleNow(), speed: this.factor };
	}

	/** Continues from a snapshot; the time since then has passed on the schedule too. */
	restore({ wall, wallShiftMs, schedule, speed }: ClockSnapshot): void {
		this.wallShiftMs = wallShiftMs;
		this.scheduleBaseMs = schedule + Math.max(0, this.wallNow() - wall) * speed;
		this.monotonicBaseMs = performance.now();
		this.factor = speed;
	}

	/** Real milliseconds until a schedule time; 0 when it has passed. */
	realDelayUntil(scheduleTime: number): number {
		const delay = (scheduleTime - this.scheduleNow()) / this.factor;
		return Math.min(Math.max(0, delay), LONGEST_TIMER_MS);
	}

	private rebase(extraMs: number): void {
		this.scheduleBaseMs = this.scheduleNow() + extraMs;
		this.monotonicBaseMs = performance.now();
	}
}
