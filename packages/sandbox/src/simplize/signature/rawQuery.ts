/** The query of a request line as it was received: pairs are cut apart, never put together anew. */

export interface RawPair {
	/** The pair's own text, e.g. `page=0`. */
	text: string;
	/** Name and value, decoded. */
	name: string;
	value: string;
}

/** The text after the first `?`, or the empty text. @param url as the request line has it */
export function rawQueryOf(url: string): string {
	const mark = url.indexOf('?');
	return mark < 0 ? '' : url.slice(mark + 1);
}

/** The pairs in the order received. @returns null where the percent-encoding is broken */
export function splitQuery(rawQuery: string): RawPair[] | null {
	if (rawQuery === '') return [];
	try {
		return rawQuery.split('&').map((text) => {
			const equals = text.indexOf('=');
			return {
				text,
				name: decode(equals < 0 ? text : text.slice(0, equals)),
				value: equals < 0 ? '' : decode(text.slice(equals + 1)),
			};
		});
	} catch {
		return null;
	}
}

/** What takes part in the signature: the raw pairs as they came, without the one named `signature`. */
export function withoutSignature(pairs: readonly RawPair[]): string {
	return pairs
		.filter((pair) => pair.name !== 'signature')
		.map((pair) => pair.text)
		.join('&');
}

/** As web servers read a query: `+` is a blank. */
function decode(text: string): string {
	return decodeURIComponent(text.replaceAll('+', ' '));
}
