/** Vietnamese banks: one short name for each, however a service spells it, and its BIN at NAPAS (casso-api 4.1). */
import { asText } from './json';
import { removeDiacritics } from './text';

export interface Bank {
	/** Identification number at NAPAS, six digits. */
	bin: string;
	/** As the bank calls itself in its app, e.g. Vietcombank. */
	shortName: string;
}

/** A row: BIN, short name, codes separated by blanks, and what tells the full name from those of other banks. */
type Row = readonly [bin: string, shortName: string, codes?: string, fullName?: string];

/** If a name or a BIN appears twice, the first row counts. */
const ROWS: readonly Row[] = [
	['970436', 'Vietcombank', 'VCB', 'Ngoại thương'],
	['970415', 'VietinBank', 'CTG ICB', 'Công thương'],
	['970418', 'BIDV', '', 'Đầu tư và Phát triển'],
	['970405', 'Agribank', 'VBA VBARD', 'Nông nghiệp và Phát triển Nông thôn'],
	['970407', 'Techcombank', 'TCB', 'Kỹ thương'],
	['970422', 'MBBank', 'MB', 'Quân đội'],
	['970416', 'ACB', '', 'Á Châu'],
	['970432', 'VPBank', 'VPB', 'Thịnh Vượng'],
	['970423', 'TPBank', 'TPB', 'Tiên Phong'],
	['970403', 'Sacombank', 'STB', 'Sài Gòn Thương Tín'],
	['970437', 'HDBank', 'HDB', 'Phát triển Thành phố Hồ Chí Minh'],
	['970441', 'VIB', '', 'Quốc tế'],
	['970443', 'SHB', '', 'Sài Gòn Hà Nội'],
	['970448', 'OCB', '', 'Phương Đông'],
	['970426', 'MSB', '', 'Hàng Hải'],
	['970431', 'Eximbank', 'EIB', 'Xuất Nhập khẩu'],
	['970440', 'SeABank', 'SEAB', 'Đông Nam Á'],
	['970449', 'LPBank', 'LPB LienVietPostBank', 'Lộc Phát'],
	['970428', 'Nam A Bank', 'NAB', 'Nam Á'],
	['970454', 'BVBank', 'VCCB VietCapitalBank', 'Bản Việt'],
	// Casso has Timo at the BIN of BVBank; public lists have it at 963388.
	['970454', 'Timo', 'TimoPlus'],
	['963388', 'Timo'],
	['970429', 'SCB', '', 'Sài Gòn'],
	['970412', 'PVcomBank', 'PVCB', 'Đại Chúng'],
	['970425', 'ABBank', 'ABB', 'An Bình'],
	['970409', 'Bac A Bank', 'BAB', 'Bắc Á'],
	['970427', 'VietABank', 'VAB', 'Việt Á'],
	['970433', 'VietBank', '', 'Thương Tín'],
	['970419', 'NCB', '', 'Quốc Dân'],
	['970438', 'BaoViet Bank', '', 'Bảo Việt'],
	['970452', 'KienlongBank', 'KLB', 'Kiên Long'],
	['970430', 'PGBank', 'PGB', 'Thịnh vượng và Phát triển'],
	['970400', 'SaigonBank', 'SGICB', 'Sài Gòn Công Thương'],
	['970406', 'Vikki Bank', 'DAB DOB DongABank', 'Đông Á'],
	['970414', 'MBV', 'OceanBank', 'Đại Dương'],
	['970444', 'VCBNeo', 'CBB CBBank', 'Xây dựng'],
	['970408', 'GPBank', 'GPB', 'Dầu khí toàn cầu'],
	['970446', 'Co-opBank', '', 'Hợp tác xã'],
	['970421', 'VRB', '', 'Liên doanh Việt Nga'],
	['970424', 'Shinhan Bank', 'SHBVN Shinhan'],
	['970457', 'Woori Bank', 'WVN Woori'],
	['970458', 'UOB'],
	['970434', 'Indovina Bank', 'IVB Indovina'],
	['970410', 'Standard Chartered', 'SCVN'],
	['970439', 'Public Bank', 'PBVN'],
	['970442', 'Hong Leong Bank', 'HLBVN'],
	['422589', 'CIMB'],
	['458761', 'HSBC'],
	['546034', 'Cake'],
	['546035', 'Ubank'],
];

const BY_BIN = new Map<string, Bank>();
/** By short names and codes, in lower case without blanks. */
const BY_NAME = new Map<string, Bank>();
/** By what a full name has without its common words. */
const BY_FULL_NAME = new Map<string, Bank>();

for (const [bin, shortName, codes, fullName] of ROWS) {
	const bank: Bank = { bin, shortName };
	const names = [shortName, ...(codes ? codes.split(' ') : [])].map((name) => words(name).join(''));
	for (const name of names) addOnce(BY_NAME, name, bank);
	addOnce(BY_BIN, bin, bank);
	if (fullName) addOnce(BY_FULL_NAME, words(fullName).join(' '), bank);
}

function addOnce(banks: Map<string, Bank>, key: string, bank: Bank): void {
	if (!banks.has(key)) banks.set(key, bank);
}

/** In lower case, without diacritics and punctuation. */
function words(text: string): string[] {
	return (
		removeDiacritics(text)
			.toLowerCase()
			.match(/[a-z0-9]+/g) ?? []
	);
}

/** Of a short name. */
const MOST_WORDS = 4;

/** What full names share: bank, joint stock, limited, of Vietnam. */
const COMMON_WORDS =
	/\b(?:ngan hang|tmcp|thuong mai|co phan|tnhh|trach nhiem huu han|mtv|mot thanh vien|viet nam|vietnam)\b/g;

/**
 * Which bank a spelling means: a code (`VCB`, `vietcombank`), a name, a variant that begins with one (`acb_digi`,
 * `MB Bank`), or the Vietnamese full name. Case, diacritics and punctuation do not matter.
 *
 * @returns undefined if it is no bank that is known
 */
export function findBank(spelling: string): Bank | undefined {
	const known = BY_NAME.get(spelling.toLowerCase());
	if (known) return known;
	const parts = words(spelling);
	for (let end = Math.min(parts.length, MOST_WORDS); end > 0; end--) {
		const bank = BY_NAME.get(parts.slice(0, end).join(''));
		if (bank) return bank;
	}
	const fullName = parts.join(' ').replace(COMMON_WORDS, '').replace(/ +/g, ' ').trim();
	return BY_FULL_NAME.get(fullName);
}

export interface BankSpellings {
	/** What identifies a bank: code name, abbreviation. */
	codes?: readonly unknown[];
	names?: readonly unknown[];
	/** Used last, since Casso has two banks at one BIN. */
	bin?: unknown;
}

/** @returns the bank's short name; what the service says if the bank is unknown; empty if it says nothing */
export function getShortBankName({ codes = [], names = [], bin }: BankSpellings): string {
	for (const spelling of [...codes, ...names]) {
		const bank = findBank(asText(spelling));
		if (bank) return bank.shortName;
	}
	const known = BY_BIN.get(asText(bin).trim());
	return known?.shortName ?? [...names, ...codes].map(asText).find((text) => text !== '') ?? '';
}
