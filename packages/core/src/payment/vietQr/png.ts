/**
 * Black and white PNG images (ISO/IEC 15948): the container around the platform's own compression. The libraries that
 * write PNG use Node's zlib or the global object, neither of which n8n allows in a package.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A square image of squares.
 *
 * @param size squares on each side
 * @param scale pixels on each side of a square
 * @param isWhite colour of the square at column x and row y, both from 0
 */
export async function encodePng(
	size: number,
	scale: number,
	isWhite: (x: number, y: number) => boolean,
): Promise<Uint8Array> {
	const side = size * scale;
	const rowLength = 1 + Math.ceil(side / 8);
	// A zero before each row: no filter.
	const rows = new Uint8Array(rowLength * side);
	for (let y = 0; y < size; y++) {
		const start = y * scale * rowLength;
		for (let pixel = 0; pixel < side; pixel++) {
			if (isWhite(Math.floor(pixel / scale), y)) setBit(rows, start + 1 + (pixel >> 3), 7 - (pixel & 7));
		}
		for (let copy = 1; copy < scale; copy++) rows.copyWithin(start + copy * rowLength, start, start + rowLength);
	}
	// One bit a pixel, grey, and the only compression, filter method and order there is.
	const header = [...bigEndian(side), ...bigEndian(side), 1, 0, 0, 0, 0];
	return Uint8Array.from([
		...SIGNATURE,
		...chunk('IHDR', header),
		...chunk('IDAT', await compress(rows)),
		...chunk('IEND', []),
	]);
}

/** In the zlib format (RFC 1950), which PNG wants. */
async function compress(bytes: Uint8Array): Promise<Uint8Array> {
	const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
	return new Uint8Array(await new Response(compressed).arrayBuffer());
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
