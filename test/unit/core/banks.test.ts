/** One short name for a bank, however it is spelled. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { findBank, getShortBankName } from '../../../packages/core/src/banks';

describe('a spelling', () => {
	test.each([
		['vietcombank', 'Vietcombank'],
		['VIETCOMBANK', 'Vietcombank'],
		['VCB', 'Vietcombank'],
		['vietcombank_biz', 'Vietcombank'],
		['Vietcombank (VCB)', 'Vietcombank'],
		['Ngân hàng TMCP Ngoại thương Việt Nam', 'Vietcombank'],
		['NGAN HANG THUONG MAI CO PHAN NGOAI THUONG VIET NAM', 'Vietcombank'],
		['Ngân hàng TMCP Ngoại thương Việt Nam'.normalize('NFD'), 'Vietcombank'],
		['acb_digi', 'ACB'],
		['Ngân hàng TMCP Á Châu', 'ACB'],
		['mbbank', 'MBBank'],
		['MB Bank', 'MBBank'],
		['MB', 'MBBank'],
		['timoplus', 'Timo'],
		['Timo Plus by Viet Capital Bank', 'Timo'],
		['Ngân hàng TMCP Bản Việt', 'BVBank'],
		['Viet Capital Bank', 'BVBank'],
		['CTG', 'VietinBank'],
		['Ngân hàng TMCP Công thương Việt Nam', 'VietinBank'],
		['Ngân hàng TMCP Sài Gòn Công Thương', 'SaigonBank'],
		['Ngân hàng TMCP Sài Gòn', 'SCB'],
		['Ngân hàng TMCP Sài Gòn - Hà Nội', 'SHB'],
		['Ngân hàng TMCP Sài Gòn Thương Tín', 'Sacombank'],
		['Ngân hàng TMCP Việt Nam Thương Tín', 'VietBank'],
		['Ngân hàng TMCP Việt Nam Thịnh Vượng', 'VPBank'],
		['Ngân hàng TMCP Thịnh vượng và Phát triển', 'PGBank'],
		['Ngân hàng TMCP Đầu tư và Phát triển Việt Nam', 'BIDV'],
		['Ngân hàng TMCP Phát triển Thành phố Hồ Chí Minh', 'HDBank'],
		['Ngân hàng TMCP Nam Á', 'Nam A Bank'],
		['Ngân hàng TMCP Đông Nam Á', 'SeABank'],
	])('%s is %s', (spelling, expected) => {
		expect(findBank(spelling)?.shortName).toBe(expected);
	});

	test.each(['', ' ', 'acbx', 'somebank', 'Ngân hàng', 'Bank', 'Sài Gòn Xanh', '970436', 'Quốc tế khác', '__proto__'])(
		'"%s" is no bank that is known',
		(spelling) => {
			expect(findBank(spelling)).toBeUndefined();
		},
	);
});

test('Casso’s codes have the BINs of the specification', () => {
	const spec = readFileSync(path.join(__dirname, '../../../docs/spec/casso-api.md'), 'utf8');
	const line = /official plugin: (.+?)\. /.exec(spec)?.[1] ?? '';
	const rows = [...line.matchAll(/(\d{6}) ([a-z]+)/g)].map(([, bin, code]) => [code, bin] as const);
	expect(rows).toHaveLength(13);
	for (const [code, bin] of rows) expect([code, findBank(code ?? '')?.bin]).toEqual([code, bin]);
});

describe('what identifies a bank', () => {
	test.each([
		['a code before a name', { codes: ['timoplus'], names: ['Ngân hàng TMCP Bản Việt'] }, 'Timo'],
		['a code before the BIN', { codes: ['timoplus'], bin: 970454 }, 'Timo'],
		['the BIN alone', { bin: 970454 }, 'BVBank'],
		['public lists have Timo at a BIN of its own', { bin: '963388' }, 'Timo'],
		['the BIN of an unknown code', { codes: ['vcbx'], names: ['VCB X'], bin: 970436 }, 'Vietcombank'],
		['an unknown bank keeps its name', { codes: ['xyz'], names: ['Ngân hàng XYZ'], bin: 1 }, 'Ngân hàng XYZ'],
		['or its code', { codes: [undefined, 'xyz'], names: [null] }, 'xyz'],
		['nothing at all', {}, ''],
	])('%s', (_case, spellings, expected) => {
		expect(getShortBankName(spellings)).toBe(expected);
	});
});

test('case, diacritics and punctuation change nothing; a short name is its own short name', () => {
	const known = ['Vietcombank', 'Ngân hàng TMCP Quân đội', 'timoplus', 'BIDV', 'Ngân hàng TMCP Tiên Phong', 'KLB'];
	const change = fc.constantFrom(
		(text: string) => text.toUpperCase(),
		(text: string) => text.toLowerCase(),
		(text: string) => text.normalize('NFD'),
		(text: string) => `  ${text}. `,
		(text: string) => text.replaceAll(' ', ' - '),
	);
	fc.assert(
		fc.property(fc.constantFrom(...known), fc.array(change, { maxLength: 4 }), (spelling, changes) => {
			const changed = changes.reduce((text, make) => make(text), spelling);
			const name = findBank(spelling)?.shortName;
			expect(name).toBeDefined();
			expect(findBank(changed)?.shortName).toBe(name);
			expect(findBank(name ?? '')?.shortName).toBe(name);
		}),
	);
});

test('any text is a known short name or stays as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme' }), (text) => {
			expect([findBank(text)?.shortName, text]).toContain(getShortBankName({ names: [text] }));
		}),
	);
});
