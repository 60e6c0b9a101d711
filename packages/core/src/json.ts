/** Safe readers for values whose exact type is not documented. */

/** A plain object, or undefined for anything else. */
export function asObject(value: unknown): Record<string, unknown> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
}

/** The value of the first key that is neither null nor undefined. */
export function getFirst(record: Record<string, unknown>, keys: readonly string[]): unknown {
	for (const key of keys) {
		const value = record[key];
		if (value !== undefined && value !== null) return value;
	}
	return undefined;
}

/** Text as sent; numbers as digits; an empty string, which means "unknown", for anything else. */
export function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** The first non-empty text among the keys, otherwise an empty string. */
export function firstText(record: Record<string, unknown>, keys: readonly string[]): string {
	for (const key of keys) {
		const text = asText(record[key]);
		if (text !== '') return text;
	}
	return '';
}

/** A finite number, also from integer text; null for anything else. */
export function asNumber(value: unknown): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value === 'string' && /^-?\d{1,15}$/.test(value)) return Number(value);
	return null;
}

/** Type of a value for an error message; never the value itself. */
export function describeType(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * Chosen fields of a record.
 *
 * @returns the named fields that the record has, in the order of the names
 */
export function pickFields<Value>(
	record: Readonly<Record<string, Value>>,
	names: readonly string[],
): Record<string, Value> {
	return Object.fromEntries(
		names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name] as Value]),
	);
}

/**
 * Reads a list of texts in the formats that people, spreadsheets and models use.
 *
 * @param value a list of texts or numbers, a JSON array as text, comma-separated texts, or one number
 * @returns the trimmed, non-empty texts; undefined for any other value
 */
export function readTextList(value: unknown): string[] | undefined {
	const parts = Array.isArray(value) ? (value as unknown[]) : typeof value === 'string' ? splitText(value) : [value];
	const texts = parts?.map(toText);
	if (!texts || texts.includes(undefined)) return undefined;
	return texts.filter((text): text is string => text !== undefined && text !== '');
}

function splitText(text: string): unknown[] | undefined {
	if (!text.trim().startsWith('[')) return text.split(',');
	try {
		const parsed: unknown = JSON.parse(text);
		return Array.isArray(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/** Undefined for a number that JavaScript cannot represent exactly: it has already lost digits. */
function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}
