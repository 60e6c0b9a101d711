/** What payers write and what banks put around it, as small pieces for the memo generator. */
import type { Random } from './random';

const FAMILY_NAMES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'];
const MIDDLE_NAMES = ['Văn', 'Thị', 'Hữu', 'Ngọc', 'Minh', 'Đức', 'Thanh', 'Quang', 'Thùy', 'Kim'];
const GIVEN_NAMES = ['An', 'Bình', 'Châu', 'Dũng', 'Đạt', 'Giang', 'Hà', 'Hạnh', 'Khánh', 'Linh', 'Long', 'Nga', 'Phương', 'Quân', 'Sơn', 'Thảo', 'Trúc', 'Tú', 'Yến'];

const BEFORE = ['', '', '', 'Thanh toán đơn hàng', 'thanh toán', 'CK đơn', 'chuyển khoản', 'Tiền hàng', 'đặt cọc', 'Mua áo', 'em gửi tiền', 'shop ơi', 'ủng hộ shop'];
const AFTER = ['', '', '', 'nhé shop', 'tiền hàng', 'chuyển tiền', 'đã ck', 'cảm ơn', 'giao nhanh ạ', 'size M', 'trả đủ'];

export function personName(random: Random): string {
	return `${random.pick(FAMILY_NAMES)} ${random.pick(MIDDLE_NAMES)} ${random.pick(GIVEN_NAMES)}`;
}

export function phone(random: Random): string {
	return `0${random.pick(['9', '3', '7', '8', '5'])}${random.digits(8)}`;
}

/** An amount as people write it, together with nothing else. */
export function amountText(random: Random): string {
	const thousands = random.between(20, 999);
	return random.pick([`${thousands}000`, `${thousands}.000`, `${thousands},000`, `${thousands}k`, `${thousands}.000d`, `${thousands} nghin`]);
}

export function dateText(random: Random): string {
	const day = String(random.between(1, 28)).padStart(2, '0');
	const month = String(random.between(1, 12)).padStart(2, '0');
	return random.pick([`${day}/${month}/2024`, `${day}-${month}-2024`, `${day}/${month}`, `${day}.${month}.2024`]);
}

/** The order as a sentence of the payer; `order` may be empty. */
export function sentence(order: string, random: Random): string {
	const name = random.pick(['', '', personName(random)]);
	return [random.pick(BEFORE), order, random.pick(AFTER), name].filter((part) => part !== '').join(' ');
}

/** Capitals without diacritics, as most banks pass text on. */
export function asBanksPrint(text: string): string {
	return plain(text).toUpperCase();
}

/** Without diacritics, in the payer's case. */
export function plain(text: string): string {
	return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');
}

type Wrapper = (memo: string, random: Random) => string;

const BANKS: readonly (readonly [name: string, wrap: Wrapper])[] = [
	['as typed', (memo) => memo],
	['diacritics taken off', (memo) => plain(memo)],
	['combining diacritics', (memo) => memo.normalize('NFD')],
	['Vietcombank', (memo, r) => `MBVCB.${r.digits(10)}.${plain(memo)}.CT tu 00${r.digits(11)} ${asBanksPrint(personName(r))} toi ${r.digits(12)}`],
	['Vietcombank, with trace', (memo, r) => `MBVCB.${r.digits(11)}.${r.digits(6)}.${plain(memo)}.CT tu ${r.digits(10)}`],
	['MB', (memo, r) => `${plain(memo)}- Ma giao dich/ Trace ${r.digits(6)}`],
	['MB, CUSTOMER', (memo, r) => `CUSTOMER ${plain(memo)}. TU: ${asBanksPrint(personName(r))}`],
	['MoMo', (memo, r) => `${r.digits(12)}-${plain(memo)}-CHUYEN TIEN-OQCH000${r.digits(1)}Wbsk-MOMO${r.digits(12)}MOMO`],
	['ACB', (memo, r) => `${asBanksPrint(memo)}-${r.digits(6)}-1${r.digits(1)}:0${r.digits(1)}:3${r.digits(1)} ${r.digits(6)}`],
	['ACB, with GD', (memo, r) => `${asBanksPrint(memo)} GD ${r.digits(6)}-${r.digits(6)}-15:4${r.digits(1)}:4${r.digits(1)}`],
	['Techcombank', (memo, r) => `${plain(memo)} FT${r.digits(14)}`],
	['VPBank', (memo, r) => `NHAN TU ${phone(r)} TRACE ${r.digits(6)} ND ${plain(memo)}`],
	['VietinBank', (memo, r) => `CT DEN:${r.digits(12)} ${asBanksPrint(memo)}`],
	['BIDV', (memo, r) => `REM Tfr Ac: 120${r.digits(11)} O@L_080002_0_0_970418_${plain(memo)}`],
	['Agribank', (memo) => `ND:${plain(memo)};tai Napas`],
	['IBFT', (memo) => `IBFT ${asBanksPrint(memo)}`],
];

/** The memo as the bank with that number prints it; the bank's name is part of the label's reason. */
export function printedByBank(index: number, memo: string, random: Random): { bank: string; memo: string } {
	const [bank, wrap] = BANKS[index % BANKS.length] as (typeof BANKS)[number];
	return { bank, memo: wrap(memo, random) };
}
