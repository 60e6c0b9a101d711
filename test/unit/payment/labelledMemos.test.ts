/** The labelled memos: what is read must be right always, and nearly everything that can be read must be. */
import { makeKnownCodeFinder, parseCodePattern, readPaymentCodes } from '@saoke/core';
import { MATCHING_LABELS, READING_LABELS } from '../../data/memos';
import generated from '../../data/memos/generated.json';
import { generateMemos } from '../../data/memos/generate';

/** Right, wrong and missed codes over a set of labels. */
function count(pairs: readonly { expected: readonly string[]; found: readonly string[] }[]): {
	right: number;
	wrong: number;
	missed: number;
} {
	let right = 0;
	let wrong = 0;
	let missed = 0;
	for (const { expected, found } of pairs) {
		right += found.filter((code) => expected.includes(code)).length;
		wrong += found.filter((code) => !expected.includes(code)).length;
		missed += expected.filter((code) => !found.includes(code)).length;
	}
	return { right, wrong, missed };
}

const readings = READING_LABELS.map((label) => ({
	...label,
	expected: label.codes,
	found: readPaymentCodes(label.memo, parseCodePattern(label.pattern)),
}));

const matchings = MATCHING_LABELS.map((label) => ({
	...label,
	expected: label.matches,
	found: makeKnownCodeFinder(label.known)(label.memo).map((position) => label.known[position] as string),
}));

test('the set is large enough and the generated half is what its generator makes', () => {
	expect(new Set(READING_LABELS.map(({ memo }) => memo)).size).toBeGreaterThanOrEqual(500);
	expect(READING_LABELS.filter(({ codes }) => codes.length > 0).length).toBeGreaterThanOrEqual(250);
	expect(READING_LABELS.filter(({ codes }) => codes.length === 0).length).toBeGreaterThanOrEqual(150);
	expect(generateMemos()).toEqual(generated);
});

test('reading by a pattern invents no code', () => {
	const invented = readings.filter(({ expected, found }) => found.some((code) => !expected.includes(code)));
	expect(invented).toEqual([]);
});

test('reading by a pattern finds at least 98 % of the codes', () => {
	const { right, missed } = count(readings);
	expect(right / (right + missed)).toBeGreaterThanOrEqual(0.98);
});

test('what is missed is only what a next word is written onto', () => {
	const missed = readings.filter(({ expected, found }) => expected.some((code) => !found.includes(code)));
	expect(missed.map(({ memo }) => memo)).toEqual(['DH1024thanh toan', 'CUSTOMERDH1024']);
});

test('codes come in the order of the memo, each once', () => {
	for (const { expected, found, memo } of readings) {
		expect({ memo, found: found.filter((code) => expected.includes(code)) }).toEqual({
			memo,
			found: expected.filter((code) => found.includes(code)),
		});
	}
});

test.each(matchings)('awaited $known in $memo: $why', ({ expected, found }) => {
	expect(found).toEqual(expected);
});

test('no awaited code is matched wrongly', () => {
	expect(count(matchings).wrong).toBe(0);
});
