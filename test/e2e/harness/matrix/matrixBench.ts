/** One n8n that schedules in one way, with a workflow for each cell, and a Casso that can be in trouble for each of them. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { startN8n, type N8nOptions, type RunningN8n } from '../../../../hosts/n8n';
import { freePort } from '../../../../hosts/ports';
import { execute, query } from '../database';
import { OWNER } from '../scratchN8n';
import { ROW_COLUMNS } from '../triggerWorkflow';
import { until } from '../until';
import { cellWorkflow, NODE_SETS, type NodeSet } from './cellWorkflow';
import { MOODS, MoodyService, type Mood } from './moodyService';

export const WAYS = {
	'default publication': {},
	'older path': { N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'false' },
	'durable scheduler': {
		N8N_SCHEDULER_ENABLED: 'true',
		N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
		N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	},
} as const;
export type Way = keyof typeof WAYS;

export interface Cell {
	mood: Mood;
	nodeSet: NodeSet;
	workflowId: string;
	tableId: string;
}

const PACKAGE = 'n8n-nodes-casso';
const STATUS_WAIT_MS = 150_000;

export class MatrixBench {
	readonly cells: Cell[] = [];
	private services = new Map<Mood, MoodyService>();

	private constructor(
		readonly way: Way,
		readonly sandbox: Sandbox,
		private readonly settings: N8nOptions,
		public n8n: RunningN8n,
	) {}

	static async start(way: Way): Promise<MatrixBench> {
		const sandbox = await startSandbox({ accounts: 2, transactions: 5 });
		const settings = {
			port: await freePort(),
			userFolder: mkdtempSync(path.join(tmpdir(), 'saoke-matrix-')),
			packages: [PACKAGE],
			env: { ...WAYS[way] },
		};
		const bench = new MatrixBench(way, sandbox, settings, await startN8n(settings));
		try {
			await bench.n8n.api.signIn(OWNER);
			for (const mood of MOODS) await bench.addCells(mood);
			return bench;
		} catch (error) {
			await bench.close();
			throw error;
		}
	}

	async close(): Promise<void> {
		await this.n8n.stop();
		for (const service of this.services.values()) await service.close();
		await this.sandbox.close();
		rmSync(this.settings.userFolder, { recursive: true, force: true, maxRetries: 3 });
	}

	/** Every cell's Casso gets into the trouble that the cell is about, or is well again. */
	async setTrouble(isTrouble: boolean): Promise<void> {
		for (const [mood, service] of this.services) await service.become(isTrouble ? mood : 'well');
	}

	/** After failed polls the durable scheduler waits for up to 30 minutes: the tests do not. */
	skipBackoff(): void {
		execute(this.settings.userFolder, 'UPDATE poller_state SET backoffUntil = NULL, consecutiveErrors = 0');
	}

	async restart(packages: string[] = [PACKAGE]): Promise<void> {
		if (this.n8n.exitCode() === undefined) await this.n8n.stop();
		const installed = path.join(this.settings.userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE);
		if (packages.length === 0) rmSync(installed, { recursive: true, force: true });
		this.n8n = await startN8n({ ...this.settings, packages });
		await this.n8n.api.signIn(OWNER);
	}

	/** While n8n is stopped: the state as versions of the package wrote it that filed it under the name of the node. */
	toEarlierVersion(): void {
		const { userFolder } = this.settings;
		for (const { id, staticData } of query(userFolder, 'SELECT id, staticData FROM workflow_entity')) {
			if (typeof staticData !== 'string') continue;
			const earlier = JSON.stringify(JSON.parse(staticData), (key, value: unknown) =>
				['nodeId', 'savedAtMs', 'saokePolls', 'cassoRegistrations'].includes(key) ? undefined : value,
			);
			execute(
				userFolder,
				`UPDATE workflow_entity SET staticData = '${earlier.replaceAll("'", "''")}' WHERE id = '${id}'`,
			);
		}
		execute(userFolder, "UPDATE poller_state SET cursor = json_remove(cursor, '$.nodeId', '$.savedAtMs')");
	}

	/** A copy of everything that n8n keeps, started under another address. */
	async startCopy(): Promise<{ n8n: RunningN8n; close: () => Promise<void> }> {
		const userFolder = mkdtempSync(path.join(tmpdir(), 'saoke-matrix-copy-'));
		cpSync(this.settings.userFolder, userFolder, { recursive: true });
		const n8n = await startN8n({ ...this.settings, userFolder, port: await freePort() });
		await n8n.api.signIn(OWNER);
		return {
			n8n,
			close: async () => {
				await n8n.stop();
				rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
			},
		};
	}

	/** As a person publishes. @returns what n8n said against it; undefined if it is published */
	async publish(workflowId: string): Promise<string | undefined> {
		const { api } = this.n8n;
		const { versionId } = await api.workflow(workflowId);
		try {
			await api.call('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
		} catch (error) {
			return error instanceof Error ? error.message : 'unknown';
		}
		return await this.complaint(workflowId);
	}

	/** What n8n's status of the workflow says against it, once n8n is done with publishing. */
	async complaint(workflowId: string): Promise<string | undefined> {
		const { api } = this.n8n;
		if (this.way === 'older path') {
			if ((await api.workflow(workflowId)).activeVersionId === null) return 'not published';
			const failed = (await api.call('GET', '/rest/active-workflows')) as string[];
			return failed.includes(workflowId) ? undefined : 'not active';
		}
		let found: { status: string; triggers: { errorMessage?: string | null }[] } | undefined;
		await until(
			'n8n has published',
			async () => {
				found = (await api.call('GET', `/rest/workflows/${workflowId}/publication-status`)) as typeof found;
				return found !== undefined && ['published', 'failed', 'partial', 'unpublished'].includes(found.status);
			},
			STATUS_WAIT_MS,
		);
		if (found?.status === 'published') return undefined;
		return `${found?.status}: ${found?.triggers.map(({ errorMessage }) => errorMessage ?? '').join(' ')}`;
	}

	/** Id of the newest execution. */
	newestExecution(): number {
		const [row] = query(this.settings.userFolder, 'SELECT MAX(id) AS id FROM execution_entity');
		return Number(row?.id ?? 0);
	}

	/** Workflows with a failed execution after the given one. */
	failedSince(executionId: number): Set<string> {
		const sql = `SELECT DISTINCT workflowId FROM execution_entity WHERE id > ${executionId} AND status IN ('error', 'crashed')`;
		return new Set(query(this.settings.userFolder, sql).map((row) => String(row.workflowId)));
	}

	/** Ids of the transactions that reached the cell's table. */
	async reached({ tableId }: Cell): Promise<Set<string>> {
		return new Set((await this.n8n.api.rows(tableId)).rows.map((row) => String(row.transactionId)));
	}

	/** @param isSilent true for a transaction that no webhook reports: only a poll can find it */
	addTransaction(isSilent: boolean): string {
		const { data } = this.sandbox.casso;
		const before = new Set(data.transactions.range(null, 0, Infinity).list.map(({ id }) => id));
		this.sandbox.casso.addTransactions([{ amount: 1_000, silent: isSilent }]);
		const added = data.transactions.range(null, 0, Infinity).list.find(({ id }) => !before.has(id));
		return String(added?.id);
	}

	private async addCells(mood: Mood): Promise<void> {
		const service = await MoodyService.start(this.sandbox.cassoUrl);
		this.services.set(mood, service);
		const { api } = this.n8n;
		const name = `Casso ${mood}`;
		const data = { authentication: 'apiKey', apiKey: this.sandbox.apiKey, baseUrl: service.url };
		const credentials = { cassoApi: await api.putCredential(name, 'cassoApi', data) };
		for (const nodeSet of NODE_SETS) {
			const table = `${mood} ${nodeSet}`;
			const tableId = await api.ensureTable(table, ROW_COLUMNS);
			const { id } = await api.createWorkflow(cellWorkflow(nodeSet, credentials, table));
			this.cells.push({ mood, nodeSet, workflowId: id, tableId });
		}
	}
}
