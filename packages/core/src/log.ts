/** Limits log volume: in each interval, one line of a kind is written and the others are counted. */

export interface LogThrottleOptions {
	/** Minimum time in ms between two lines of one kind. */
	intervalMs: number;
	/** A clock that only goes forward, in ms. */
	now: () => number;
}

export class LogThrottle {
	private readonly kinds = new Map<string, { writtenAtMs: number; suppressed: number }>();

	constructor(private readonly options: LogThrottleOptions) {}

	/**
	 * @param kind each kind is limited separately; use only a few kinds
	 * @returns how many were held back since the last that passed; undefined if this one is held back itself
	 */
	pass(kind: string): number | undefined {
		const nowMs = this.options.now();
		const last = this.kinds.get(kind);
		if (last && nowMs - last.writtenAtMs < this.options.intervalMs) {
			last.suppressed++;
			return undefined;
		}
		this.kinds.set(kind, { writtenAtMs: nowMs, suppressed: 0 });
		return last?.suppressed ?? 0;
	}

	/** @returns the line with the number of lines suppressed before it; undefined if this line is suppressed */
	take(kind: string, text: string): string | undefined {
		const more = this.pass(kind);
		return more ? `${text} (and ${more} more since the last message)` : more === 0 ? text : undefined;
	}
}
