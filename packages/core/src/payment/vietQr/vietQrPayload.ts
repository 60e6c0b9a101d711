/**
 * The text inside a VietQR code: a bank transfer as NAPAS lays it out over the EMV merchant-presented QR code
 * (NAPAS, Technical Specifications on QR Switching, part IV "QR code format", version 1.5.2, service QRIBFTTA).
 */
import { ParameterError } from '../../errors';
import { removeDiacritics } from '../../text';
import { crc16 } from './crc16';

export interface VietQrInput {
	/** The bank's identification number at NAPAS, six digits, e.g. 970436. */
	bankBin: string;
	/** Of the receiver, leading zeros kept. */
	accountNumber: string;
	/** Whole VND; undefined lets the payer enter it. */
	amount?: number;
	/** What the bank prints as the memo, normally the payment code (toTransferText); undefined lets the payer write it. */
	memo?: string;
	/** Bill number, which not every bank passes on. */
	billNumber?: string;
	/** Whether `accountNumber` is that of an account (default) or of a card. */
	receiver?: 'account' | 'card';
}

const NAPAS_ID = 'A000000727';
const SERVICES = { account: 'QRIBFTTA', card: 'QRIBFTTC' } as const;
const VND = '704';

/** Longest purpose and bill number, in characters (data object 62, fields 08 and 01). */
const LONGEST_TEXT = 25;

/** Longest amount, in digits (data object 54). */
const LONGEST_AMOUNT = 13;

/**
 * @returns the payload with its check, ready to be put into a QR code
 * @throws ParameterError for a part that the format has no room for or banks would not read
 */
export function makeVietQrPayload(input: VietQrInput): string {
	const receiver =
		field('00', NAPAS_ID) +
		field('01', field('00', checkBin(input.bankBin)) + field('01', checkAccountNumber(input.accountNumber))) +
		field('02', SERVICES[input.receiver ?? 'account']);
	const amount = checkAmount(input.amount);
	const additional =
		optional('01', toTransferText(input.billNumber ?? '', 'billNumber')) +
		optional('08', toTransferText(input.memo ?? '', 'paymentCode'));
	const content =
		field('00', '01') +
		// 12: to be paid once, with an amount; 11: reusable.
		field('01', amount === '' ? '11' : '12') +
		field('38', receiver) +
		field('53', VND) +
		optional('54', amount) +
		field('58', 'VN') +
		optional('62', additional);
	const checked = `${content}6304`;
	return checked + crc16(checked);
}

/** One data object: id, length in two digits, value. */
function field(id: string, value: string): string {
	return `${id}${String(value.length).padStart(2, '0')}${value}`;
}

function optional(id: string, value: string): string {
	return value === '' ? '' : field(id, value);
}

function checkBin(bankBin: string): string {
	if (/^\d{6}$/.test(bankBin)) return bankBin;
	throw new ParameterError(
		'bankBin',
		'This is not a bank identification number',
		'Use the six digits that NAPAS gave the bank, e.g. 970436.',
	);
}

function checkAccountNumber(accountNumber: string): string {
	if (/^[A-Za-z0-9]{1,19}$/.test(accountNumber)) return accountNumber;
	throw new ParameterError(
		'accountNumber',
		'A QR code cannot hold this account number',
		'Use up to 19 letters and digits, without separators.',
	);
}

function checkAmount(amount: number | undefined): string {
	if (amount === undefined) return '';
	const digits = String(amount);
	if (Number.isSafeInteger(amount) && amount > 0 && digits.length <= LONGEST_AMOUNT) return digits;
	throw new ParameterError(
		'amount',
		'This is not an amount in whole VND above 0',
		'Enter an amount such as 500000, or leave it empty to let the payer enter it.',
	);
}

/**
 * The text as bank apps take it: letters, digits, blank and `_ \\ - .`. Diacritics are taken off and any white space is one
 * blank, as banks do with it; nothing else is changed, since a code that was changed would not be found again.
 *
 * @param parameter name for the error
 * @throws ParameterError that names the characters which bank apps do not take, or tells that the text is too long or has
 * no letter or digit
 */
export function toTransferText(text: string, parameter: string): string {
	const plain = toPlainText(text);
	const foreign = [...new Set(plain.match(/[^A-Za-z0-9 _\\.-]/gu) ?? [])];
	if (foreign.length > 0) {
		throw new ParameterError(
			parameter,
			`Bank apps do not take ${foreign.map(getName).join(' ')} in the memo of a transfer`,
			'Use letters, digits, blanks and _ \\ - . only; diacritics are taken off.',
		);
	}
	if (plain !== '' && !/[A-Za-z0-9]/.test(plain)) {
		throw new ParameterError(
			parameter,
			`"${plain}" has no letter or digit`,
			'Use letters and digits, as in DH1024: nothing else tells one order from another.',
		);
	}
	if (plain.length <= LONGEST_TEXT) return plain;
	throw new ParameterError(
		parameter,
		`A QR code has room for ${LONGEST_TEXT} characters of this, not for ${plain.length}`,
		'Shorten it; the payment code alone is enough.',
	);
}

/** Banks pass on no diacritics; taking them off here shows the payer the memo that arrives. */
function toPlainText(text: string): string {
	return removeDiacritics(text).replace(/\s+/gu, ' ').trim();
}

/** The character itself, or its code point where nobody would see it. */
function getName(char: string): string {
	if (!/\p{C}/u.test(char)) return char;
	return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
