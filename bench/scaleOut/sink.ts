/** The ledger in Postgres as an examiner sees it: every write is counted, also one that changes nothing. */
import { randomBytes } from 'node:crypto';
import { ensureLedgerTable, LEDGER_TABLE, readLedger, type LedgerRow } from '../../demo/scaled/ledger';
import { dropDatabase, ensureDatabase, withClient, type PostgresServer } from '../../demo/scaled/postgres';

export interface Sink {
	database: string;
	rows: () => Promise<LedgerRow[]>;
	count: () => Promise<number>;
	/** How often a row was inserted or updated. */
	writes: () => Promise<number>;
	close: () => Promise<void>;
}

/** Postgres itself notes each write; the workflow knows nothing of it. */
const NOTE_WRITES = `
	CREATE TABLE writes (at timestamptz NOT NULL DEFAULT clock_timestamp());
	CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO writes DEFAULT VALUES; RETURN NULL; END';
	CREATE TRIGGER note_write AFTER INSERT OR UPDATE ON ${LEDGER_TABLE} FOR EACH ROW EXECUTE FUNCTION note_write();
`;

export async function makeSink(server: PostgresServer): Promise<Sink> {
	const database = `saoke_bench_ledger_${randomBytes(4).toString('hex')}`;
	await ensureDatabase(server, database);
	await ensureLedgerTable(server, database);
	await withClient(server, database, async (client) => await client.query(NOTE_WRITES));
	const readCount = async (table: string): Promise<number> =>
		await withClient(
			server,
			database,
			async (client) =>
				(await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)).rows[0]?.count ?? NaN,
		);
	return {
		database,
		rows: async () => await readLedger(server, database),
		count: async () => await readCount(LEDGER_TABLE),
		writes: async () => await readCount('writes'),
		close: async () => await dropDatabase(server, database),
	};
}
