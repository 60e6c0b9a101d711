/** A real rate limiter: so many calls within any one second. */

const WINDOW_MS = 1000;

export class SlidingLimiter {
	private taken: number[] = [];

	constructor(private readonly perSecond: number) {}

	/** Takes a place if there is one. @param now ms of any steady clock @returns 0, or ms until the next place */
	take(now: number): number {
		this.taken = this.taken.filter((at) => at > now - WINDOW_MS);
		if (this.taken.length < this.perSecond) {
			this.taken.push(now);
			return 0;
		}
		return (this.taken[0] ?? now) + WINDOW_MS - now;
	}
}
