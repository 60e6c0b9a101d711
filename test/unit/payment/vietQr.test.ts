/**
 * VietQR payloads against the examples of NAPAS, "Technical Specifications on QR Switching, part IV: QR code format",
 * version 1.5.2 (January 2021), chapter 6.1; the same strings are in "QR_Format_T&C_v1.0_VN_092021", which vietqr.net
 * publishes. Images are decoded by other libraries than the one that drew them.
 */
import { inflateSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import { normaliseAccount } from '@saoke/core';
import { makeKnownCodeFinder } from '@saoke/core/payment';
import { getBankBin, drawQrPng, drawQrSvg, makeVietQrPayload, toTransferText } from '@saoke/core/vietQr';
import { crc16 } from '../../../packages/core/src/payment/vietQr/crc16';
import fc from 'fast-check';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

const NAPAS = {
	// 6.1.1, as printed: it says 12 characters before an account number of 13, yet its check fits the text as it is.
	staticAccount: '00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5',
	staticCard: '00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC53037045802VN63044F52',
	dynamicAccount:
		'00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E',
	dynamicCard:
		'00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN62340107NPS68690819thanh toan don hang6304A203',
	cash: '00020101021238500010A000000727012200069704030108123456780206QRCASH5204601153037045802VN5915NGUYEN HUU HUAN6005HANOI6237052120190109155714228384707080000111163041009',
};

test('the check of the catalogue of CRC algorithms (CRC-16/IBM-3740, alias CCITT-FALSE)', () => {
	expect(crc16('123456789')).toBe('29B1');
	expect(crc16('')).toBe('FFFF');
});

test.each(Object.entries(NAPAS))('the check of the example %s of NAPAS', (_name, payload) => {
	expect(crc16(payload.slice(0, -4))).toBe(payload.slice(-4));
});

const BILL = { billNumber: 'NPS6869', memo: 'thanh toan don hang', amount: 180_000 };

test('makes the examples of NAPAS', () => {
	expect(makeVietQrPayload({ bankBin: '970403', accountNumber: '0011012345678', ...BILL })).toBe(NAPAS.dynamicAccount);
	expect(makeVietQrPayload({ bankBin: '970403', accountNumber: '9704031101234567', receiver: 'card' })).toBe(
		NAPAS.staticCard,
	);
	expect(makeVietQrPayload({ bankBin: '970403', accountNumber: '9704031101234567', receiver: 'card', ...BILL })).toBe(
		NAPAS.dynamicCard,
	);
});

test('makes the static example with the length that its account number has', () => {
	const corrected = NAPAS.staticAccount.replace('011200110123456', '011300110123456').slice(0, -4);
	expect(makeVietQrPayload({ bankBin: '970403', accountNumber: '0011012345678' })).toBe(corrected + crc16(corrected));
});

/** Splits data objects; independent of the code that joins them. */
function objects(text: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (let at = 0; at < text.length; ) {
		const length = Number.parseInt(text.slice(at + 2, at + 4), 10);
		found[text.slice(at, at + 2)] = text.slice(at + 4, at + 4 + length);
		at += 4 + length;
	}
	return found;
}

test('every payload can be taken apart again, and its check fits', () => {
	const input = fc.record({
		bankBin: fc.stringMatching(/^\d{6}$/),
		accountNumber: fc.stringMatching(/^[A-Z0-9]{1,19}$/),
		amount: fc.option(fc.integer({ min: 1, max: 9_999_999_999_999 }), { nil: undefined }),
		memo: fc.option(fc.stringMatching(/^[A-Z0-9]{1,25}$/), { nil: undefined }),
	});
	fc.assert(
		fc.property(input, (given) => {
			const payload = makeVietQrPayload(given);
			const root = objects(payload);
			expect(root['63']).toBe(crc16(payload.slice(0, -4)));
			expect(objects(objects(root['38'] ?? '')['01'] ?? '')).toEqual({
				'00': given.bankBin,
				'01': given.accountNumber,
			});
			expect(root['54']).toBe(given.amount === undefined ? undefined : String(given.amount));
			expect(root['01']).toBe(given.amount === undefined ? '11' : '12');
			expect(root['62'] === undefined ? undefined : objects(root['62'])['08']).toBe(given.memo);
		}),
	);
});

test('diacritics are taken off, as banks do', () => {
	expect(makeVietQrPayload({ bankBin: '970436', accountNumber: '1', memo: 'Đơn hàng DH1' })).toContain(
		'0812Don hang DH1',
	);
});

test.each([
	[{ bankBin: '97043' }, 'bank identification number'],
	[{ bankBin: 'VCB' }, 'bank identification number'],
	[{ accountNumber: '' }, 'account number'],
	[{ accountNumber: '0071 000' }, 'account number'],
	[{ accountNumber: '1'.repeat(20) }, 'account number'],
	[{ amount: 0 }, 'amount in whole VND'],
	[{ amount: -1 }, 'amount in whole VND'],
	[{ amount: 1.5 }, 'amount in whole VND'],
	[{ amount: 10_000_000_000_000 }, 'amount in whole VND'],
	[{ memo: 'DH'.repeat(13) }, 'room for 25 characters'],
	[{ memo: 'Đơn hàng của chị Nguyễn Thị' }, 'room for 25 characters of this, not for 27'],
	[{ memo: 'DH1 😀' }, 'do not take 😀 in the memo'],
	[{ memo: 'HD/25/12' }, 'do not take / in the memo'],
	[{ memo: 'DH#1 & "2" <3> |***' }, 'do not take # & " < > | * in the memo'],
	[{ memo: 'DH1\u0000' }, 'do not take U+0000 in the memo'],
	[{ memo: 'DH1 Ж' }, 'do not take Ж in the memo'],
	[{ billNumber: 'HD/1' }, 'do not take / in the memo'],
	[{ memo: '---' }, 'has no letter or digit'],
])('refuses %j', (more, message) => {
	expect(() => makeVietQrPayload({ bankBin: '970436', accountNumber: '0071000888888', ...more })).toThrow(message);
});

test.each([
	['DH\n1\u00a02', 'DH 1 2'],
	[' Đặt cọc ', 'Dat coc'],
	['D\u200bH1', 'DH1'],
	['a_b\\c-d.e', 'a_b\\c-d.e'],
	['', ''],
])('%j is written %j', (text, expected) => {
	expect(toTransferText(text, 'paymentCode')).toBe(expected);
});

test('whatever is not refused holds only what bank apps take, is not changed again, and is found by Match', () => {
	const text = fc.oneof(
		fc.string({ unit: 'grapheme', maxLength: 30 }),
		fc.stringMatching(/^[A-Za-zĐđÀ-ỹ0-9 _\\.\-/#&]{1,26}$/u),
		fc.stringMatching(/^[A-Z]{2,4}[-._ ]?[0-9]{3,6}$/),
	);
	fc.assert(
		fc.property(text, (memo) => {
			let written: string;
			try {
				written = toTransferText(memo, 'paymentCode');
			} catch (error) {
				expect(error).toMatchObject({ code: 'INVALID_PARAMETER', parameter: 'paymentCode' });
				return;
			}
			expect(written).toMatch(/^[A-Za-z0-9 _\\.-]{0,25}$/);
			expect(toTransferText(written, 'paymentCode')).toBe(written);
			if (/^[A-Z]{2,4}[-._ ]?[0-9]{3,6}$/.test(memo)) expect(makeKnownCodeFinder([memo])(written)).toEqual([0]);
		}),
	);
});

describe('the BIN of an account', () => {
	const account = (fields: Record<string, unknown>): ReturnType<typeof normaliseAccount> =>
		normaliseAccount({ id: 1, accountNumber: '1', ...fields });

	test.each([
		[{ BIN: 970454 }, '970454'],
		[{ BIN: '970454' }, '970454'],
		[{ BIN: '', bankCodeName: 'acb_digi' }, '970416'],
		[{ BIN: null, bankCodeName: 'vietcombank' }, '970436'],
	])('%j is %s', (fields, expected) => {
		expect(getBankBin(account(fields))).toBe(expected);
	});

	test.each([{}, { BIN: 12 }, { bankCodeName: 'acbx' }, { bankCodeName: 'somebank' }])('%j is refused', (fields) => {
		expect(() => getBankBin(account(fields))).toThrow('which BIN');
	});
});

/** What a reader of QR codes sees in an image. */
function decode(png: Uint8Array): string | undefined {
	const { data, width, height } = PNG.sync.read(Buffer.from(png));
	return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

describe.each([4, 8])('an image with %i pixels a module', (scale) => {
	const payloads = [
		NAPAS.dynamicAccount,
		makeVietQrPayload({ bankBin: '970436', accountNumber: '0071000888888' }),
		makeVietQrPayload({
			bankBin: '970422',
			accountNumber: 'X'.repeat(19),
			amount: 9_999_999_999_999,
			memo: 'Y'.repeat(25),
		}),
	];

	test.each(payloads)('PNG of %s', async (payload) => {
		expect(decode(await drawQrPng(payload, scale))).toBe(payload);
	});

	test.each(payloads)('SVG of %s', (payload) => {
		const svg = drawQrSvg(payload, scale);
		expect(decode(new Resvg(svg, { fitTo: { mode: 'width', value: 400 } }).render().asPng())).toBe(payload);
	});
});

/** A PNG of one bit a pixel without filters, read by zlib alone: pngjs takes seconds for four million pixels. */
function readBits(png: Buffer): { width: number; height: number; isDark: (x: number, y: number) => boolean } {
	const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
	const idat = png.indexOf('IDAT');
	const rows = inflateSync(png.subarray(idat + 4, idat + 4 + png.readUInt32BE(idat - 4)));
	const rowLength = 1 + Math.ceil(width / 8);
	return {
		width,
		height,
		isDark: (x, y) => (((rows[y * rowLength + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0,
	};
}

// Every size that Create QR offers. Of the greater ones the scanner sees every second point, or fewer.
const SIZES = Array.from({ length: 37 }, (_, at) => at + 4);

test.each(SIZES)(
	'an image with %i pixels a module is read by a scanner, and has a quiet zone of four modules',
	async (scale) => {
		const payload = makeVietQrPayload({
			bankBin: '970436',
			accountNumber: `00710008${scale}`,
			amount: scale * 1000,
			memo: `DH${scale}`,
		});
		const { width, height, isDark } = readBits(Buffer.from(await drawQrPng(payload, scale)));
		expect([width, (width / scale) % 1]).toEqual([height, 0]);
		const step = Math.floor(scale / 4);
		const side = Math.floor(width / step);
		const seen = new Uint8ClampedArray(side * side * 4);
		for (let at = 0; at < side * side; at++) {
			seen.fill(isDark((at % side) * step, Math.floor(at / side) * step) ? 0 : 255, at * 4, at * 4 + 4);
		}
		expect(jsQR(seen, side, side)?.data).toBe(payload);
		const border = 4 * scale;
		let dark = 0;
		for (let at = 0; at < width; at++) {
			for (const edge of [border - 1, width - border]) dark += Number(isDark(at, edge)) + Number(isDark(edge, at));
		}
		expect([dark, isDark(border, border)]).toEqual([0, true]);
	},
);

test.each([4, 5, 8])('an image with %i pixels a module is still read at two thirds of its size', async (scale) => {
	const payload = NAPAS.dynamicAccount;
	const smaller = new Resvg(embed(await drawQrPng(payload, scale)), { fitTo: { mode: 'zoom', value: 2 / 3 } });
	expect(decode(smaller.render().asPng())).toBe(payload);
});

function embed(png: Uint8Array): string {
	const { width, height } = PNG.sync.read(Buffer.from(png));
	const data = Buffer.from(png).toString('base64');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="data:image/png;base64,${data}"/></svg>`;
}
