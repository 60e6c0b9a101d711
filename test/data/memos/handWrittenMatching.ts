/** Memos written by hand, with the codes that wait for money and which of them the memo names. */
import type { MatchingLabel } from './model';

type Row = [memo: string, known: string[], matches: string[], why: string];

const PLAIN: Row[] = [
	['MBVCB.3278907687.DH1024.CT tu 0011004012345', ['DH1024'], ['DH1024'], 'as written'],
	['dh1024 nguyen van a', ['DH1024', 'DH1025'], ['DH1024'], 'small letters'],
	['ĐH 1024 tiền hàng', ['DH1024'], ['DH1024'], 'diacritics and a blank'],
	['DH-1024', ['DH1024'], ['DH1024'], 'a hyphen that the shop does not write'],
	['DH1024', ['DH-1024'], ['DH-1024'], 'the shop writes a hyphen, the bank dropped it'],
	['hd 2024 0012', ['HD/2024/0012'], ['HD/2024/0012'], 'the bank turned slashes into blanks'],
	['HD/25/12', ['HD/25/12'], ['HD/25/12'], 'looks like a date, but is the code as the shop writes it'],
	['DH0012', ['DH0012'], ['DH0012'], 'leading zeros'],
	['ck đơn dh1024', ['dh1024'], ['dh1024'], 'the shop writes small letters; its writing is kept'],
	['K7M2Q9XA chuyen tien', ['K7M2Q9XA'], ['K7M2Q9XA'], 'token of letters and digits'],
	['nguyen van a NVA2024 hoc phi', ['NVA2024', 'NVB2024'], ['NVA2024'], 'pupil code'],
	['CUSTOMER DH1024- Ma giao dich/ Trace252260', ['DH1024', 'DH252260'], ['DH1024'], 'the trace number is not a code'],
	['DH1024 0912345678', ['DH1024'], ['DH1024'], 'phone behind'],
	['KH 0912345678', ['KH0912345678'], ['KH0912345678'], 'a shop whose codes are phone numbers'],
	['1024 chuyen tien', ['1024'], ['1024'], 'a shop whose codes are bare numbers: the whole number'],
];

const BROKEN_BY_BANKS: Row[] = [
	['DH10 24', ['DH1024'], ['DH1024'], 'a line break of the bank inside the number'],
	['CUSTOMER thanh toan don hang DH10 24- Ma giao dich/ Trace 1', ['DH1024'], ['DH1024'], 'the same in a whole memo'],
	['D H1024', ['DH1024'], ['DH1024'], 'a line break inside the prefix'],
	['D H 1 0 2 4', ['DH1024'], ['DH1024'], 'letters spaced out'],
	['DH 10 24', ['DH1024'], ['DH1024'], 'a blank behind the prefix and one in the number'],
	['DH-10-24', ['DH1024'], ['DH1024'], 'hyphens'],
	['DH10\n24', ['DH1024'], ['DH1024'], 'line feed'],
	['FT3A9C 0E12B7 chuyen tien', ['FT3A9C0E12B7'], ['FT3A9C0E12B7'], 'a token torn in two'],
	['DH12 500000', ['DH12500000'], ['DH12500000'], 'joined, because exactly this code is awaited and no other fits'],
	['K7M2 Q9XA', ['K7M2Q9XA'], ['K7M2Q9XA'], 'token torn in two'],
];

const NOT_NAMED: Row[] = [
	['', ['DH1024'], [], 'empty'],
	['NGUYEN VAN A chuyen tien', ['DH1024'], [], 'no code'],
	['DH1024', [], [], 'nothing is awaited'],
	['DH1025', ['DH1024'], [], 'another order'],
	['DH123', ['DH12'], [], 'DH12 is not in DH123'],
	['DH12', ['DH123'], [], 'DH123 is not in DH12'],
	['DH1234', ['DH123', 'DH12', 'DH1'], [], 'none of the beginnings'],
	['DH12 3456', ['DH123'], [], 'joining may not end inside a number'],
	['1DH12', ['DH12'], [], 'a digit before'],
	['KDH12', ['DH12'], [], 'inside a longer word'],
	['K DH12', ['KDH12'], ['KDH12'], 'torn in front: exactly this code is awaited'],
	['DH12A', ['DH12'], [], 'letter on the number'],
	['DH95295F', ['DH95295'], [], 'token of someone else'],
	['DH1024', ['DH-10', 'DH24'], [], 'parts are not the whole'],
	['DH0012', ['DH12'], [], 'leading zeros make another code'],
	['DH12', ['DH0012'], [], 'leading zeros make another code'],
	['thanh toan don hang DH10', ['DH1024'], [], 'cut end: the rest is not there'],
	['H1024 thanh toan', ['DH1024'], [], 'cut beginning'],
	['HD1024', ['DH1024'], [], 'letters exchanged'],
	['DH 500.000', ['DH500000', 'DH500'], [], 'grouped amount behind the prefix'],
	['TT DH 500 nghin', ['DH500'], [], 'amount in thousands'],
	['TT DH 2 trieu', ['DH2'], [], 'amount in millions'],
	['TT DH 500000 dong', ['DH500000'], [], 'amount with its unit'],
	['TT DH 25/12', ['DH25', 'DH2512'], [], 'date'],
	['TT DH 25/12/2024', ['DH25', 'DH25122024'], [], 'date with year'],
	['TT DH 15:06', ['DH15', 'DH1506'], [], 'time'],
	['THANH TOAN DH-301024-15:06:37 123456', ['DH301024'], [], "ACB's stamp behind the prefix"],
	['DH, 1024', ['DH1024'], [], 'a comma and a blank separate'],
	['DH -- 1024', ['DH1024'], [], 'a line of hyphens separates'],
	['don DH cua em 1024', ['DH1024'], [], 'words between'],
	['MB 1024567 chuyen tien', ['1024'], [], 'bare number inside a longer one'],
	['10 24 chuyen tien', ['1024'], [], 'bare numbers are never joined'],
	['DH٣٤', ['DH34'], [], 'digits of another script'],
	['DН1024', ['DH1024'], [], 'Cyrillic letter'],
];

const SEVERAL: Row[] = [
	['DH12 DH13', ['DH12', 'DH13'], ['DH12', 'DH13'], 'both'],
	['DH12 DH13', ['DH12', 'DH14'], ['DH12'], 'one of them is awaited'],
	['DH12-DH12', ['DH12', 'DH13'], ['DH12'], 'the same twice'],
	['DH13, dh 12', ['DH12', 'DH13'], ['DH13', 'DH12'], 'in the order of the memo'],
	['DH10 24', ['DH10', 'DH1024'], ['DH10', 'DH1024'], 'two readings of one text: both are said, none is chosen'],
	['DH12 500000', ['DH12', 'DH12500000'], ['DH12', 'DH12500000'], 'two readings of one text: both are said'],
	['DH12 500000', ['DH12'], ['DH12'], 'the amount behind'],
	['DH12 va DH123', ['DH12', 'DH123'], ['DH12', 'DH123'], 'one is the beginning of the other'],
	['DH123', ['DH12', 'DH123'], ['DH123'], 'only the whole'],
	['dh-12', ['DH12', 'DH-12'], ['DH12', 'DH-12'], 'two orders of the shop that differ only in writing'],
];

export const HAND_WRITTEN_MATCHING: readonly MatchingLabel[] = [PLAIN, BROKEN_BY_BANKS, NOT_NAMED, SEVERAL]
	.flat()
	.map(([memo, known, matches, why]) => ({ memo, known, matches, why }));
