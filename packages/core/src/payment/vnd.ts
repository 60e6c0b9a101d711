/** Amounts of VND as people write them, in a sheet or in a form. */

/** ₫, đ, d, dong, VND, VNĐ, before or behind the digits. */
const CURRENCY = /^(?:vn[dđ]|[dđ]ồng|dong|[₫đd])\s*|\s*(?:vn[dđ]|[dđ]ồng|dong|[₫đd])$/giu;

/** 500000 · 500.000 · 500,000 · 500 000 · 1.250.000,00: one separator throughout; there is no fraction of a dong. */
const WHOLE = /^-?(?:\d{1,15}|\d{1,3}(?:([.,\s'])\d{3})(?:\1\d{3}){0,3})$/;
const EMPTY_FRACTION = /^(-?(?:\d{4,15}|\d{1,3}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.))))[.,]0{1,2}$/;

/**
 * @param value a number, or a text such as `500000`, `500.000`, `500,000 ₫`, `500 000 VND`
 * @returns whole VND, negative with a minus sign in front; undefined for anything else
 */
export function readVnd(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
	if (typeof value !== 'string') return undefined;
	const bare = value.normalize('NFC').trim().replace(CURRENCY, '');
	const text = EMPTY_FRACTION.exec(bare)?.[1] ?? bare;
	return WHOLE.test(text) ? Number(text.replace(/[^\d-]/g, '')) : undefined;
}
