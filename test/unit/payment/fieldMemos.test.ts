/** Memos as banks really write them, and many that a generator wraps in the same way. */
import { describeWeakCode, makeKnownCodeFinder, parseCodePattern, readPaymentCodes } from '@saoke/core';
import { FIELD_MEMOS } from '../../data/memos/fieldMemos';
import { measureWrappedMemos } from '../../data/memos/measure';

const readable = FIELD_MEMOS.flatMap(({ memo, pattern, codes }) =>
	pattern !== undefined && codes ? [{ memo, pattern, codes }] : [],
);
const awaitable = FIELD_MEMOS.flatMap(({ memo, awaited, matches }) =>
	awaited && matches ? [{ memo, awaited, matches }] : [],
);

test.each(readable)('$pattern reads $codes in $memo', ({ memo, pattern, codes }) => {
	expect(readPaymentCodes(memo, parseCodePattern(pattern))).toEqual(codes);
});

test.each(awaitable)('of $awaited, $matches is named in $memo', ({ memo, awaited, matches }) => {
	const found = makeKnownCodeFinder(awaited)(memo).map((position) => awaited[position]);
	expect(new Set(found)).toEqual(new Set(matches));
});

test('in memos that banks wrap, no other order is found, and nearly every one that is named', () => {
	const { banks, wrong } = measureWrappedMemos(14_000, 2026);
	expect(wrong).toEqual([]);
	for (const [bank, { matching, reading }] of banks) {
		const recall = [matching, reading].map(({ named, found }) => found / named);
		expect({ bank, isGood: recall.every((share) => share >= 0.99) }).toEqual({ bank, isGood: true });
	}
});

test.each([
	[
		'MBVCB.6487047549.413077.invmmwl4dj69 cai chuyen tien.CT tu 19197149832893 TRAN THI TRUC toi 24042190 TRAN MINH LONG tai MB - Ma giao dich/Trace 694763',
		['INVMMWL4DJ6', 'INVMMWL4DJ'],
	],
	[
		'NGUYEN THI KHANH thanh toan don hang ORD-N0J2EW 2 ca i cam on shop Ngo Huu Son- Ma GD AC SP/ nR798389',
		['ORD-N0J2EW', 'ORD-N0J2EW2'],
	],
	['CUSTOMER PHAM NGOC TRUC ck don hoc phi 04/04 /2024 nhe Trace 609572', ['2024']],
])('no single order is named where a cut leaves it open: %s', (memo, awaited) => {
	expect(makeKnownCodeFinder(awaited)(memo)).not.toHaveLength(1);
});

describe('patterns', () => {
	const read = (pattern: string, memo: string): string[] => readPaymentCodes(memo, parseCodePattern(pattern));

	test.each([
		['DH####', 'DH1024 dh10245 DH102', ['DH1024']],
		['DH#{4}', 'ck dh-1024', ['DH1024']],
		['DH#{4-6}', 'DH123 DH1234 DH123456 DH1234567', ['DH1234', 'DH123456']],
		['DH?{6-8}', 'DH9F3A2 DH9F3A2B DH9F3A2B771', ['DH9F3A2B']],
		['DH#{6}, HD*', 'HD9F3A va DH123456', ['HD9F3A', 'DH123456']],
		['DH; HD', 'DH1 HD2', ['DH1', 'HD2']],
		['SEVQR ????', 'SEVQR Q8TB', ['SEVQRQ8TB']],
		['SEVQR ????', 'SEVQR KXTB', ['SEVQRKXTB']],
		['SEVQR ????', 'SEVQR tien hang', []],
		['ORD-??????', 'ord abc123', ['ORDABC123']],
		['INV@{4}', 'INVTIEN', ['INVTIEN']],
		['INV?{4}', 'INVTIEN', []],
		['THANHTOAN ??????', 'thanhtoan hocphi', []],
	])('%s in %p', (pattern, memo, codes) => {
		expect(read(pattern, memo)).toEqual(codes);
	});

	test.each([
		['DH#{0}', '1 to 50'],
		['DH#{8-4}', 'counts down'],
		['DH#{2-4}?{2-4}', 'no fixed length'],
		['DH, *', 'does not begin'],
		[Array.from({ length: 21 }, (_, at) => `DH${at}`).join(), 'more than 20'],
	])('%p is refused', (pattern, message) => {
		expect(() => parseCodePattern(pattern)).toThrow(message);
	});
});

test('codes that are easily mistaken are described, good ones are not', () => {
	expect(describeWeakCode('729819')).toContain('bare number');
	for (const code of ['SE1', 'GD 12', 'ft12', 'CT5', 'SO7', 'LOP3']) expect(describeWeakCode(code)).toContain('prefix');
	for (const code of ['DH1024', 'K7M2Q9XA', 'SEVQR Q8TB']) expect(describeWeakCode(code)).toBeUndefined();
});
