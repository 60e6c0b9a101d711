/** Keeps a stranger from filling a log: of lines of one kind, one in each interval is written, and the others are counted. */

export interface LogThrottleOptions {
	/** Shortest time in ms between two lines of one kind. */
	intervalMs: number;
	/** A clock that only goes forward, in ms. */
	now: () => number;
}

export class LogThrottle {
	private readonly kinds = new Map<string, { writtenAtMs: number; suppressed: number }>();

	constructor(private readonly options: LogThrottleOptions) {}

	/**
	 * @param kind lines of another kind are not held back; keep their number small
	 * @param text the line
	 * @returns the line, with the number of those that were left out before it; undefined if it is to be left out itself
	 */
	take(kind: string, text: string): string | undefined {
		const nowMs = this.options.now();
		const last = this.kinds.get(kind);
		if (last && nowMs - last.writtenAtMs < this.options.intervalMs) {
			last.suppressed++;
			return undefined;
		}
		this.kinds.set(kind, { writtenAtMs: nowMs, suppressed: 0 });
		return last?.suppressed ? `${text} (and ${last.suppressed} more since the last message)` : text;
	}
}
