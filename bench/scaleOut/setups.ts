/** The two ways of running n8n that are held against each other: one process, and queue mode. Both on the same Postgres. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { N8nApi, Owner } from '../../hosts/n8nApi';
import { startN8n } from '../../hosts/n8n';
import { freePort } from '../../hosts/ports';
import { postgresSettings, startCluster, type Cluster } from '../../demo/scaled/cluster';
import { dropDatabase, ensureDatabase } from '../../demo/scaled/postgres';
import type { Ground } from './ground';

export type SetupName = 'one process' | 'queue mode';

export interface Setup {
	name: SetupName;
	api: N8nApi;
	/** Where production webhooks are answered, with nothing in between. */
	webhookUrl: string;
	/** n8n's own database. */
	database: string;
	/** Process ids, for a look at their memory. */
	pids: () => number[];
	/** Undefined in one process. */
	cluster?: Cluster;
	close: () => Promise<void>;
}

const OWNER: Owner = { email: 'owner@example.com', firstName: 'Saoke', lastName: 'Bench', password: 'Saoke-bench-1' };
const PACKAGES = ['n8n-nodes-casso'];
export const WORKERS = 2;

/** @throws Error with the end of a log when n8n does not become ready */
export async function startSetup(name: SetupName, ground: Ground, env: Record<string, string> = {}): Promise<Setup> {
	const id = randomBytes(4).toString('hex');
	const database = `saoke_bench_n8n_${id}`;
	await ensureDatabase(ground.postgres, database);
	const folder = path.join(ground.folder, id);
	const setup =
		name === 'one process'
			? await startOne(ground, database, folder, env)
			: await startQueue(ground, database, folder, id, env);
	await setup.api.signIn(OWNER);
	return {
		...setup,
		close: async () => {
			await setup.close();
			await dropDatabase(ground.postgres, database);
		},
	};
}

async function startOne(
	ground: Ground,
	database: string,
	userFolder: string,
	env: Record<string, string>,
): Promise<Setup> {
	const n8n = await startN8n({
		port: await freePort(),
		userFolder,
		packages: PACKAGES,
		env: { ...postgresSettings(ground.postgres, database), ...env },
	});
	return {
		name: 'one process',
		api: n8n.api,
		webhookUrl: n8n.url,
		database,
		pids: () => [n8n.pid],
		close: async () => await n8n.stop(),
	};
}

async function startQueue(
	ground: Ground,
	database: string,
	folder: string,
	id: string,
	env: Record<string, string>,
): Promise<Setup> {
	const cluster = await startCluster({
		folder,
		port: await freePort(),
		workers: WORKERS,
		postgres: ground.postgres,
		database,
		redis: ground.redis,
		prefix: `saoke-bench-${id}`,
		encryptionKey: randomBytes(24).toString('hex'),
		packages: PACKAGES,
		env,
	});
	return {
		name: 'queue mode',
		api: cluster.api,
		webhookUrl: cluster.webhook.url,
		database,
		pids: () => [cluster.main, cluster.webhook, ...cluster.workers].map(({ pid }) => pid),
		cluster,
		close: async () => await cluster.stop(),
	};
}
