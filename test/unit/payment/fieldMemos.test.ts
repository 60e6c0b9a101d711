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
	const { banks, wrong } = measureWrappedMemos(15_000, 2026);
	expect(wrong).toEqual([]);
	// So few memos of each bank show a fault in its form, and not its exact recall, which the bench prints.
	for (const [bank, { matching, reading }] of banks) {
		const isGood = [matching, reading].every((rate) => getRecall(rate) >= 0.99);
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
		"a payer's word that ends as MB's own does, at no bank that cuts",
		'TRAN THI BICH NGOC don em gui DH39941 hang chuyen: som',
		['DH399', 'DH39941'],
		'DH39941',
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
		'MBVCB.1885032798.984257.tra no HD27 3938 K tra no.CT tu 9143597225 LE H UY toi 0275489461 DO AN tai MB Trace 304827',
		'HD',
	],
	[
		'CUSTOMER MBVCB 2420648919 339176 ck don DH63 417 CT tu 1027236111 PHAM VAN T toi 0966111217 LE H MB Trace 339176',
		'DH',
	],
])('no shorter code is read where a cut may hide the rest: %s', (memo, pattern) => {
	expect(readPaymentCodes(memo, parseCodePattern(pattern))).toEqual([]);
});

test.each([
	['a quantity of any unit', 'DH12 5 ly tra sua', ['DH125']],
	['a quantity behind a code with a hyphen', 'ORD-7d07 78 ly tra sua', ['ORD-7d0778']],
	['a sum with its unit apart', 'DH12 5 k', ['DH125']],
	['a street number', 'P16117 68 Phuong Liet', ['P1611768']],
	['a day and a month in words', 'DH853 18 thang 11', ['DH85318']],
	['a day and a month behind the prefix', 'naptien 1 thang 12', ['NAPTIEN 1']],
	['a day and a month with a hyphen', 'naptien 1-12', ['NAPTIEN 1']],
	['an amount behind the prefix', 'NAPTIEN 500.000d', ['NAPTIEN 500']],
	['an amount in thousands', 'naptien 500 nghin', ['NAPTIEN 500']],
	['an amount in millions', 'naptien 1,5tr', ['NAPTIEN 1']],
	['an amount written onto the prefix', 'DH500.000', ['DH500']],
	[
		'an amount that MB may have cut',
		'Quq7ix91k1  SHOP1 1  NAPTIEN 250000d VO THANH CUONG tks shop- Ma GD ACSP/ dg072822',
		['NAPTIEN 2'],
	],
	['two numbers, one behind a hyphen', '121216512229-0886808912-44348 + 44563', ['44348', '44563']],
	['two numbers, one beside an amount', '47066 & 47320 1000.000 VND', ['47066', '47320']],
	['two codes with separators, one like an amount', 'HD 11.007 HD 01 005', ['HD/11/007', 'HD/01/005']],
	[
		'a day and a month that lost their slash',
		'CUSTOMER MBVCB 0255058893 850354 DUONG HD98 14 3 CT tu 1771616379 NGUYEN VAN A toi 123456789 TRAN B Trace 440179',
		['HD98', 'HD9814'],
	],
	[
		'a code at a cut if nothing tells how lines were joined',
		'CUSTOMER VO NGOC OANH DANG NGOC THAO TT dh 7 6917- Ma giao dich/ Trace 945331',
		['DH7'],
	],
	["Agribank's own number", 'MB(926206)(NGUYEN VAN A chuyen tien)', ['926206']],
	["a card number of BIDV's", 'TKThe :168567 tai ACB. NGUYEN VAN A', ['168567']],
	["a number of Napas's", 'chuyen tien - B2B020097042209122151112024UQCG3096 49', ['49']],
	['a second order by its number alone', 'DH10231 va 10232', ['DH10231', 'DH10232']],
])('no order is settled on %s', (_what, memo, awaited) => {
	expect(makeKnownCodeFinder(awaited)(memo)).not.toHaveLength(1);
});

test.each([
	['a deposit is no cup', 'P 402 coc 50', 'P402'],
	['the rest is no piece', 'p 309 con lai', 'P309'],
	['a district is no trousers', 'HD261115 02 quan 6', 'HD261115-02'],
	[
		"a blank is lost at a cut although MB's own words are, too",
		'MBVCB.7147036841.532194.thanh toanDH3455 0.3tr LY XUAN QUOC QUAN HOANG QUOC HUNG.CT tu 1436261577 DANG NGOC KHANH toi 353827678 DUONG THANH',
		'DH3455',
	],
	[
		'so is one behind the code',
		'MBVCB.7773908004.389409.don DH66731DANG THANH GIANG TRAN VAN HUNG.CTtu 7282316770086 BUI THANH CUONG toi 019183356 DUONG DUC DUC NAM tai M',
		'DH66731',
	],
	['a phone is no second order', 'DH10231 0912345678', 'DH10231'],
	['a quantity is no second order', 'DH10231 2 ly', 'DH10231'],
])('%s', (_what, memo, code) => {
	expect(makeKnownCodeFinder([code, 'DH10232', 'DH2', 'P40'])(memo)).toEqual([0]);
});

test.each([
	['the second without its prefix', 'DH954 va 9735', ['DH954', 'DH9735']],
	['one of letters and digits without its prefix', 'UP089C8C4FF, 2E63647DA', ['UP089C8C4FF', 'UP2E63647DA']],
	['the second right behind', 'SEVQR88 691054', ['SEVQR88', 'SEVQR691054']],
	['the second anywhere, as long as the first', 'DH1024 gui kem 1025 nhe', ['DH1024', 'DH1025']],
	['the first written onto a word', 'emDH1024 va DH1025', ['DH1024', 'DH1025']],
	['the second written onto a word', 'DH1024 va DH1025giao som', ['DH1024', 'DH1025']],
	['the second behind a hyphen with blanks', 'DH1024, dh - 17', ['DH1024', 'DH17']],
])('two orders in one memo are both named: %s', (_what, memo, awaited) => {
	expect(makeKnownCodeFinder(awaited)(memo)).toHaveLength(2);
});

test.each([
	['a code written onto a word that stands before codes', 'ckDH1024 nhe', ['DH1024'], [0]],
	['onto any other word it is open', 'anhDH1024 nhe', ['DH1024'], []],
	['a word behind it is open, too', 'DH1024giao som', ['DH1024'], []],
	['the end of a longer code is none', 'KDH1024', ['DH1024', 'KDH1024'], [1]],
	['nor is its beginning', 'DH1024A', ['DH1024', 'DH1024A'], [1]],
	['letters of a word and a code behind it are none', 'gui shop P 6804', ['PP6804', 'P6804'], [1]],
	['a hyphen with blanks', 'HD - 1024 tien hang', ['HD1024'], [0]],
	['the beginning of a sum with blanks', 'naptien 1 250 000', ['NAPTIEN 1'], []],
	['a phone behind a code', 'DH10231 0912345678', ['DH10231', 'DH102310912345678'], [0]],
	['the number of another code', 'KTX-1024', ['1024'], []],
	['the same with blanks', 'KTX - 1024', ['1024'], []],
	['the same with another mark', 'KTX_1024', ['1024'], []],
	['a bare number behind a word for an order', 'don hang - 1024', ['1024'], [0]],
	[
		'a quantity written onto a code at a cut',
		'NGUYEN VAN A NGUYEN VAN A e DH0458919 thung Trace 933757',
		['DH04589', 'DH045891'],
		[],
	],
	[
		'a sum that was torn behind a bare number',
		'CUSTOMER MBVCB 6873574084 631472 CK 15297 11 4,000 nhe Le Thanh Yen CT tu 297301 76 HO DUC THAO toi 19338619397814 L E THI YEN tai MB Trace 366728',
		['15297'],
		[0],
	],
	['a hyphen between two statements', 'tien DH12 - 34 quan 5', ['DH1234', 'DH12'], [1]],
])('written in an unusual way: %s', (_what, memo, awaited, found) => {
	expect(makeKnownCodeFinder(awaited)(memo)).toEqual(found);
});

test.each(['naptien 2 tr', 'NAPTIEN 50  000 VND', 'NAPTIEN 500.000d', 'naptien500.000d'])(
	'no code is read in %s',
	(memo) => {
		expect(readPaymentCodes(memo, parseCodePattern('NAPTIEN'))).toEqual([]);
	},
);

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
