/** Memos as banks really write them, and many that a generator wraps in the same way. */
import { describeWeakCode, makeKnownCodeFinder, parseCodePattern, readPaymentCodes } from '@saoke/core';
import { FIELD_MEMOS } from '../../data/memos/fieldMemos';
import { getRecall, measureHostileMemos, measureWrappedMemos } from '../../data/memos/measure';

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
		const isGood = [matching, reading].every((rate) => getRecall(rate) >= 0.995);
		expect({ bank, isGood }).toEqual({ bank, isGood: true });
	}
});

test('in memos that are made to mislead, no other order is settled', () => {
	expect(measureHostileMemos(10_000, 2026).wrong).toEqual([]);
});

test.each([
	[
		'another code and a quantity',
		'MBVCB.6487047549.413077.invmmwl4dj69 cai chuyen tien.CT tu 19197149832893 TRAN THI TRUC toi 24042190 TRAN MINH LONG tai MB - Ma giao dich/Trace 694763',
		['INVMMWL4DJ6', 'INVMMWL4DJ'],
	],
	['a date in two pieces', 'CUSTOMER PHAM NGOC TRUC ck don hoc phi 04/04 /2024 nhe Trace 609572', ['2024']],
	['a letter behind', 'DH399 a', ['DH399', 'DH399A']],
	['a letter before', 'X HDFE13S', ['HDFE13S', 'XHDFE13S']],
	['a letter behind a cut', 'TRAN THI BICH NGOC ma don gui DH399 a nhe- Ma GD ACSP/ gz333212', ['DH399', 'DH399A']],
	['a letter that a cut glued', 'TRAN THI BICH NGOC thanh toan DH399a nhe- Ma GD ACSP/ gz333212', ['DH399', 'DH399A']],
	[
		'a quantity of any unit behind a cut',
		'VO NGOC Y NHI ma don em gui SHOPG79 4 ly- Ma GD ACSP/ gz333212',
		['SHOPG79', 'SHOPG794'],
	],
	[
		'a month behind a cut',
		'CUSTOMER LE HUY chuyen khoan don SHOP DH2791 T4 nop tien Trace 242354',
		['DH2791', 'DH2791T4'],
	],
])('no single order is named where a cut or a blank leaves it open: %s', (_what, memo, awaited) => {
	expect(makeKnownCodeFinder(awaited)(memo)).not.toHaveLength(1);
});

test.each([
	[
		'the rest of a code',
		'MBVCB.2827198123.12445.ck SHOPG79NU 4 7 ly.CT tu 0451001112223 LE H toi 0966111217 LE H tai MB Trace 333212',
		['SHOPG79NU', 'SHOPG79NU4'],
		'SHOPG79NU4',
	],
	[
		'a quantity that was cut itself',
		'NGUYEN THI KHANH thanh toan don hang ORD-N0J2EW 2 ca i cam on shop Ngo Huu Son- Ma GD AC SP/ nR798389',
		['ORD-N0J2EW', 'ORD-N0J2EW2'],
		'ORD-N0J2EW',
	],
	[
		'a word that was glued',
		'NGUYEN VAN LONG dat coc chuyen tienDH59740 giao nhanh- Ma GD ACSP/ gz333212',
		['DH5974', 'DH59740', 'DH597401'],
		'DH59740',
	],
	[
		"the bank's own words show where a blank was lost",
		'MBVCB.6262962709.158166.INV34LDCOFM.CT tu 20235350 PHAM THANH LONG toi0964322780405 BUI THUY PHUONG taiMB - Ma giao dich/ Trace 464795',
		['INV34LDCOFM', 'INV34LDCOF'],
		'INV34LDCOFM',
	],
])('one order is named if only one reading is possible: %s', (_what, memo, awaited, code) => {
	expect(makeKnownCodeFinder(awaited)(memo).map((position) => awaited[position])).toEqual([code]);
});

test.each([
	[
		'MBVCB.1885032798.984257.tra no HD27 3938 K tra no.CT tu 9143597225 LE HUY toi 0275489461 DO AN tai MB Trace 304827',
		'HD',
	],
	[
		'CUSTOMER MBVCB 2420648919 339176 ck don DH63 417 CT tu 1027236111 PHAM VAN T toi 0966111217 LE H MB Trace 339176',
		'DH',
	],
])('no shorter code is read where a cut may hide the rest: %s', (memo, pattern) => {
	expect(readPaymentCodes(memo, parseCodePattern(pattern))).toEqual([]);
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
