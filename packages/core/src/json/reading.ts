/** Safe readers for values of a record whose exact type the documentation leaves open. */

/** A plain object, or undefined for anything else. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
}

/** The first of the keys that is present and neither null nor undefined. */
export function firstOf(record: Record<string, unknown>, keys: readonly string[]): unknown {
	for (const key of keys) {
		const value = record[key];
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** Text as sent; numbers as their digits; everything else is the empty text, which means "unknown". */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** The first of the keys that holds a text that is not empty; else the empty text. */
export function firstText(record: Record<string, unknown>, keys: readonly string[]): string {
	for (const key of keys) {
		const text = asText(record[key]);
		if (text !== '') return text;
	}
	return '';
}

/** A finite number, also from its decimal text; null where there is none. Never computes. */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
	return null;
}

/** Kind of a value for an error message; never the value itself. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
