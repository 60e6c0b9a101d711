/** A database of a test's own on the Postgres at 127.0.0.1:5432 (or PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE). */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

export interface ScratchDatabase {
	/** What a client needs to get in. */
	access: { host: string; port: number; user: string; password: string; database: string };
	client: Client;
	/** Drops it, whoever is still connected. */
	close: () => Promise<void>;
}

/** @throws where no Postgres answers */
export async function makeScratchDatabase(): Promise<ScratchDatabase> {
	const server = {
		host: process.env.PGHOST ?? '127.0.0.1',
		port: Number(process.env.PGPORT ?? 5432),
		user: process.env.PGUSER ?? 'postgres',
		password: process.env.PGPASSWORD ?? '',
	};
	const access = { ...server, database: `saoke_test_${randomBytes(4).toString('hex')}` };
	const admin = new Client({ ...server, database: process.env.PGDATABASE ?? 'postgres' });
	await admin.connect();
	await admin.query(`CREATE DATABASE ${access.database}`);
	const client = new Client(access);
	await client.connect();
	return {
		access,
		client,
		close: async () => {
			await client.end();
			await admin.query(`DROP DATABASE IF EXISTS ${access.database} WITH (FORCE)`);
			await admin.end();
		},
	};
}
