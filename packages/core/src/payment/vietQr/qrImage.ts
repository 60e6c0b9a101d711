/** Draws a payload as a QR code: SVG for pages and print, PNG for messengers and mail. Nothing leaves the machine. */
import { correction, generate } from 'lean-qr';
import { toSvgSource } from 'lean-qr/extras/svg';
import { encodePng } from './png';

/** White border in modules, which readers need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/**
 * @param payload text of the code
 * @param scale pixels of one module, in the drawing's own size; an SVG can be drawn at any size
 */
export function drawQrSvg(payload: string, scale: number): string {
	return toSvgSource(makeCode(payload), { on: 'black', off: 'white', pad: QUIET_ZONE, scale, xmlDeclaration: true });
}

/**
 * @param payload text of the code
 * @param scale pixels of one module
 */
export async function drawQrPng(payload: string, scale: number): Promise<Uint8Array> {
	const code = makeCode(payload);
	return await encodePng(code.size + 2 * QUIET_ZONE, scale, (x, y) => !code.get(x - QUIET_ZONE, y - QUIET_ZONE));
}

/** Level M stands 15 % of damage, and is what VietQR codes are printed with. */
function makeCode(payload: string): ReturnType<typeof generate> {
	return generate(payload, { minCorrectionLevel: correction.M });
}
