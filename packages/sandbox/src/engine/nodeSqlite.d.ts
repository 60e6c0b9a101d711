/** What is used of Node's SQLite: the types of the oldest Node that the repository supports do not know it. */
declare module 'node:sqlite' {
	type Value = string | number | bigint | null | Uint8Array;

	export interface StatementSync {
		get(...parameters: Value[]): Record<string, Value> | undefined;
		all(...parameters: Value[]): Array<Record<string, Value>>;
		run(...parameters: Value[]): unknown;
	}

	export class DatabaseSync {
		constructor(path: string);
		exec(sql: string): void;
		prepare(sql: string): StatementSync;
		close(): void;
	}
}
