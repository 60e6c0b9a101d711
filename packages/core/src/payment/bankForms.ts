/**
 * What banks and wallets write around the payer's words, bank by bank with the form it comes in, as in statements; names
 * and numbers are invented. `<memo>` is the payer's. Each list has what the bank writes in the order of the
 * forms above it, in capitals without diacritics, and matches in time in proportion to the memo's length. MB cuts lines, so
 * letters of its words may have a blank between.
 */

/** MB cuts memos of other banks into lines of this many characters, trims them, and joins them: with a blank in 2022, with nothing in 2024, with one or two in 2025. */
export const MB_LINE = 35;

/** What comes before MB's first line: the name of the payer, or this word for it. Not always: names may count. */
export const MB_ORIGIN = /^(?:CUSTOMER |[A-Z ]{0,40}(?=MBVCB[. ]|Q[A-Z0-9]{9} |\d{11,12}-|ZALOPAY-))/;

const torn = (letters: string): string => letters.split('').join('\\s{0,2}');

const MB_TRACE = `(?:${torn('MAGIAODICH')}[\\s/]{0,3}${torn('TRACE')}|${torn('MAGDACSP')})`;
/** What MB writes behind the memos of other banks, since 2024 at least. */
export const MB_END = new RegExp(MB_TRACE);

/**
 * Words that Vietcombank and MB write themselves, blanks taken out, and how many blanks are between two groups. None is
 * inside of a group, and one at either end of the names that are between two groups.
 */
const OWN_WORDS: readonly { form: RegExp; blanks: readonly number[] }[] = [
	{
		form: /MBVCB.*?(CT)(TU)(\d+)(?:[A-Z]{2,60}?(TOI)(\d+)(?:[A-Z]{2,60}?(TAI)(MB))?)?/d,
		blanks: [1, 1, 1, 1, 1, 1],
	},
	{ form: /(-)(MA)(GIAO)(DICH\/)(TRACE)(\d{6})$/d, blanks: [1, 1, 1, 1, 1] },
	{ form: /(-)(MA)(GD)(ACSP\/)([A-Z0-9]{2}\d{6})$/d, blanks: [1, 1, 1, 1] },
	{ form: /([^])(MA)(GIAO)(DICH)(TRACE\d{6})(TRACE)(\d{6})$/d, blanks: [3, 1, 1, 2, 1, 1] },
];

/** @param text folded @returns how many blanks the bank wrote before each character, if it is known */
export function countOwnBlanks(text: string): (number | undefined)[] {
	const known = new Array<number | undefined>(text.length);
	const places = Array.from(text, (_, at) => at).filter((at) => text[at] !== ' ');
	const letters = places.map((at) => text.charAt(at)).join('');
	for (const { form, blanks } of OWN_WORDS) {
		const groups = (form.exec(letters)?.indices ?? []).slice(1) as ([number, number] | undefined)[];
		let before: number | undefined;
		for (const [index, [from, to]] of groups.filter((group) => group !== undefined).entries()) {
			for (let at = from + 1; at < to; at++) known[places[at] as number] = 0;
			if (before !== undefined) known[places[before] as number] = known[places[from] as number] = blanks[index - 1];
			before = to;
		}
	}
	return known;
}

/** Whether it is MB's at all. */
const MB_MARK = new RegExp(`^CUSTOMER |${MB_TRACE}|${torn('TRACE')} {0,2}\\d[\\d ]*$`);

/** MB keeps four lines: of a long memo of Vietcombank, MB's own words are lost. Joining the lines may have cost some blanks. */
const FOUR_LINES = { least: 4 * MB_LINE - 8, most: 4 * MB_LINE + 3 };
const FROM_VIETCOMBANK = /^MBVCB[. ].*\.\s?C\s?T\s?T\s?U(?!.* TAI (?!MB?\b))/;

/** Whether it is a memo that MB cut, and where its first line begins, if it is the first that is tried. @param text folded */
export function isCutByMb(text: string, origin: number): boolean {
	if (MB_MARK.test(text) || MB_OWN_END.test(text) || TWO_BLANKS.test(text.slice(origin))) return true;
	const { length } = text.slice(origin);
	return length >= FOUR_LINES.least && length <= FOUR_LINES.most && FROM_VIETCOMBANK.test(text.slice(origin));
}

/** Lines that are joined with two blanks. */
const TWO_BLANKS = new RegExp(`^.{${MB_LINE - 1},${MB_LINE}} {2}`);

/** What MB may write behind the last line, or at its end. */
export const MB_LAST_TRACE = new RegExp(` ?${torn('TRACE')} {0,2}\\d[\\d ]*$`);

/** What MB writes behind the lines of a memo. */
export const MB_OWN_END = /\.\s?(?:TU|DEN):| ?NG CHUYEN:/;

/**
 * VPBank:
 * - `NHAN TU 0912345678 TRACE 884114 ND <memo>`
 */
const VPBANK = [/(?<![A-Z0-9])NHAN TU \d{6,} TRACE \d+ ND(?=\s)/g];

/**
 * MB:
 * - `MB 2588661234 <memo>`, ACB at MB
 * - `CUSTOMER <memo>`
 * - `<memo> - Ma giao dich/ Trace 729819 · <memo>- Ma GD ACSP/ gz333212`
 * - `<memo> Trace 483754 · <memo> Trace 7133 29`
 * - `<memo> NG CHUYEN:CUSTOMER 0966111217`
 * - `<memo>. TU: NGUYEN VAN A`
 * - `Qaawgm7172  SHOP1 1  <memo>`, MB, VietQR
 */
const MB = [
	/^(?:CUSTOMER )?MB \d{8,15}(?=\s)/g,
	/^CUSTOMER(?=[ .:])/g,
	new RegExp(`${MB_TRACE}[^]*$`, 'g'),
	new RegExp(`${torn('TRACE')}\\s{0,2}(?:\\d{6}|\\d{1,5}(?:\\s\\d{1,5})?)(?!\\d)`, 'g'),
	/(?<![A-Z0-9])NG CHUYEN:[^]*$/g,
	/\.\s?(?:TU|DEN):[^]*$/g,
	/(?<![A-Z0-9])Q[A-Z0-9]{9}\s{1,2}[A-Z]{2,15}\d+\s\d\s{1,2}/g,
];

/**
 * Vietcombank:
 * - `PARTNER.DIRECT_DEBITS_VCB.MSE.29047518763.29047518763-<memo>`, Vietcombank, MoMo
 * - `PARTNER.DIRECT_DEBITS_VCB.MSE.66480235878.20240911.66480235878-0982666471_<memo>`, Vietcombank, MoMo
 * - `MBVCB.11605994318.405981 <memo> tu 1015360459 NGUYEN VAN A toi 0966`
 * - `MBVCB.2707051024.042064.<memo>`
 * - `MBVCB.14143120995.5910BFTVG2S90CI6.<memo>`
 * - `MBVCB 2420648919 339176 <memo>`, Vietcombank at MB
 * - `<memo>.CT tu 1014309111 NGUYEN VAN C toi 0966111217 TRAN VAN G tai MB`
 * - `<memo> tu 1015360468 NGUYEN VAN A toi 0966`
 * - `977248.<memo>.CT TU 1014309111 NGUYEN VAN C TOI 77292437964633 TRAN VAN G TAI TECHCOMBANK`
 * - `311447.110821.213735.<memo>`
 * - `VCB.CTDK.301024.123456.<memo>`
 * - `0200970404...2022LzDU.93477.145147.<memo>`
 * - `6258IBT1cKTWRPD7.<memo>.20260917.151722.106871334208.NGUYEN VAN A.970415`
 */
const VIETCOMBANK = [
	/PARTNER\.DIRECT_DEBITS_VCB\.[A-Z]{2,6}\.\d+(?:\.20\d{6})?(?:\.\d+)?[-.](?:0\d{9}_)?/g,
	/(?<![A-Z0-9])MBVCB\.\d{8,12}\.\d{6} (?=[^]{1,90}(?<!C\s?T\s?)\sTU \d{8,} )/g,
	/(?<![A-Z0-9])MBVCB\.\d{8,12}\.(?:(?:\d{4}BFTV[A-Z0-9]{6,10}|\d{4,6})\.(?!\s?CT\s?TU))?/g,
	/(?<![A-Z0-9])MBVCB \d{8,12} (?:\d{6} (?!\s?CT\s?TU))?/g,
	/^\d{6}\.(?=[^]*CT TU \d[^]*TAI TECHCOMBANK)/g,
	/C\s?T\s*T\s?U\s*\d[^]*$/g,
	/\sTU \d{8,} [A-Z ]{2,60} TOI \d[^]*$/g,
	/(?<![A-Z0-9.])\d{5,6}\.\d{6}\.\d{6}\./g,
	/(?<![A-Z0-9])I?B?VCB\.(?:[A-Z]{2,6}\.)?(?:\d{4,12}\.)+/g,
	/(?<![A-Z0-9])0200\d{6}[A-Z0-9]{8,30}\.\d{1,6}\.\d{6}\./g,
	/(?<![A-Z0-9])\d{4}IBT1[A-Z0-9]{8}\./g,
	/\.20\d{6}\.\d{6}\.\d{6,19}\.[^]*$/g,
];

const tornPair = (first: string): string => `${first}\\s{0,2}\\d`;

/** Day, time and trace that ACB writes behind a memo. At MB blanks stand for the marks, and a cut may be anywhere. */
const ACB_YEAR = `(?:2\\s{0,2}0\\s{0,2})?(?:2\\s{0,2}[1-9]|${tornPair('3')})`;
const ACB_DAY = [tornPair('[0-3]'), tornPair('[01]'), ACB_YEAR].join('\\s{0,2}');
const MINUTE = tornPair('[0-5]');
const ACB_TIME = `${tornPair('[0-2]')}(?:[:\\s]{1,3}${MINUTE}[:\\s]{0,3}|${MINUTE}[:\\s]{1,3})${MINUTE}`;
const ACB_TRACE = '\\d(?:\\s{0,2}\\d){5}|\\d(?:\\s{0,2}\\d){3}\\s{0,2}ASCB(?:\\s{0,2}[A-Z0-9]){8}';

/**
 * ACB:
 * - `ACB;28349111;<memo> · ICB;104876503694;<memo>`
 * - `<memo> GD 931139-102322 13:18:51 · <memo> GD 5340IBT1kKL9NUFP 071225-18:39:08`
 * - `<memo>-100924- 19:56:46 821825 · <memo> - 06122025 18:52:17 281947`
 * - `<memo> 140924 13:52:41 388971 · <memo> 030225 0 9 14 36 657918 · <memo> 030426 15 08 02 6093ASCB02YKLE52`
 * - `<memo> 140924 13:52:41 · <memo> 030225 09 14 36`
 * - `ACC-GD 640669-2022-09-19T19:30:37-180906-/CTR/<memo>`
 * - `<memo>/MAC/02FB40D2D89D4CF8`
 */
const ACB = [
	/(?<![A-Z0-9])(?:ACB;\d+|[A-Z]{2,12};\d{8,19});/g,
	/(?<![A-Z0-9])GD[\s:-]{0,2}(?:\d{6}-|\d{4}[A-Z]{3}[A-Z1][A-Z0-9]{8}\s)\d{6}(?:[-\s]{1,2}\d{1,2}:\d{1,2}(?::\d{0,2})?)?/g,
	new RegExp(`${ACB_DAY}[-\\s]{0,4}${ACB_TIME}\\s{0,3}(?:${ACB_TRACE})(?!\\s{0,2}\\d)`, 'g'),
	/(?<![A-Z0-9])[0-3]\d[01]\d(?:20)?[23]\d[-\s]{1,3}[0-2]\d[:\s][0-5]\d[:\s][0-5]\d(?:\s\d{1,5})?(?!\s{0,2}\d)/g,
	/-\s?\d{6}[-\s]{1,3}\d{1,2}:\d{2}(?::\d{0,2})?(?:\s\d{1,6}(?!\d))?/g,
	/(?<![A-Z0-9])(?:ACC-)?GD \d+-[\dT:-]{8,40}\/CTR\//g,
	/\/MAC\/[A-F0-9]+/g,
];

/**
 * BIDV:
 * - `REM Tfr Ac: 12010001234567 <memo>`
 * - `O@L_080002_0_0_970418_<memo>`
 * - `TKThe :0123456789, tai MB. <memo> · TKThe :168567 tai ACB. <memo>`
 * - `<memo> - B2B020097042209122151112024UQCG3096 49`
 * - `<memo> -CTLNHIDI000012345678-1/1-CRE-002`
 */
const BIDV = [
	/(?<![A-Z0-9])(?:REM\s+)?TFR\s+AC:\s?\d+/g,
	/O@L_(?:\d+_){1,3}0_0_\d+_(?:\d{10,}_?)*/g,
	/TKTHE\s?:\s?\d+X*,?\s?TAI [A-Z]+\.\s?/g,
	/(?<![A-Z0-9])B2B\d{20,}[A-Z]{4}\d+(?: \d+)?$/g,
	/(?<![A-Z0-9])CTLNHID[IO]\d+[^]*$/g,
];

/**
 * Agribank:
 * - `MB(926206)(<memo>)`
 */
const AGRIBANK = [/(?<![A-Z0-9])[A-Z]{2,12}\(\d{6}\)(?=\()/g];

/**
 * VietinBank:
 * - `CT DEN:428911213391 <memo> · CT DEN:422T2620B8K43T5H <memo> · CT DEN:9704 <memo>`
 * - `<memo> (CT1111) NGUYEN VAN A 105771234***`
 * - `<memo>; thoi gian GD:12/09/2024 00:53:58 NGUYEN VAN A`
 * - `CT nhanh 247 den: <memo>`, VietinBank, Napas
 */
const VIETINBANK = [
	/(?<![A-Z0-9])CT DEN:\s?(?:\d{3}T\d{4}[A-Z0-9]{8}|\d{4,})/g,
	/\(CT\d{2,}\)[^]*$/g,
	/;\s?THOI GIAN GD:[^]*$/g,
	/(?<![A-Z0-9])CT NHANH 247(?: DEN)?:?/g,
];

/**
 * Napas and CITAD:
 * - `<memo>;tai Napas`
 * - `SHGD:10009157.DD:241030.BO:NGUYEN VAN A.Remark:<memo>`, CITAD
 * - `Sender:01378624.DD:241227.SHGD:14321738.BO:NGUYEN VAN A.<memo>`, CITAD
 */
const NAPAS_AND_CITAD = [
	/;\s?TAI NAPAS[^]*$/g,
	/SHGD:\d+\.DD:\d+\.BO:[^.]{0,60}\.(?:REMARK:)?/g,
	/(?<![A-Z0-9])SENDER:\d+\.DD:\d+\.SHGD:\d+\.(?:BO:[^.]{0,60}\.)?/g,
];

/**
 * Sacombank:
 * - `<memo> CKN 746160 NTW4485G - NGUYEN VAN A`
 */
const SACOMBANK = [/(?<![A-Z0-9])CKN \d{6} [A-Z0-9]{8} -[^]*$/g];

/**
 * Techcombank and Timo:
 * - `<memo> FT24255276428461`, Techcombank, MB
 * - `TF2104152395814062 <memo>`, Timo
 */
const TECHCOMBANK_AND_TIMO = [/FT\d{12,}(?:\\BNK)?/g, /(?<![A-Z0-9])TF\d{14,}/g];

/**
 * MoMo:
 * - `74309033193-<memo>-CHUYEN TIEN-OQCH39549957-MOMO74309033193MOMO`
 * - `74309033193-<memo>`
 * - `15330734312-0351234567-<memo>`
 * - `<memo>-CHUYEN TIEN-OQCH39549957`
 * - `MoMoT0949111222T28725478788T970422T <memo>`
 * - `MOMO-CASHIN-0966111217-OQCIiknGSqJC-71736718996`
 * - `RUT TIEN TU VI MOMO 0938845612 CASHOUT 0938845612 109775281947 - 06122025 18:52:17 281947`, MoMo, ACB
 */
const MOMO = [
	/(?<![A-Z0-9])\d{11,12}-(?=.{1,80}-\s?C\s?H\s?U\s?Y\s?E\s?N)/g,
	/^(?:CUSTOMER )?\d{11,12}-(?:0\d{9}-)?/g,
	/(?<![A-Z0-9])\d{11,12}-0\d{9}-/g,
	new RegExp(`-${torn('CHUYENTIEN')}(?:-?\\s?$|-\\s?O\\s?Q[^]*$|-\\s?O?$)`, 'g'),
	/MOMOT[\d ]+T[\d ]+T[\d ]+T/g,
	/(?<![A-Z0-9])(?:MOMO|AP)-CASHIN-\d+-[A-Z0-9]+(?:-\d+)?/g,
	/(?<![A-Z0-9])(?:RUT TIEN TU|NAP TIEN VAO) VI MOMO \d{9,}[^]*$/g,
];

/**
 * ZaloPay:
 * - `ZALOPAY-CHUYENTIEN-O5CH7BV0HDOQ-<memo>`
 * - `ZP6KB2JDH8 240930000123456 ZaloPay <memo>`
 */
const ZALOPAY = [/ZALOPAY-CHUYENTIEN-[A-Z0-9]{8,16}-?/g, /(?<![A-Z0-9])ZP[A-Z0-9]{6,10}\s\d{12,18}\sZALOPAY/g];

/**
 * Several banks:
 * - `<memo> 050526 23 03 (several)`
 */
const SEVERAL = [/(?<!\d)\d{6} \d{2} \d{2}$/g];

/** VPBank comes first: MB knows a trace too. */
export const BANK_FORMS: readonly RegExp[] = [
	VPBANK,
	MB,
	VIETCOMBANK,
	ACB,
	BIDV,
	AGRIBANK,
	VIETINBANK,
	NAPAS_AND_CITAD,
	SACOMBANK,
	TECHCOMBANK_AND_TIMO,
	MOMO,
	ZALOPAY,
	SEVERAL,
].flat();
