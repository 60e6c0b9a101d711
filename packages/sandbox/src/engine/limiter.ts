/** Lets a bounded number of tasks run at once; the others wait in order. */

export class Limiter {
	private running = 0;
	private readonly queue: Array<() => void> = [];

	/** @param greatest how many at once; read at every start, so it may change */
	constructor(private readonly greatest: () => number) {}

	/** Tasks that run or wait. */
	get busy(): number {
		return this.running + this.queue.length;
	}

	/** Runs the task when there is room for it. */
	async run<T>(task: () => Promise<T>): Promise<T> {
		await new Promise<void>((resolve) => {
			this.queue.push(resolve);
			this.startWaiting();
		});
		try {
			return await task();
		} finally {
			this.running -= 1;
			this.startWaiting();
		}
	}

	private startWaiting(): void {
		while (this.running < this.greatest()) {
			const start = this.queue.shift();
			if (start === undefined) return;
			this.running += 1;
			start();
		}
	}
}

const WINDOW_MS = 1000;

/** A real rate limiter: this many calls within any one second. */
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
