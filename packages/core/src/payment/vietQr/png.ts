/**
 * Black and white PNG images (ISO/IEC 15948): the container around fflate's compression. The libraries that write PNG
 * use Node's zlib or the global object, neither of which n8n allows in a package.
 */
import { zlibSync } from 'fflate/browser';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * @param width pixels
 * @param height pixels
 * @param isWhite colour of the pixel at column x and row y, both from 0
 */
export function encodePng(width: number, height: number, isWhite: (x: number, y: number) => boolean): Uint8Array {
	const rowLength = 1 + Math.ceil(width / 8);
	// A nought before each row: no filter.
	const rows = new Uint8Array(rowLength * height);
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if (isWhite(x, y)) setBit(rows, y * rowLength + 1 + (x >> 3), 7 - (x & 7));
		}
	}
	// One bit a pixel, grey, and the only compression, filter method and order there is.
	const header = [...bigEndian(width), ...bigEndian(height), 1, 0, 0, 0, 0];
	return Uint8Array.from([
		...SIGNATURE,
		...chunk('IHDR', header),
		...chunk('IDAT', zlibSync(rows, { level: 9 })),
		...chunk('IEND', []),
	]);
}

function setBit(bytes: Uint8Array, at: number, bit: number): void {
	bytes[at] = (bytes[at] ?? 0) | (1 << bit);
}

function chunk(type: string, data: Iterable<number>): number[] {
	const body = [...[...type].map((letter) => letter.charCodeAt(0)), ...data];
	return [...bigEndian(body.length - type.length), ...body, ...bigEndian(crc32(body))];
}

function bigEndian(value: number): number[] {
	return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** CRC-32 of ISO 3309, as PNG wants it over type and data. */
function crc32(bytes: readonly number[]): number {
	let crc = 0xffffffff;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	return (crc ^ 0xffffffff) >>> 0;
}
