/**
 * A wrong order is one that Match settles although the memo does not name it. A memo that may name several settles none:
 * it is not wrong, and counts against recall, unless another payer could have got the very same memo.
 *
 * What reading payment codes costs on memos made to cost much, and how right it is on the labelled set and, bank by
 * bank, on generated memos (60,000, or as many as the environment variable MEMOS says) and half as many made to mislead; against the
 * regular expression that Casso's own samples use, `<prefix>\d+` anywhere and in any case, and against looking for
 * awaited codes one by one.
 */
import { makeKnownCodeFinder, parseCodePattern, readPaymentCodes } from '@saoke/core';
import { MATCHING_LABELS, READING_LABELS } from '../test/data/memos';
import {
	getRecall,
	measureHostileMemos,
	measureWrappedMemos,
	type Measured,
	type Rate,
	type Report,
} from '../test/data/memos/measure';
import type { BenchResult } from './result';

const LENGTH = 500;
const ROUNDS = 200;
const AWAITED = 1_000;
const SEED = 20261129;
const LEAST_RECALL = 0.995;

const HOSTILE: readonly string[] = [
	'DH',
	'DH ',
	'DH1 ',
	'DH1',
	'DH-',
	'D',
	'D H 1 0 2 4 ',
	'DH       ',
	'9',
	'DH 9',
	'DH 500.000 ',
	'()*+?.\\',
	'a\u0301',
	'\u0301\u0323',
	'đ',
	'👨‍👩‍👧‍👦',
	'Đ\u0300H\u0301',
].flatMap((piece) => {
	const text = piece.repeat(Math.ceil(LENGTH / piece.length));
	// The longest that is cut into lines costs most.
	return [text.slice(0, LENGTH), `CUSTOMER ${text.slice(0, 270)} Trace 333212`];
});

const PATTERNS = ['DH', 'DH*', 'DH????', 'D-H-?*'].map((text) => parseCodePattern(text));

const codes = Array.from({ length: AWAITED }, (_, number) => `DH${1_000 + number}`);

/** Median ms of one call, on the memo that costs most. */
function worst(read: (memo: string) => unknown): number {
	return Math.max(...HOSTILE.map((memo) => median(Array.from({ length: ROUNDS }, () => time(() => read(memo))))));
}

function time(work: () => unknown): number {
	const start = performance.now();
	work();
	return performance.now() - start;
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function bySample(memo: string, prefix: string): string[] {
	return [...memo.matchAll(new RegExp(`${prefix.replace(/[^a-z0-9]/gi, '')}\\d+`, 'gi'))].map(([code]) =>
		code.toUpperCase(),
	);
}

function cost(name: string, ours: number, peer: number): BenchResult {
	return { name, ours, peer, unit: 'ms', ratio: ours / peer, goal: 'under 1 ms', pass: ours < 1 };
}

interface Judged {
	expected: readonly string[];
	found: readonly string[];
}

/** Of what was found, the share that is right; of what is there, the share that was found. */
function rightness(all: readonly Judged[]): { precision: number; recall: number } {
	const right = all.reduce(
		(sum, { expected, found }) => sum + found.filter((code) => expected.includes(code)).length,
		0,
	);
	const found = all.reduce((sum, one) => sum + one.found.length, 0);
	const there = all.reduce((sum, { expected }) => sum + expected.length, 0);
	return { precision: right / found, recall: right / there };
}

function share(name: string, ours: number, peer: number, least: number): BenchResult {
	return { name, ours, peer, unit: 'share', ratio: ours / peer, goal: `at least ${least}`, pass: ours >= least };
}

const MEMOS = Number(process.env.MEMOS ?? 60_000);

/** Says how far a long measurement is. */
const reportOf =
	(what: string, all: number): Report =>
	(done, wrong) => {
		if (done > 0) console.error(`${what}: ${done} of ${all}, ${wrong} wrong`);
	};

/** Wrong orders and recall for each bank, of awaited codes and of codes read by their pattern; the peer is perfect. */
function byBank(): BenchResult[] {
	const wrapped = measureWrappedMemos(MEMOS, SEED, reportOf('memos of banks', MEMOS));
	const hostile = measureHostileMemos(MEMOS / 2, SEED, reportOf('misleading memos', MEMOS / 2));
	showWrong(wrapped);
	showWrong(hostile);
	return [
		...[...wrapped.banks].flatMap(([bank, { matching, reading }]) => [
			wrongs(`awaited codes, ${bank}`, matching),
			recall(`awaited codes, ${bank}`, matching),
			wrongs(`payment code, ${bank}`, reading),
			recall(`payment code, ${bank}`, reading),
		]),
		...[...hostile.banks].map(([joined, { matching }]) =>
			wrongs(`misleading memos, lines joined with ${joined}`, matching),
		),
	];
}

function showWrong({ wrong }: Measured): void {
	for (const { memo, expected, found } of wrong) {
		console.error(`wrong: ${found.join(', ')} instead of ${expected ?? 'nothing'} in ${memo}`);
	}
	if (wrong.length > 0) console.error(`${wrong.length} memos settled or stated something that they do not name`);
}

function wrongs(name: string, { wrong }: Rate): BenchResult {
	return { name: `${name}: wrong`, ours: wrong, peer: 0, unit: 'memos', ratio: wrong, goal: '0', pass: wrong === 0 };
}

function recall(name: string, rate: Rate): BenchResult {
	const open = rate.leftOpen === 0 ? '' : ` (${rate.leftOpen} of ${rate.named} left open)`;
	return share(`${name}: recall${open}`, getRecall(rate), 1, LEAST_RECALL);
}

export async function run(): Promise<BenchResult[]> {
	const find = makeKnownCodeFinder(codes);
	const reading = rightness(
		READING_LABELS.map(({ memo, pattern, codes: expected }) => ({
			expected,
			found: readPaymentCodes(memo, parseCodePattern(pattern)),
		})),
	);
	const sample = rightness(
		READING_LABELS.map(({ memo, pattern, codes: expected }) => ({ expected, found: bySample(memo, pattern) })),
	);
	const matching = rightness(
		MATCHING_LABELS.map(({ memo, known, matches }) => ({
			expected: matches,
			found: makeKnownCodeFinder(known)(memo).map((position) => known[position] ?? ''),
		})),
	);
	const included = rightness(
		MATCHING_LABELS.map(({ memo, known, matches }) => ({
			expected: matches,
			found: known.filter((code) => memo.includes(code)),
		})),
	);
	return await Promise.resolve([
		cost(
			'payment code: hostile memo of 500 characters',
			worst((memo) => PATTERNS.map((pattern) => readPaymentCodes(memo, pattern))) / PATTERNS.length,
			worst((memo) => bySample(memo, 'DH')),
		),
		cost(
			'awaited codes, 1,000 of them: hostile memo of 500 characters',
			worst(find),
			worst((memo) => codes.filter((code) => memo.includes(code))),
		),
		share('payment code: precision on the labelled memos', reading.precision, sample.precision, 1),
		share('payment code: recall on the labelled memos', reading.recall, sample.recall, 0.98),
		share('awaited codes: precision on the labelled memos', matching.precision, included.precision, 1),
		share('awaited codes: recall on the labelled memos', matching.recall, included.recall, 0.98),
		...byBank(),
	]);
}
