/**
 * The text inside a VietQR code: a bank transfer as NAPAS lays it out over the EMV merchant-presented QR code
 * (NAPAS, Technical Specifications on QR Switching, part IV "QR code format", version 1.5.2, service QRIBFTTA).
 */
import { ParameterError } from '../../errors/ParameterError';
import { crc16 } from './crc16';

export interface VietQrInput {
	/** The bank's identification number at NAPAS, six digits, e.g. 970436. */
	bankBin: string;
	/** Of the receiver, leading zeros kept. */
	accountNumber: string;
	/** Whole VND; undefined lets the payer enter it. */
	amount?: number;
	/** What the bank prints as the memo, normally the payment code; undefined lets the payer write it. */
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
		optional('01', checkText(input.billNumber, 'billNumber')) + optional('08', checkText(input.memo, 'paymentCode'));
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

function checkText(text: string | undefined, parameter: string): string {
	const plain = toPlainText(text ?? '');
	if (/^[\x20-\x7e]*$/.test(plain) && plain.length <= LONGEST_TEXT) return plain;
	throw new ParameterError(
		parameter,
		plain.length > LONGEST_TEXT
			? `A QR code has room for ${LONGEST_TEXT} characters of this`
			: 'Banks do not pass these characters on',
		`Use up to ${LONGEST_TEXT} letters, digits and blanks; diacritics are taken off.`,
	);
}

/** Banks pass on no diacritics; taking them off here shows the payer the memo that arrives. */
function toPlainText(text: string): string {
	return text.trim().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}
