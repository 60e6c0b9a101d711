/** Seeded random numbers, so that the same seed always gives the same data and the same faults. Never for secrets. */

/** A small generator (mulberry32) with the helpers that the data and the fault rules need. */
export class SeededRandom {
	private state: number;

	/** @param seed any integer; the same seed gives the same sequence */
	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** Begins the sequence of a seed. */
	reseed(seed: number): void {
		this.state = seed >>> 0;
	}

	/** The next number, at least 0 and below 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = this.state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** An integer from `least` to `greatest`, both included. */
	integer(least: number, greatest: number): number {
		return least + Math.floor(this.next() * (greatest - least + 1));
	}

	/** True with the given probability (0 to 1). */
	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** One element of a non-empty list. */
	pick<T>(list: readonly T[]): T {
		return list[this.integer(0, list.length - 1)] as T;
	}

	/** A string of `length` decimal digits. */
	digits(length: number): string {
		let text = '';
		for (let position = 0; position < length; position += 1) text += String(this.integer(0, 9));
		return text;
	}

	/** A shuffled copy of the list (Fisher–Yates). */
	shuffled<T>(list: readonly T[]): T[] {
		const copy = [...list];
		for (let last = copy.length - 1; last > 0; last -= 1) {
			const other = this.integer(0, last);
			[copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
		}
		return copy;
	}
}
