/** Numbers in a memo that are something else than an order's, each kind in its usual spellings. */
import { isFollowingWord } from './plainWords';

/**
 * `statement`: an amount, a quantity, a date or a time. `contact`: a phone, an account, a card. `named`: no code
 * that is a bare number, because the word before says what it counts, or because it is a round sum.
 */
export const NumberKind = { none: 0, statement: 1, contact: 2, named: 3 } as const;

/** Words that only count, and words that payers also use for something else, such as QUA MOMO. */
const ONLY_UNITS = 'CAI|CHIEC|KG|GAM|LIT|MET|M2|HOP|GOI|TUI|THUNG|CHAI|LON|SUAT|CUON|QUYEN|SP|SAN PHAM|PCS|VIEN|MIENG';
const UNITS = `${ONLY_UNITS}|KI|AO|QUAN(?! \\d)|VAY|BO|DOI|CAP|COC(?! \\d)|MON|DIA|BANH|BAN|NGUOI|KHACH|VE|NGAY|DEM|TUAN|THANG|NAM|GIO|PHUT|LAN|CAY|CHAU|QUA|TRAI|TAM|BUC|PHONG|CAN|BUOI|TIET|HOC VIEN|CON(?! LAI)|KHOA(?! \\d)|THE|CHUT`;

const DATES_AND_TIMES = [
	// 25/12/2024, 25-12-24, 25.12.2024, 25 12 2024
	/(?<!\d)\d{1,2}([-./])\d{1,2}\1(?:\d{4}|\d{2})(?!\d)/g,
	/(?<![A-Z0-9])\d{1,2} \d{1,2} 20\d{2}(?!\d)/g,
	// 25/12, 25 thang 12, 12/2024, 2024-12-25
	/(?<!\d)\d{1,2}\/\d{1,2}(?!\d)/g,
	/(?<![A-Z0-9])(?:0?[1-9]|[1-3]\d) THANG \d{1,2}(?!\d)/g,
	/(?<!\d)\d{1,2}[-./]20\d{2}(?!\d)/g,
	/(?<!\d)\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/g,
	// 15:06, 15:06:37, 15h, 15h30, 15g30
	/(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)/g,
	/(?<![A-Z0-9])(?:\d{1,2}[HG]\d{2}|\d{2}H)(?![A-Z0-9])/g,
];

const AMOUNTS_AND_QUANTITIES = [
	// 500.000, 1,250,000, 500.000d, 500 000
	/(?<![A-Z0-9]|\d[.,])\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{2})?(?!\d)(?: ?(?:VND?|DONG|D|₫)(?![A-Z0-9]))?/g,
	/(?<![A-Z0-9])[1-9]\d{0,2} {1,2}000(?!\d)/g,
	// 1 546 383 VND, 350000 VND, 500000d, 500000 ₫
	/(?<![A-Z0-9])\d{1,3}(?: \d{3}){1,4} ?VND?(?![A-Z0-9])/g,
	/(?<![A-Z0-9])\d{4,15} ?VND?(?![A-Z0-9])/g,
	/(?<![A-Z0-9])\d{0,12}[05]00 ?(?:DONG|D|₫)(?![A-Z0-9])/g,
	// 500k, 500 nghin, 2 tr, 2 trieu, 2tr5, 1,5 trieu, 50%
	/(?<![A-Z0-9])[1-9](?:\d{1,3} ?(?:K|TR|NGHIN|NGAN|TRIEU)| (?:K|TR|NGHIN|NGAN|TRIEU|CU))(?![A-Z0-9])/g,
	/(?<![A-Z0-9])\d{1,3}(?:TR|K|TRIEU)\d{1,3}(?![A-Z0-9])/g,
	/(?<![A-Z0-9])\d{1,3}[.,]\d{1,2} ?(?:K|TR|TRIEU|%)/g,
	/(?<![A-Z0-9])\d{1,3} ?%/g,
	// 5 cai, 3 chiec
	new RegExp(
		`(?<![A-Z0-9])0?[1-9](?:\\d{0,2}\\s{0,2}(?:${ONLY_UNITS})|\\d?\\s{0,2}(?:${UNITS}))(?![A-Z0-9])(?<!(?:NGAY|LAN|THANG|NAM|PHONG)(?=[ :]\\d))`,
		'g',
	),
];

const CONTACTS = [
	// +84912345678, 0912 345 678, 091.234.5678
	/(?<![A-Z0-9])84[35789]\d{8}(?!\d)/g,
	/(?<![A-Z0-9])0[235789]\d{1,2}([ .-])\d{3}\1\d{3,4}(?!\d)/g,
	// A phone, an account or a card: shops pad codes with zeros, hence the other digit behind the first. 105771234***
	/(?<![A-Z0-9])0[1-9]\d{7,}/g,
	/(?<![A-Z0-9])\d{13,}/g,
	/(?<![A-Z0-9])\d{3,}[*X]{2,}\d*/g,
	// STK 123456789, so the 9704…, CCCD 079…
	/(?<![A-Z0-9])(?:STK|TK|TAI KHOAN|THE|SDT|DT|TEL|ZALO|CCCD|CMND|MST|CIF)[ :.]{1,3}\d{6,}/g,
];

const [DAY, MONTH, YEAR] = ['(?:0[1-9]|[12]\\d|3[01])', '(?:0[1-9]|1[0-2])', '(?:19|20)\\d{2}'];

const NAMED = [
	/(?<![A-Z0-9])(?:THANG|NGAY|NAM|LAN|LOP|KY|DOT|TUAN|QUY|TANG|SIZE|TUOI|NHA|NGO|NGACH|HEM|PHONG|CAN HO|SL|T|X)[ .:]{0,2}\d{1,4}(?!\d)/g,
	// The year behind a month, and that of a school: thang 5 2026, t8 2024, 2024-2025, nam hoc 2024 2025
	/(?<![A-Z0-9])(?:THANG|T|KY|KI|QUY)[ .:]{0,2}\d{1,2}[ .,]{1,2}20\d{2}(?!\d)/g,
	/(?<![A-Z0-9])20\d{2} ?[-/] ?20\d{2}(?![A-Z0-9])/g,
	/(?<![A-Z0-9])(?:NAM HOC|NIEN KHOA) 20\d{2}(?: 20\d{2})?(?!\d)/g,
	// 02122006, 20251103
	new RegExp(`(?<![A-Z0-9])(?:${DAY}${MONTH}${YEAR}|${YEAR}${MONTH}${DAY})(?![A-Z0-9])`, 'g'),
	/(?<![A-Z0-9])(?:TRACE|REF|GD|SERI|SERIAL|VND|USD)[ .:#]{1,3}\d+/g,
	// A round sum without its unit.
	/(?<![A-Z0-9])[1-9]\d{1,6}000(?![A-Z0-9])/g,
];

/** In this order: what is found first keeps its place. */
export const OTHER_NUMBERS: readonly (readonly [kind: number, form: RegExp])[] = [
	...[...DATES_AND_TIMES, ...AMOUNTS_AND_QUANTITIES].map((form) => [NumberKind.statement, form] as const),
	...CONTACTS.map((form) => [NumberKind.contact, form] as const),
	...NAMED.map((form) => [NumberKind.named, form] as const),
];

const atStart = (forms: readonly RegExp[]): RegExp[] => forms.map((form) => new RegExp(`^(?:${form.source})`));

const STATEMENTS_AT_START = atStart([...DATES_AND_TIMES, ...AMOUNTS_AND_QUANTITIES]);
const CONTACTS_AT_START = atStart(CONTACTS);

/** An amount, a quantity, a date or a time at the beginning of a text. */
export function startsWithStatement(text: string): boolean {
	return STATEMENTS_AT_START.some((form) => form.test(text));
}

/** A phone, an account or a card at the beginning of a text. */
export function startsWithContact(text: string): boolean {
	return CONTACTS_AT_START.some((form) => form.test(text));
}

const QUANTITY = new RegExp(
	`^(?:0(?=\\d ?(?:${UNITS})))?[1-9]\\d{0,2}(?! ?(?:${ONLY_UNITS}|NGHIN|NGAN|TRIEU)(?![A-Z0-9]))(?: {0,2}(?:${UNITS})| {0,2}([A-Z]{2,6})| ([A-Z]))(?![A-Z0-9])`,
);
/** As in 9h, 50k or 4000 k. */
const WITH_LETTER = /^(?:0?[1-9]\d?|\d{1,4} )[HGKM](?![A-Z0-9])/;

/** What may be a quantity or a time at the beginning of a text, or else the end of a code and a word. */
export function mayStartWithQuantity(text: string): boolean {
	if (WITH_LETTER.test(text)) return true;
	const [found, word = ''] = QUANTITY.exec(text) ?? [];
	return found !== undefined && !isFollowingWord(word);
}

/** A round sum without its unit at the beginning of a text. */
export function startsWithRoundSum(text: string): boolean {
	return /^[1-9]\d{1,6}000(?!\d)/.test(text);
}

/** What may be a quantity, or a day as in 241226, at the beginning of a text. */
export function mayBeStatement(text: string): boolean {
	return mayStartWithQuantity(text) || /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])2\d(?![A-Z0-9])/.test(text);
}
