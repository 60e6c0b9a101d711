/** Names of people and businesses as Vietnamese banks print them: capitals without diacritics. All invented. */
import type { SeededRandom } from '../../engine/random';

const FAMILY = [
	'NGUYEN',
	'TRAN',
	'LE',
	'PHAM',
	'HOANG',
	'HUYNH',
	'PHAN',
	'VU',
	'VO',
	'DANG',
	'BUI',
	'DO',
	'HO',
	'NGO',
	'DUONG',
	'LY',
];
const MIDDLE_MEN = ['VAN', 'MINH', 'QUOC', 'DUC', 'HUU', 'THANH', 'GIA', 'ANH', 'XUAN', 'CONG'];
const MIDDLE_WOMEN = ['THI', 'NGOC', 'THANH', 'KIM', 'PHUONG', 'THUY', 'BICH', 'HONG', 'MY'];
const GIVEN_MEN = [
	'ANH',
	'KHANH',
	'HUNG',
	'DUNG',
	'NAM',
	'LONG',
	'TUAN',
	'PHUC',
	'KHOA',
	'DAT',
	'BAO',
	'SON',
	'THINH',
	'TRI',
];
const GIVEN_WOMEN = [
	'LAN',
	'HUONG',
	'LINH',
	'TRANG',
	'MAI',
	'HA',
	'THAO',
	'NHUNG',
	'YEN',
	'VY',
	'DIEP',
	'TRAM',
	'QUYEN',
	'OANH',
];
const BUSINESSES = [
	'CTY TNHH TM DV HOA SEN XANH',
	'CTY CP GIAO HANG NHANH MOI',
	'CTY TNHH IN AN BAO BI TAN PHU',
	'HO KINH DOANH TIEM MAY SONG MAI',
	'CTY TNHH THUC PHAM SACH DONG QUE',
	'CTY CP DIEN LUC KHU VUC BA',
	'TRUONG TIEU HOC TU THUC ANH SAO',
];

/** A person's name, family name first. */
export function personName(random: SeededRandom): string {
	const woman = random.chance(0.5);
	const middle = random.pick(woman ? MIDDLE_WOMEN : MIDDLE_MEN);
	const given = random.pick(woman ? GIVEN_WOMEN : GIVEN_MEN);
	const second = random.chance(0.25) ? ` ${random.pick(woman ? MIDDLE_WOMEN : MIDDLE_MEN)}` : '';
	return `${random.pick(FAMILY)} ${middle}${second} ${given}`;
}

/** A business's name. */
export function businessName(random: SeededRandom): string {
	return random.pick(BUSINESSES);
}

/** A mobile number with its leading zero. */
export function phoneNumber(random: SeededRandom): string {
	return `0${random.pick(['3', '7', '8', '9'])}${random.digits(8)}`;
}
