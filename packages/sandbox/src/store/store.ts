/** Where a sandbox keeps what it must not lose: rows by kind and key, each a JSON value. */

export interface StoreChange {
	kind: string;
	key: string;
	/** JSON text; null takes the row away. */
	value: string | null;
}

export interface Store {
	/** What the rows are kept in, as a person knows it. */
	readonly name: string;
	/** All rows of a kind, in the order in which they were first written. */
	load(kind: string): Array<{ key: string; value: unknown }>;
	/**
	 * All of it or nothing, and on disk when it returns.
	 * @param cleared kinds that are emptied first
	 */
	write(changes: readonly StoreChange[], cleared: readonly string[]): void;
	close(): void;
}
