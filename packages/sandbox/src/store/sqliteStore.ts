/** A store in one SQLite file, by the SQLite that Node brings. What a call wrote survives the end of the process and of the machine. */
import { closeSync, openSync } from 'node:fs';
import type { DatabaseSync as Database, StatementSync } from 'node:sqlite';
import { DataFileError } from './dataFileError';
import { loadSqlite } from './loadSqlite';
import type { Store, StoreChange } from './store';

/** Told apart from other programs' files by this number, "saok". */
const APPLICATION_ID = 0x73616f6b;
const VERSION = 1;

export class SqliteStore implements Store {
	private readonly put: StatementSync;
	private readonly drop: StatementSync;
	private readonly empty: StatementSync;

	private constructor(
		readonly name: string,
		private readonly database: Database,
	) {
		this.put = database.prepare(
			'INSERT INTO rows (kind, key, value) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value',
		);
		this.drop = database.prepare('DELETE FROM rows WHERE kind = ? AND key = ?');
		this.empty = database.prepare('DELETE FROM rows WHERE kind = ?');
	}

	/** Opens a data file, or makes one that only its owner can read. @throws DataFileError that says what to do */
	static async open(file: string): Promise<SqliteStore> {
		const { DatabaseSync } = await loadSqlite();
		try {
			closeSync(openSync(file, 'a', 0o600));
			const database = new DatabaseSync(file);
			prepare(database, file);
			return new SqliteStore(file, database);
		} catch (error) {
			throw error instanceof DataFileError ? error : new DataFileError(file, error);
		}
	}

	load(kind: string): Array<{ key: string; value: unknown }> {
		const rows = this.database.prepare('SELECT key, value FROM rows WHERE kind = ? ORDER BY place').all(kind);
		return rows.map(({ key, value }) => ({ key: String(key), value: JSON.parse(String(value)) as unknown }));
	}

	write(changes: readonly StoreChange[], cleared: readonly string[]): void {
		this.database.exec('BEGIN IMMEDIATE');
		try {
			for (const kind of cleared) this.empty.run(kind);
			for (const { kind, key, value } of changes) {
				if (value === null) this.drop.run(kind, key);
				else this.put.run(kind, key, value);
			}
			this.database.exec('COMMIT');
		} catch (error) {
			this.database.exec('ROLLBACK');
			throw error;
		}
	}

	close(): void {
		this.database.close();
	}
}

function prepare(database: Database, file: string): void {
	// The lock is kept: two sandboxes on one file would write over each other.
	database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
	const found = database.prepare('PRAGMA application_id').get()?.application_id;
	const tables = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables;
	if (found !== APPLICATION_ID && tables !== 0) throw new DataFileError(file, 'it is a database of another program');
	const version = database.prepare('PRAGMA user_version').get()?.user_version;
	if (found === APPLICATION_ID && version !== VERSION)
		throw new DataFileError(file, `it has version ${String(version)}, this sandbox reads version ${String(VERSION)}`);
	database.exec(`
		BEGIN EXCLUSIVE;
		PRAGMA application_id = ${String(APPLICATION_ID)};
		PRAGMA user_version = ${String(VERSION)};
		CREATE TABLE IF NOT EXISTS rows (place INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, key));
		COMMIT;
	`);
}
