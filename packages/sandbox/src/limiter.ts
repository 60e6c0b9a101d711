/** Lets a bounded number of tasks run at once; the others wait in order. */

export class Limiter {
	private running = 0;
	private readonly queue: Array<() => void> = [];

	/** @param greatest how many at once; read anew for every start, so it may change */
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
