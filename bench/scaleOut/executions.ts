/** What n8n's own database says of the executions of a run. */
import { withClient, type PostgresServer } from '../../demo/scaled/postgres';

export class Executions {
	constructor(
		private readonly server: PostgresServer,
		private readonly database: string,
	) {}

	/** How many there are of each status. */
	async counts(): Promise<Record<string, number>> {
		const rows = await this.query<{ status: string; count: number }>(
			'SELECT status, count(*)::int AS count FROM execution_entity GROUP BY status',
		);
		return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
	}

	/** Stored data of those that did not succeed. */
	async failedData(): Promise<string[]> {
		const rows = await this.query<{ data: string }>(
			`SELECT d.data FROM execution_entity e JOIN execution_data d ON d."executionId" = e.id WHERE e.status <> 'success'`,
		);
		return rows.map(({ data }) => data);
	}

	/** n8n's errors for those that failed, and how often each occurred. */
	async failures(): Promise<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const data of await this.failedData()) {
			// n8n stores a flat list of texts and references; the first message in words is that of the execution.
			const message =
				/"((?:[^"\\]|\\.)*(?:error|fail|stalled|timeout|too many)(?:[^"\\]|\\.)*)"/i.exec(data)?.[1]?.slice(0, 120) ??
				'no message';
			counts[message] = (counts[message] ?? 0) + 1;
		}
		return counts;
	}

	/** What one of them takes, in kB. */
	async averageKb(): Promise<number> {
		const rows = await this.query<{ kb: number }>(
			`SELECT (pg_total_relation_size('execution_entity') + pg_total_relation_size('execution_data'))::float / 1024 / count(*) AS kb FROM execution_entity`,
		);
		return rows[0]?.kb ?? NaN;
	}

	private async query<Row extends object>(sql: string): Promise<Row[]> {
		return await withClient(this.server, this.database, async (client) => (await client.query<Row>(sql)).rows);
	}
}
