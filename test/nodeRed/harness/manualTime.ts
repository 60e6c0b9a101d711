/** A clock that pauses only as long as the test lets it: pauses are recorded, and end when they are passed. */

interface Pause {
	untilMs: number;
	resolve: () => void;
}

export class ManualTime {
	/** Every pause that was asked for, in ms. */
	readonly asked: number[] = [];
	/** Whether pauses of less than an hour end at once: longer ones are not waited for, but repeat for good. */
	isFree = false;
	private aheadMs = 0;
	private readonly pauses = new Set<Pause>();

	now(): number {
		return Date.now() + this.aheadMs;
	}

	async sleep(ms: number, signal: AbortSignal): Promise<void> {
		this.asked.push(ms);
		signal.throwIfAborted();
		if (this.isFree && ms < 3_600_000) {
			this.aheadMs += ms;
			await new Promise((resolve) => setImmediate(resolve));
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const pause: Pause = { untilMs: this.now() + ms, resolve };
			this.pauses.add(pause);
			signal.addEventListener(
				'abort',
				() => {
					this.pauses.delete(pause);
					reject(signal.reason as Error);
				},
				{ once: true },
			);
		});
	}

	/** How many pauses are going on. */
	get waiting(): number {
		return this.pauses.size;
	}

	/** Lets time go by; pauses that are over end. */
	pass(ms: number): void {
		this.aheadMs += ms;
		for (const pause of [...this.pauses]) {
			if (pause.untilMs > this.now()) continue;
			this.pauses.delete(pause);
			pause.resolve();
		}
	}
}
