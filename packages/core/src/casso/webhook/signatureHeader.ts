/** The header `X-Casso-Signature` (casso-api 6.2), read strictly: exactly one `t` and one `v1`. */

export interface SignatureHeader {
	/** Unix time in ms, exactly as received: it is part of what was signed. */
	t: string;
	/** 128 lower-case hexadecimal digits. */
	v1: string;
}

const HEADER = /^\s*(?:t=(\d{1,15})\s*,\s*v1=([0-9a-f]{128})|v1=([0-9a-f]{128})\s*,\s*t=(\d{1,15}))\s*$/;

/** @returns undefined for anything missing, doubled, unknown or of the wrong form; white space around the comma is allowed */
export function parseSignatureHeader(header: string): SignatureHeader | undefined {
	const found = HEADER.exec(header);
	const t = found?.[1] ?? found?.[4];
	const v1 = found?.[2] ?? found?.[3];
	return t === undefined || v1 === undefined ? undefined : { t, v1 };
}
