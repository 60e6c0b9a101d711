/** Reads many wrapped memos and counts, bank by bank, what is right, wrong and missed. */
import { makeKnownCodeFinder, parseCodePattern, readPaymentCodes } from '@saoke/core';
import { makeRandom } from './random';
import { makeWrappedMemo, type WrappedMemo } from './wrapped';

export interface Rate {
	/** Memos that hold a code. */
	named: number;
	/** Of those, the ones whose code was found. */
	found: number;
	/** Memos in which something else was found. */
	wrong: number;
}

export interface BankRates {
	matching: Rate;
	/** By pattern, where the code is in one piece. */
	reading: Rate;
}

export interface Measured {
	banks: Map<string, BankRates>;
	/** What was found wrongly, for a person to look at. */
	wrong: { memo: string; expected: string | undefined; found: string[] }[];
}

/** @param count memos, each bank in turn; the same seed gives the same memos */
export function measureWrappedMemos(count: number, seed: number): Measured {
	const random = makeRandom(seed);
	const banks = new Map<string, BankRates>();
	const wrong: Measured['wrong'] = [];
	const judge = (rate: Rate, wrapped: WrappedMemo, found: string[], expected: string | undefined): void => {
		if (expected !== undefined) rate.named++;
		if (expected !== undefined && found.includes(expected)) rate.found++;
		if (found.every((code) => code === expected)) return;
		rate.wrong++;
		wrong.push({ memo: wrapped.memo, expected, found });
	};
	for (let index = 0; index < count; index++) {
		const wrapped = makeWrappedMemo(index, random);
		const rates = banks.get(wrapped.bank) ?? { matching: noRate(), reading: noRate() };
		banks.set(wrapped.bank, rates);
		const matches = makeKnownCodeFinder(wrapped.awaited)(wrapped.memo);
		judge(rates.matching, wrapped, matches.map((position) => wrapped.awaited[position] as string), wrapped.code);
		if (wrapped.pattern === undefined) continue;
		const codes = readPaymentCodes(wrapped.memo, parseCodePattern(wrapped.pattern));
		const expected = wrapped.code?.replace(/[^A-Z0-9]/g, '');
		// In two pieces, the code or nothing may be read.
		if (wrapped.isWhole || codes.length > 0) judge(rates.reading, wrapped, codes, expected);
	}
	return { banks, wrong };
}

function noRate(): Rate {
	return { named: 0, found: 0, wrong: 0 };
}
