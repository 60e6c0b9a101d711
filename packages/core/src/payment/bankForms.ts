/**
 * What banks and wallets write around the payer's words, in the order of use. Above each row are the forms that it
 * covers, as in statements; names and numbers are invented, and `<memo>` is the payer's. Rows match capitals without
 * diacritics, in time in proportion to the memo's length. A test reads the comments: each row has to cover all of them.
 */
import { MB_BEHIND_LINES, MB_TRACE_WORDS, torn } from './mbLines';

export const BANK_FORMS: readonly RegExp[] = [
	// VPBank; has to precede MB's row for a trace
	// `NHAN TU 0912345678 TRACE 884114 ND <memo>`
	/(?<![A-Z0-9])NHAN TU \d{6,} TRACE \d+ ND(?=\s)/g,

	// MB
	// `MB 2588661234 <memo>`, from ACB
	// `CUSTOMER MB 0904111059 <memo>`
	/^(?:CUSTOMER )?MB \d{8,15}(?=\s)/g,
	// `CUSTOMER <memo>`
	/^CUSTOMER(?=[ .:])/g,
	// `<memo> - Ma giao dich/ Trace 729819`
	// `<memo>- Ma GD ACSP/ gz333212`
	// `<memo>   Ma gi  ao dich  Trace661158 Trace 661158`
	new RegExp(`${MB_TRACE_WORDS.source}[^]*$`, 'g'),
	// `<memo> Trace 483754`
	// `<memo> Trace 7133 29`
	torn(/T~R~A~C~E~(?:\d{6}|\d{1,5}(?:\s\d{1,5})?)(?!\d)/g),
	// `<memo> NG CHUYEN:CUSTOMER 0966111217`
	// `CUSTOMER <memo>. TU: NGUYEN VAN A`
	new RegExp(`(?:${MB_BEHIND_LINES.source})[^]*$`, 'g'),
	// `Qaawgm7172  SHOP1 1  <memo>`, VietQR
	/(?<![A-Z0-9])Q[A-Z0-9]{9}\s{1,2}[A-Z]{2,15}\d+\s\d\s{1,2}/g,

	// Vietcombank
	// `PARTNER.DIRECT_DEBITS_VCB.MSE.29047518763.29047518763-<memo>`, from MoMo
	// `PARTNER.DIRECT_DEBITS_VCB.MSE.66480235878.20240911.66480235878-0982666471_<memo>`
	/PARTNER\.DIRECT_DEBITS_VCB\.[A-Z]{2,6}\.\d+(?:\.20\d{6})?(?:\.\d+)?[-.](?:0\d{9}_)?/g,
	// `MBVCB.11605994318.405981 <memo> tu 1015360459 NGUYEN VAN A toi 0966549621 TRAN VAN G tai MB`
	/(?<![A-Z0-9])MBVCB\.\d{8,12}\.\d{6} (?=[^]{1,90}(?<!C\s?T\s?)\sTU \d{8,} )/g,
	// `MBVCB.2707051024.042064.<memo>.CT tu 0451001112223 NGUYEN VAN A toi 0966111217 TRAN VAN G`
	// `MBVCB.14143120995.5910BFTVG2S90CI6.<memo>`
	// `MBVCB.4525077405.<memo>`
	/(?<![A-Z0-9])MBVCB\.\d{8,12}\.(?:(?:\d{4}BFTV[A-Z0-9]{6,10}|\d{4,6})\.(?!\s?CT\s?TU))?/g,
	// `CUSTOMER MBVCB 2420648919 339176 <memo> CT tu 1027236111 NGUYEN VAN A toi 0966111217 TRAN VAN G MB`, at MB
	/(?<![A-Z0-9])MBVCB \d{8,12} (?:\d{6} (?!\s?CT\s?TU))?/g,
	// `977248.<memo>.CT TU 1014309111 NGUYEN VAN C TOI 77292437964633 TRAN VAN G TAI TECHCOMBANK`
	/^\d{6}\.(?=[^]*CT TU \d[^]*TAI TECHCOMBANK)/g,
	// `<memo>.CT tu 1014309111 NGUYEN VAN C toi 0966111217 TRAN VAN G tai MB`
	/C\s?T\s*T\s?U\s*\d[^]*$/g,
	// `<memo> tu 1015360468 NGUYEN VAN A toi 0966`
	/\sTU \d{8,} [A-Z ]{2,60} TOI \d[^]*$/g,
	// `311447.110821.213735.<memo>`
	/(?<![A-Z0-9.])\d{5,6}\.\d{6}\.\d{6}\./g,
	// `VCB.CTDK.301024.123456.<memo>`
	// `IBVCB.2707051024.042064.<memo>`
	/(?<![A-Z0-9])I?B?VCB\.(?:[A-Z]{2,6}\.)?(?:\d{4,12}\.)+/g,
	// `020097040512311508152022LzDU093477.93477.145147.<memo>`
	/(?<![A-Z0-9])0200\d{6}[A-Z0-9]{8,30}\.\d{1,6}\.\d{6}\./g,
	// `6258IBT1cKTWRPD7.<memo>.20260917.151722.106871334208.NGUYEN VAN A.970415`
	/(?<![A-Z0-9])\d{4}IBT1[A-Z0-9]{8}\./g,
	// `6258IBT1cKTWRPD7.<memo>.20260917.151722.106871334208.NGUYEN VAN A.970415`, its end
	/\.20\d{6}\.\d{6}\.\d{6,19}\.[^]*$/g,

	// ACB
	// `ACB;28349111;<memo>`
	// `ICB;104876503694;<memo>`
	/(?<![A-Z0-9])(?:ACB;\d+|[A-Z]{2,12};\d{8,19});/g,
	// `<memo> GD 931139-102322 13:18:51`
	// `<memo>-GD-931139-23102026-13:18:51`
	// `<memo> GD 5340IBT1kKL9NUFP 071225-18:39:08`
	/(?<![A-Z0-9])GD[\s:-]{0,2}(?:\d{6}-|\d{4}[A-Z]{3}[A-Z1][A-Z0-9]{8}\s)\d{6}(?:[-\s]{1,2}\d{1,2}:\d{1,2}(?::\d{0,2})?)?/g,
	// Day, time and trace; at MB blanks stand for the marks, and a cut may be anywhere
	// `<memo>-100924- 19:56:46 821825`
	// `<memo> - 06122025 18:52:17 281947`
	// `<memo> 140924 13:52:41 388971`
	// `<memo> 030225 0 9 14 36 657918`
	// `<memo> 03042  6 15 08 02 6093ASCB02YKLE52`
	torn(
		/(?!0[35789]\d{8}(?!\d))[0-3]~\d~[01]~\d~(?:2~0~)?(?:2~[1-9]|3~\d)[-\s]{0,4}/g,
		/[0-2]~\d(?:[:\s]{1,3}[0-5]~\d[:\s]{0,3}|[0-5]~\d[:\s]{1,3})[0-5]~\d\s{0,3}/,
		/(?:\d(?:~\d){5}|\d(?:~\d){3}~ASCB(?:~[A-Z0-9]){8})(?!~\d)/,
	),
	// `<memo> 140924 13:52:41`
	// `<memo> 030225 09 14 36`
	// `<memo>-130924- 22:08:58 8218`
	/(?<![A-Z0-9])[0-3]\d[01]\d(?:20)?[23]\d[-\s]{1,3}[0-2]\d[:\s][0-5]\d[:\s][0-5]\d(?:\s\d{1,5})?(?!\s{0,2}\d)/g,
	// `<memo>-130924- 22:08`
	/-\s?\d{6}[-\s]{1,3}\d{1,2}:\d{2}(?::\d{0,2})?(?:\s\d{1,6}(?!\d))?/g,
	// `ACC-GD 640669-2022-09-19T19:30:37-180906-/CTR/<memo>/MAC/02FB40D2D89D4CF8`
	/(?<![A-Z0-9])(?:ACC-)?GD \d+-[\dT:-]{8,40}\/CTR\//g,
	// `<memo>/MAC/02FB40D2D89D4CF8`
	/\/MAC\/[A-F0-9]+/g,

	// BIDV
	// `REM Tfr Ac: 12010001234567 <memo>`
	/(?<![A-Z0-9])(?:REM\s+)?TFR\s+AC:\s?\d+/g,
	// `O@L_080002_0_0_970418_<memo>`
	// `O@L_080005_211601_0_0_202419501_92905827637 0785111411 <memo>`
	/O@L_(?:\d+_){1,3}0_0_\d+_(?:\d{10,}_?)*/g,
	// `TKThe :0123456789, tai MB. <memo>`
	// `TKThe :168567 tai ACB. <memo>`
	/TKTHE\s?:\s?\d+X*,?\s?TAI [A-Z]+\.\s?/g,
	// `<memo> - B2B020097042209122151112024UQCG3096 49`
	/(?<![A-Z0-9])B2B\d{20,}[A-Z]{4}\d+(?: \d+)?$/g,
	// `<memo> -CTLNHIDI000012345678-1/1-CRE-002`
	/(?<![A-Z0-9])CTLNHID[IO]\d+[^]*$/g,

	// Agribank
	// `MB(926206)(<memo>)`
	/(?<![A-Z0-9])[A-Z]{2,12}\(\d{6}\)(?=\()/g,

	// VietinBank
	// `CT DEN:428911213391 <memo>`
	// `CT DEN:422T2620B8K43T5H <memo>`
	// `CT DEN:9704 <memo>`
	/(?<![A-Z0-9])CT DEN:\s?(?:\d{3}T\d{4}[A-Z0-9]{8}|\d{4,})/g,
	// `<memo> (CT1111) NGUYEN VAN A 105771234***`
	/\(CT\d{2,}\)[^]*$/g,
	// `<memo>; thoi gian GD:12/09/2024 00:53:58 NGUYEN VAN A`
	/;\s?THOI GIAN GD:[^]*$/g,
	// `CT nhanh 247 den: <memo>`, from Napas
	/(?<![A-Z0-9])CT NHANH 247(?: DEN)?:?/g,

	// Napas
	// `<memo>;tai Napas`
	/;\s?TAI NAPAS[^]*$/g,

	// CITAD
	// `SHGD:10009157.DD:241030.BO:NGUYEN VAN A.Remark:<memo>`
	/SHGD:\d+\.DD:\d+\.BO:[^.]{0,60}\.(?:REMARK:)?/g,
	// `Sender:01378624.DD:241227.SHGD:14321738.BO:NGUYEN VAN A.<memo>`
	/(?<![A-Z0-9])SENDER:\d+\.DD:\d+\.SHGD:\d+\.(?:BO:[^.]{0,60}\.)?/g,

	// Sacombank
	// `<memo> CKN 746160 NTW4485G - NGUYEN VAN A`
	/(?<![A-Z0-9])CKN \d{6} [A-Z0-9]{8} -[^]*$/g,

	// Techcombank
	// `<memo> FT24255276428461`
	// `<memo> FT24255276428461\BNK`
	/FT\d{12,}(?:\\BNK)?/g,

	// Timo
	// `TF2104152395814062 <memo>`
	/(?<![A-Z0-9])TF\d{14,}/g,

	// MoMo
	// `74309033193-<memo>-CHUYEN TIEN-OQCH39549957-MOMO74309033193MOMO`
	/(?<![A-Z0-9])\d{11,12}-(?=.{1,80}-\s?C\s?H\s?U\s?Y\s?E\s?N)/g,
	// `74309033193-<memo>`
	// `CUSTOMER 15330734312-0351234567-<memo>`
	/^(?:CUSTOMER )?\d{11,12}-(?:0\d{9}-)?/g,
	// `311447.110821.213735.15330734312-0351234567-<memo>`
	/(?<![A-Z0-9])\d{11,12}-0\d{9}-/g,
	// `<memo>-CHUYEN TIEN-OQCH39549957-MOMO74309033193MOMO`
	// `<memo>-CHUYEN TIEN`
	torn(/-C~H~U~Y~E~N~T~I~E~N(?:-?\s?$|-\s?O\s?Q[^]*$|-\s?O?$)/g),
	// `MoMoT0949111222T28725478788T970422T <memo>`
	/MOMOT[\d ]+T[\d ]+T[\d ]+T/g,
	// `MOMO-CASHIN-0966111217-OQCIiknGSqJC-71736718996`
	/(?<![A-Z0-9])(?:MOMO|AP)-CASHIN-\d+-[A-Z0-9]+(?:-\d+)?/g,
	// `RUT TIEN TU VI MOMO 0938845612 CASHOUT 0938845612 109775281947 - 06122025 18:52:17 281947`, ACB
	/(?<![A-Z0-9])(?:RUT TIEN TU|NAP TIEN VAO) VI MOMO \d{9,}[^]*$/g,

	// ZaloPay
	// `ZALOPAY-CHUYENTIEN-O5CH7BV0HDOQ-<memo>`
	/ZALOPAY-CHUYENTIEN-[A-Z0-9]{8,16}-?/g,
	// `ZP6KB2JDH8 240930000123456 ZaloPay <memo>`
	/(?<![A-Z0-9])ZP[A-Z0-9]{6,10}\s\d{12,18}\sZALOPAY/g,

	// Several banks
	// `<memo> 050526 23 03`
	/(?<!\d)\d{6} \d{2} \d{2}$/g,
];
