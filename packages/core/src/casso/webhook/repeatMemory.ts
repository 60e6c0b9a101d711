/**
 * Remembers for a few seconds which transactions were stored, so that parallel and quickly repeated deliveries in one
 * process pass once. A transaction counts as stored only when its delivery was answered with success: one that failed
 * is forgotten at once, and whoever waited for it passes in its place.
 */

export interface RepeatMemoryOptions {
	/** How long a stored transaction is remembered, in ms. */
	windowMs: number;
	/** Most keys remembered; the oldest go first. */
	capacity: number;
	/** A clock that only goes forward, in ms: one that is set back would keep entries for too long. */
	now: () => number;
}

interface Entry {
	/** Undefined while the delivery that brought it has no answer yet. */
	storedAtMs?: number;
	/** Resolves when that delivery has its answer. */
	settled: Promise<void>;
}

/** What one delivery may pass on, and how it reports its end. */
export interface Claim {
	/** Keys that are not repeats. */
	fresh: ReadonlySet<string>;
	/** To be called once the delivery has its answer; further calls do nothing. */
	settle: (isStored: boolean) => void;
}

export class RepeatMemory {
	private readonly entries = new Map<string, Entry>();

	constructor(private readonly options: RepeatMemoryOptions) {}

	/** How many keys are remembered now. */
	get size(): number {
		return this.entries.size;
	}

	/** @returns resolves when every delivery now under way with one of the keys has its answer; undefined where there is none */
	whenSettled(keys: readonly string[]): Promise<unknown> | undefined {
		const pending = keys.flatMap((key) => {
			const entry = this.entries.get(key);
			return entry && entry.storedAtMs === undefined ? [entry.settled] : [];
		});
		return pending.length > 0 ? Promise.all(pending) : undefined;
	}

	/** Takes the keys that were not stored within the window, also from a delivery that is still under way. */
	claim(keys: readonly string[]): Claim {
		this.forgetOld();
		const fresh = new Set(keys.filter((key) => !this.isStored(key)));
		let resolve = (): void => undefined;
		const entry: Entry = { settled: new Promise((done) => (resolve = done)) };
		for (const key of fresh) this.entries.set(key, entry);
		let isOpen = true;
		const settle = (isStored: boolean): void => {
			if (!isOpen) return;
			isOpen = false;
			this.finish(fresh, entry, isStored);
			resolve();
		};
		return { fresh, settle };
	}

	private isStored(key: string): boolean {
		const storedAtMs = this.entries.get(key)?.storedAtMs;
		return storedAtMs !== undefined && this.options.now() - storedAtMs < this.options.windowMs;
	}

	private finish(keys: ReadonlySet<string>, entry: Entry, isStored: boolean): void {
		if (isStored) entry.storedAtMs = this.options.now();
		for (const key of keys) {
			if (this.entries.get(key) !== entry) continue;
			// Set anew, so that the map stays in the order of storing.
			this.entries.delete(key);
			if (isStored) this.entries.set(key, entry);
		}
	}

	/** Stored entries stand in the order of storing; those under way lie among them. */
	private forgetOld(): void {
		const oldest = this.options.now() - this.options.windowMs;
		for (const [key, { storedAtMs }] of this.entries) {
			const isFull = this.entries.size > this.options.capacity;
			if (!isFull && storedAtMs === undefined) continue;
			if (!isFull && storedAtMs !== undefined && storedAtMs > oldest) break;
			this.entries.delete(key);
		}
	}
}
