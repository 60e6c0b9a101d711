/** Seeded random numbers for the memo generator: the same seed gives the same memos on every machine. */

export interface Random {
	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number;
	pick<T>(choices: readonly T[]): T;
	digits(count: number): string;
	/** One that goes on with the same numbers, apart from this one. */
	copy(): Random;
}

/** SplitMix32. */
export function makeRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x9e3779b9) >>> 0;
		let mixed = state ^ (state >>> 16);
		mixed = Math.imul(mixed, 0x21f0aaad);
		mixed ^= mixed >>> 15;
		mixed = Math.imul(mixed, 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
	const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	return {
		between,
		pick: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number],
		copy: () => makeRandom(state),
		digits: (count) => Array.from({ length: count }, () => String(between(0, 9))).join(''),
	};
}
