/**
 * Pays many wrapped memos and counts, bank by bank, what is right, wrong and left to a person.
 *
 * A memo is found if the order that it names, and no other, is settled. It is wrong if any other order is settled. If
 * several orders may be meant, Match settles none: that is not wrong, and not found either.
 */
import { matchPayments, parseCodePattern, readOrders, readPaymentCodes } from '@saoke/core';
import { makeHostileMemo } from './hostile';
import { makeRandom } from './random';
import { makeWrappedMemo } from './wrapped';

export interface Rate {
	/** Memos that hold a code. */
	named: number;
	/** Of those, the ones whose order alone was settled, or whose code alone was read. */
	found: number;
	/** Those left to a person because another payer, of another order that waits, could have got the same memo. */
	leftOpen: number;
	/** Memos that settled an order that they do not name, or of which another code was read. */
	wrong: number;
}

/** Of the memos that tell which code they hold, the share whose code was found. */
export function getRecall({ named, found, leftOpen }: Rate): number {
	return found / (named - leftOpen);
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
export function measureWrappedMemos(count: number, seed: number, report: Report = () => undefined): Measured {
	const random = makeRandom(seed);
	const measured: Measured = { banks: new Map(), wrong: [], missed: [] };
	const judge = (rate: Rate, memo: string, found: string[], expected: string | undefined, isOpen: boolean): void => {
		judgeMemo(measured, rate, { memo, expected, found, isOpen });
	};
	for (let index = 0; index < count; index++) {
		if (index % EACH === 0) report(index, measured.wrong.length);
		const { bank, memo, awaited, pattern, code, isOpen, isWhole } = makeWrappedMemo(index, random);
		const rates = measured.banks.get(bank) ?? { matching: noRate(), reading: noRate() };
		measured.banks.set(bank, rates);
		judge(rates.matching, memo, getSettled(memo, awaited), code, isOpen);
		if (pattern === undefined) continue;
		const codes = readPaymentCodes(memo, parseCodePattern(pattern));
		// In two pieces, the code or nothing may be read.
		if (isWhole || codes.length > 0) judge(rates.reading, memo, codes, code?.replace(/[^A-Z0-9]/g, ''), isOpen);
	}
	return measured;
}

/** As measureWrappedMemos, on memos that are made to mislead; each way to join lines is a bank. */
export function measureHostileMemos(count: number, seed: number, report: Report = () => undefined): Measured {
	const random = makeRandom(seed);
	const measured: Measured = { banks: new Map(), wrong: [], missed: [] };
	for (let index = 0; index < count; index++) {
		if (index % EACH === 0) report(index, measured.wrong.length);
		const { joined, memo, awaited, code, isOpen } = makeHostileMemo(random);
		const rates = measured.banks.get(joined) ?? { matching: noRate(), reading: noRate() };
		measured.banks.set(joined, rates);
		// If the order that is named does not wait, nobody can tell that it is not the other.
		if (code === undefined && isOpen) continue;
		judgeMemo(measured, rates.matching, { memo, expected: code, found: getSettled(memo, awaited), isOpen });
	}
	return measured;
}

/** Told how many memos are done, and how many of them went wrong. */
export type Report = (done: number, wrong: number) => void;
const EACH = 50_000;

function judgeMemo(measured: Measured, rate: Rate, { memo, expected, found, isOpen }: Mistake & { isOpen: boolean }): void {
	if (expected !== undefined) rate.named++;
	if (found.some((code) => code !== expected)) {
		rate.wrong++;
		measured.wrong.push({ memo, expected, found });
	} else if (found.length > 0) rate.found++;
	else if (expected !== undefined && isOpen) rate.leftOpen++;
	else if (expected !== undefined) measured.missed.push({ memo, expected, found });
}

/** The orders that Match settles if each awaits the amount that was paid. */
function getSettled(description: string, awaited: readonly string[]): string[] {
	const orders = readOrders(awaited.map((code) => ({ code, amount: 1_000 })));
	const { orders: matched } = matchPayments([{ id: 1, amount: 1_000, description }], orders);
	return matched.filter(({ settled }) => settled).map(({ code }) => code);
}

function noRate(): Rate {
	return { named: 0, found: 0, leftOpen: 0, wrong: 0 };
}
