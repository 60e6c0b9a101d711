/** CRC-16/CCITT-FALSE, the check of EMV QR codes (EMV QRCPS Merchant-Presented Mode 4.7.3; ISO/IEC 13239). */

const POLYNOMIAL = 0x1021;
const INITIAL = 0xffff;

/**
 * @param text ASCII
 * @returns four capital hexadecimal digits
 */
export function crc16(text: string): string {
	let crc = INITIAL;
	for (let at = 0; at < text.length; at++) {
		crc ^= text.charCodeAt(at) << 8;
		for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ POLYNOMIAL) & 0xffff : (crc << 1) & 0xffff;
	}
	return crc.toString(16).toUpperCase().padStart(4, '0');
}
