/**
 * Numbers that are something else than an order's. A prefix may stand in a memo as a word ("thanh toan DH 500.000"),
 * so a number that is set apart from it counts only where it cannot be an amount, a date, a time, a phone or an account.
 */
import type { MemoText } from './memoText';

const AMOUNT_OR_TIME: readonly RegExp[] = [
	// 500.000, 1,250,000 and 500 000
	/^\d{1,3}(?:[.,]\d{3})+(?!\d)/,
	/^\d{1,3} 000(?!\d)/,
	// 350000 VND, 500000d, 500000 ₫
	/^\d{4,} ?VND(?![A-Z0-9])/,
	/^\d*[05]00 ?(?:DONG|D|₫)(?![A-Z0-9])/,
	// 500k, 500 nghin, 2 trieu, 2tr5, 50%, 3 cai
	/^\d{1,3} ?(?:K|NGHIN|NGAN|TR|TRIEU|CAI|CHIEC|KG)(?![A-Z0-9])/,
	/^\d{1,3}TR\d{1,3}(?![A-Z0-9])/,
	// 1,5 trieu
	/^\d{1,3}[.,]\d{1,2} ?(?:K|TR|TRIEU)(?![A-Z0-9])/,
	/^\d{1,3} ?%/,
	// 25/12, 25-12-2024, 25.12.24, 12/2024, 2024-12-25
	/^\d{1,2}(?:\/\d{1,2}|([-.])\d{1,2}\1\d{2,4})(?!\d)/,
	/^\d{1,2}[-./]20\d{2}(?!\d)/,
	/^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/,
	// 15:06, 15h30
	/^\d{1,2}:\d{2}(?!\d)/,
	/^\d{1,2}H(?:\d{2})?(?![A-Z0-9])/,
	// 301024-15:06:37, which ACB puts behind every memo
	/^\d{6}-\d{2}:\d{2}/,
];

/** Shops fill codes up with noughts, hence the other digit behind the first of an account's number. */
const PHONE_OR_ACCOUNT: readonly RegExp[] = [
	/^0[235789]\d{8}(?!\d)/,
	/^84[35789]\d{8}(?!\d)/,
	// 0912 345 678, 091.234.5678
	/^0[235789]\d{1,2}([ .])\d{3}\1\d{3,4}(?!\d)/,
	/^0[1-9]\d{7}/,
	/^\d{13}/,
];

/** Enough to see what follows a number, short enough to cost nothing. */
const LOOK_AHEAD = 32;

/**
 * @param at where the number begins
 * @returns whether it reads as an amount, a date or a time
 */
export function isAmountOrTime(memo: MemoText, at: number): boolean {
	const text = lookAhead(memo, at);
	return AMOUNT_OR_TIME.some((form) => form.test(text));
}

/** @returns whether it reads as a phone number or as a bank account's */
export function isPhoneOrAccount(memo: MemoText, at: number): boolean {
	const text = lookAhead(memo, at);
	return PHONE_OR_ACCOUNT.some((form) => form.test(text));
}

function lookAhead({ chars }: MemoText, at: number): string {
	let text = '';
	for (let next = at; next < chars.length && next < at + LOOK_AHEAD; next++) text += chars[next] as string;
	return text;
}
