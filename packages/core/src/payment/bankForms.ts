/**
 * What banks and wallets write around the payer's words, bank by bank with the form it comes in. `<memo>` is the payer's.
 * Forms are matched in capitals without diacritics. MB tears lines, so letters of its marks may have a blank between.
 */
export interface BankForm {
	bank: string;
	/** As in statements; names and numbers are invented. */
	form: string;
	/** All that the bank writes, each match linear in its length. */
	writes: RegExp;
}

/** MB cuts memos of other banks into lines of this many characters, trims them, and joins them: with a blank in 2022 and 2025, with nothing in 2024. */
export const MB_LINE = 35;

/** What comes before MB's first line: the name of the payer, or this word for it. Not always: names may count. */
export const MB_ORIGIN = /^(?:CUSTOMER |[A-Z ]{0,40}(?=MBVCB[. ]|Q[A-Z0-9]{9} ))/;

const torn = (letters: string): string => letters.split('').join('\\s{0,2}');

const MB_TRACE = `(?:${torn('MAGIAODICH')}[\\s/]{0,3}${torn('TRACE')}|${torn('MAGDACSP')})`;
/** What MB writes behind the memos of other banks, since 2024 at least. */
export const MB_END = new RegExp(MB_TRACE);

/** The bank's own words as it writes them, and as they are found when lines were cut there. */
const MB_WORDS = [
	{ whole: '- MA GIAO DICH/ TRACE 729819', cut: new RegExp(`-?\\s{0,2}${torn('MAGIAODICH')}[^]*$`) },
	{ whole: '- MA GD ACSP/ GZ333212', cut: new RegExp(`-?\\s{0,2}${torn('MAGDACSP')}[^]*$`) },
	{ whole: 'CT TU', cut: new RegExp(torn('CTTU')) },
];

/** How many blanks the lines added to the bank's own words; less than 0 if they lost some. @param text folded */
export function countAddedBlanks(text: string): number {
	let added = 0;
	for (const { whole, cut } of MB_WORDS) {
		const words = cut.exec(text)?.[0].replace(/TRACE ?(?=\d)/, 'TRACE ');
		if (words !== undefined) added += words.split(' ').length - whole.split(' ').length;
	}
	return added;
}

/** Whether it is MB's at all. */
export const MB_MARK = new RegExp(`^CUSTOMER |${MB_TRACE}|${torn('TRACE')} {0,2}\\d[\\d ]*$`);

/** What MB writes behind memos of its own customers, which it does not cut. */
export const MB_OWN = /\.\s?(?:TU|DEN):|NG CHUYEN:/;

const row = (bank: string, form: string, writes: RegExp): BankForm => ({ bank, form, writes });

export const BANK_FORMS: readonly BankForm[] = [
	// Before MB's rows, one of which knows a trace too.
	row('VPBank', 'NHAN TU 0912345678 TRACE 884114 ND <memo>', /(?<![A-Z0-9])NHAN TU \d{6,} TRACE \d+ ND(?=\s)/g),

	row('MB', 'CUSTOMER <memo>', /^CUSTOMER(?=[ .:])/g),
	row('MB', '<memo>- Ma giao dich/ Trace 729819 · <memo>- Ma GD ACSP/ gz333212', new RegExp(`${MB_TRACE}[^]*$`, 'g')),
	row(
		'MB',
		'<memo> Trace 483754 · <memo> Trace 7133 29',
		new RegExp(`${torn('TRACE')}\\s{0,2}(?:\\d{6}|\\d{1,5}(?:\\s\\d{1,5})?)(?!\\d)`, 'g'),
	),
	row('MB', '<memo> NG CHUYEN:CUSTOMER 0966111217', /(?<![A-Z0-9])NG CHUYEN:[^]*$/g),
	row('MB', '<memo>. TU: NGUYEN VAN A', /\.\s?(?:TU|DEN):[^]*$/g),
	row('MB, VietQR', 'Qaawgm7172  SHOP1 1  <memo>', /(?<![A-Z0-9])Q[A-Z0-9]{9}\s{1,2}[A-Z]{2,15}\d+\s\d\s{1,2}/g),

	row('Vietcombank', 'MBVCB.2707051024.042064.<memo>', /(?<![A-Z0-9])MBVCB\.\d{8,12}\.(?:\d{4,6}\.(?!\s?CT\s?TU))?/g),
	row('Vietcombank at MB', 'MBVCB 2420648919 339176 <memo>', /(?<![A-Z0-9])MBVCB \d{8,12} (?:\d{6} (?!\s?CT\s?TU))?/g),
	row(
		'Vietcombank',
		'<memo>.CT tu 1014309111 NGUYEN VAN C toi 0966111217 TRAN VAN G tai MB',
		/C\s?T\s*T\s?U\s*\d[^]*$/g,
	),
	row('Vietcombank', '<memo> tu 1015360468 NGUYEN VAN A toi 0966', /\sTU \d{8,} [A-Z ]{2,60} TOI \d[^]*$/g),
	row('Vietcombank', '311447.110821.213735.<memo>', /(?<![A-Z0-9.])\d{5,6}\.\d{6}\.\d{6}\./g),
	row('Vietcombank', 'VCB.CTDK.301024.123456.<memo>', /(?<![A-Z0-9])I?B?VCB\.(?:[A-Z]{2,6}\.)?(?:\d{4,12}\.)+/g),
	row(
		'Vietcombank',
		'0200970404...2022LzDU.93477.145147.<memo>',
		/(?<![A-Z0-9])0200\d{6}[A-Z0-9]{8,30}\.\d{1,6}\.\d{6}\./g,
	),
	row(
		'Vietcombank, MoMo',
		'PARTNER.DIRECT_DEBITS_VCB.MSE.29047518763.29047518763-<memo>',
		/PARTNER\.DIRECT_DEBITS_VCB\.[A-Z]{2,6}(?:\.\d+){1,2}[-.]/g,
	),

	row('ACB', 'ACB;28349111;<memo>', /(?<![A-Z0-9])ACB;\d+;/g),
	row(
		'ACB',
		'<memo> GD 931139-102322 13:18:51',
		/(?<![A-Z0-9])GD[\s:]{0,2}\d{6}-\d{6}(?:[-\s]{1,2}\d{1,2}:\d{1,2}(?::\d{0,2})?)?/g,
	),
	row('ACB', '<memo>-100924- 19:56:46 821825', /-\s?\d{6}[-\s]{1,3}\d{1,2}:\d{2}(?::\d{0,2})?(?:\s\d{1,6}(?!\d))?/g),
	row(
		'ACB',
		'ACC-GD 640669-2022-09-19T19:30:37-180906-/CTR/<memo>',
		/(?<![A-Z0-9])(?:ACC-)?GD \d+-[\dT:-]{8,40}\/CTR\//g,
	),
	row('ACB', '<memo>/MAC/02FB40D2D89D4CF8', /\/MAC\/[A-F0-9]+/g),

	row('BIDV', 'REM Tfr Ac: 12010001234567 <memo>', /(?<![A-Z0-9])(?:REM\s+)?TFR\s+AC:\s?\d+/g),
	row('BIDV', 'O@L_080002_0_0_970418_<memo>', /O@L_(?:\d+_){1,3}0_0_\d+_(?:\d{10,}_?)*/g),
	row('BIDV', 'TKThe :0123456789, tai MB. <memo>', /TKTHE\s?:\s?\d+,\s?TAI [A-Z]+\.\s?/g),
	row('BIDV', '<memo> -CTLNHIDI000012345678-1/1-CRE-002', /(?<![A-Z0-9])CTLNHID[IO]\d+[^]*$/g),

	row('VietinBank', 'CT DEN:428911213391 <memo>', /(?<![A-Z0-9])CT DEN:\s?\d{6,}/g),
	row('VietinBank', '<memo> (CT1111) NGUYEN VAN A 105771234***', /\(CT\d{2,}\)[^]*$/g),
	row('VietinBank', '<memo>; thoi gian GD:12/09/2024 00:53:58 NGUYEN VAN A', /;\s?THOI GIAN GD:[^]*$/g),
	row('VietinBank, Napas', 'CT nhanh 247 den: <memo>', /(?<![A-Z0-9])CT NHANH 247(?: DEN)?:?/g),
	row('Napas', '<memo>;tai Napas', /;\s?TAI NAPAS[^]*$/g),
	row(
		'CITAD',
		'SHGD:10009157.DD:241030.BO:NGUYEN VAN A.Remark:<memo>',
		/SHGD:\d+\.DD:\d+\.BO:[^.]{0,60}\.(?:REMARK:)?/g,
	),

	row('Techcombank, MB', '<memo> FT24255276428461', /FT\d{12,}(?:\\BNK)?/g),
	row('Timo', 'TF2104152395814062 <memo>', /(?<![A-Z0-9])TF\d{14,}/g),

	row(
		'MoMo',
		'74309033193-<memo>-CHUYEN TIEN-OQCH39549957-MOMO74309033193MOMO',
		/(?<![A-Z0-9])\d{11,12}-(?=.{1,80}-\s?C\s?H\s?U\s?Y\s?E\s?N)/g,
	),
	row('MoMo', '74309033193-<memo>', /^(?:CUSTOMER )?\d{11,12}-/g),
	row('MoMo', '15330734312-0351234567-<memo>', /(?<![A-Z0-9])\d{11,12}-0\d{9}-/g),
	row(
		'MoMo',
		'<memo>-CHUYEN TIEN-OQCH39549957',
		new RegExp(`-${torn('CHUYENTIEN')}(?:-?\\s?$|-\\s?O\\s?Q[^]*$|-\\s?O?$)`, 'g'),
	),
	row('MoMo', 'MoMoT0949111222T28725478788T970422T <memo>', /MOMOT[\d ]+T[\d ]+T[\d ]+T/g),
	row(
		'MoMo',
		'MOMO-CASHIN-0966111217-OQCIiknGSqJC-71736718996',
		/(?<![A-Z0-9])(?:MOMO|AP)-CASHIN-\d+-[A-Z0-9]+(?:-\d+)?/g,
	),
	row('ZaloPay', 'ZALOPAY-CHUYENTIEN-O5CH7BV0HDOQ-<memo>', /ZALOPAY-CHUYENTIEN-[A-Z0-9]{8,16}-?/g),
	row('ZaloPay', 'ZP6KB2JDH8 240930000123456 ZaloPay <memo>', /(?<![A-Z0-9])ZP[A-Z0-9]{6,10}\s\d{12,18}\sZALOPAY/g),
	row('several', '<memo> 050526 23 03', /(?<!\d)\d{6} \d{2} \d{2}$/g),
];
