/** Chosen fields of a record. */

/** @returns the named fields that the record has, in the order of the names */
export function pickFields<Value>(
	record: Readonly<Record<string, Value>>,
	names: readonly string[],
): Record<string, Value> {
	return Object.fromEntries(
		names.filter((name) => Object.hasOwn(record, name)).map((name) => [name, record[name] as Value]),
	);
}
