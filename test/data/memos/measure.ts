/**
 * Pays many wrapped memos and counts, bank by bank, what is right, wrong and left to a person.
 *
 * A memo is found if the order that it names, and no other, is settled. It is wrong if any other order is settled. If
 * several orders may be meant, Match settles none: that is not wrong, and not found either.
 */
import { matchPayments, parseCodePattern, readOrders, readPaymentCodes } from '@saoke/core';
import { makeRandom } from './random';
import { makeWrappedMemo } from './wrapped';

export interface Rate {
	/** Memos that hold a code. */
	named: number;
	/** Of those, the ones whose order alone was settled, or whose code alone was read. */
	found: number;
	/** Memos that settled an order that they do not name, or of which another code was read. */
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
	wrong: Mistake[];
	/** Memos whose order was not settled. */
	missed: Mistake[];
}

interface Mistake {
	memo: string;
	expected: string | undefined;
	found: string[];
}

/** @param count memos, each bank in turn; the same seed gives the same memos */
export function measureWrappedMemos(count: number, seed: number): Measured {
	const random = makeRandom(seed);
	const measured: Measured = { banks: new Map(), wrong: [], missed: [] };
	const judge = (rate: Rate, memo: string, found: string[], expected: string | undefined): void => {
		if (expected !== undefined) rate.named++;
		if (found.some((code) => code !== expected)) {
			rate.wrong++;
			measured.wrong.push({ memo, expected, found });
		} else if (found.length > 0) rate.found++;
		else if (expected !== undefined) measured.missed.push({ memo, expected, found });
	};
	for (let index = 0; index < count; index++) {
		const { bank, memo, awaited, pattern, code, isWhole } = makeWrappedMemo(index, random);
		const rates = measured.banks.get(bank) ?? { matching: noRate(), reading: noRate() };
		measured.banks.set(bank, rates);
		judge(rates.matching, memo, getSettled(memo, awaited), code);
		if (pattern === undefined) continue;
		const codes = readPaymentCodes(memo, parseCodePattern(pattern));
		// In two pieces, the code or nothing may be read.
		if (isWhole || codes.length > 0) judge(rates.reading, memo, codes, code?.replace(/[^A-Z0-9]/g, ''));
	}
	return measured;
}

/** The orders that Match settles if each awaits the amount that was paid. */
function getSettled(description: string, awaited: readonly string[]): string[] {
	const orders = readOrders(awaited.map((code) => ({ code, amount: 1_000 })));
	const { orders: matched } = matchPayments([{ id: 1, amount: 1_000, description }], orders);
	return matched.filter(({ settled }) => settled).map(({ code }) => code);
}

function noRate(): Rate {
	return { named: 0, found: 0, wrong: 0 };
}
