/** A list of texts as people, sheets and models write it. */

/**
 * @param value a list of texts or numbers, the same as JSON text, texts separated by commas, or one number
 * @returns the texts without surrounding white space and without empty ones; undefined for what is no such list
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

/** A number that JavaScript cannot hold exactly has lost digits already. */
function toText(value: unknown): string | undefined {
	if (typeof value === 'string') return value.trim();
	return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}
