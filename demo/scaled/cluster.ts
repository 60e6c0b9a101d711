/**
 * n8n in queue mode: one main process, one webhook process and workers, in front of them one address. Each process has a
 * folder of its own, as if it ran on a machine of its own; they share Postgres, Redis and the encryption key.
 */
import path from 'node:path';
import type { HostProcess } from '../../hosts/childProcess';
import { N8nApi } from '../../hosts/n8nApi';
import { startN8nProcess } from '../../hosts/n8nProcess';
import { freePort } from '../../hosts/ports';
import type { Progress } from '../../hosts/progress';
import { startFront, type Front } from './front';
import type { PostgresServer } from './postgres';
import type { RedisServer } from './redis';

/** Executions that a worker runs at once: n8n's default. */
export const WORKER_CONCURRENCY = 10;

export interface ClusterOptions {
	/** Folder of the cluster; each process gets one inside. */
	folder: string;
	/** Port of the front on 127.0.0.1. */
	port: number;
	workers: number;
	postgres: PostgresServer;
	/** n8n's own database. */
	database: string;
	redis: RedisServer;
	/** Parts this cluster from others on the same Redis. */
	prefix: string;
	encryptionKey: string;
	packages: string[];
	/** Further settings of every process, stronger than the defaults. */
	env?: Record<string, string>;
	progress?: Progress;
}

interface N8nMember extends HostProcess {
	/** Where it answers, on this machine. */
	url: string;
}

export interface Cluster {
	/** The address that people, Casso and the editor use. */
	url: string;
	api: N8nApi;
	main: N8nMember;
	webhook: N8nMember;
	workers: N8nMember[];
	/** Starts the main process again, on its port, once it has ended. */
	restartMain: () => Promise<void>;
	/** The same for the webhook process. */
	restartWebhook: () => Promise<void>;
	/** Starts a worker again in the place of one that has ended. */
	restartWorker: (place: number) => Promise<void>;
	/** Stops everything, each process before those that it needs. */
	stop: () => Promise<void>;
}

/**
 * Of the webhook process alone. By default n8n makes an isolate of V8 for every request and another for its credential:
 * tens of ms and some 10 MB each, which a burst of deliveries does not bear. With this, one is made only if there is an
 * expression to evaluate, and a Casso Trigger has none. Workers, whose workflows have some, keep the default.
 */
export const WEBHOOK_SETTINGS = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** Settings that every process of a cluster shares. Exported so that the compose file can be held against them. */
export function sharedSettings({
	postgres,
	database,
	redis,
	prefix,
	encryptionKey,
}: ClusterOptions): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		...postgresSettings(postgres, database),
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		...redis.further,
		QUEUE_BULL_PREFIX: prefix,
		N8N_REDIS_KEY_PREFIX: prefix,
		N8N_ENCRYPTION_KEY: encryptionKey,
	};
}

/** n8n's own database in Postgres; the connections a process holds are above n8n's default of 2, which 100 callers at once outgrow. */
export function postgresSettings(
	{ host, port, user, password }: PostgresServer,
	database: string,
): Record<string, string> {
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: host,
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
		DB_POSTGRESDB_DATABASE: database,
		DB_POSTGRESDB_POOL_SIZE: '10',
	};
}

/** @throws Error with the end of a log when a process does not become ready */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
	const started: { stop: () => Promise<void> }[] = [];
	try {
		return await startMembers(options, started);
	} catch (error) {
		for (const member of started.reverse()) await member.stop();
		throw error;
	}
}

async function startMembers(options: ClusterOptions, started: { stop: () => Promise<void> }[]): Promise<Cluster> {
	const starter = new Starter(options);
	const keep = <T extends { stop: () => Promise<void> }>(member: T): T => {
		started.push(member);
		return member;
	};
	const ports = { main: await freePort(), webhook: await freePort() };
	// The main process first: it alone sets up the database.
	const main = keep(await starter.main(ports.main));
	options.progress?.step(`n8n's main process is ready on ${main.url}`);
	const [webhook, ...workers] = await allOrNone([
		starter.webhook(ports.webhook).then(keep),
		...Array.from({ length: options.workers }, async (_, place) => keep(await starter.worker(place))),
	] as const);
	options.progress?.step(`The webhook process and ${options.workers} workers are ready`);
	const front: Front = await startFront(options.port, { mainUrl: main.url, webhookUrl: webhook.url });
	const cluster: Cluster = {
		url: front.url,
		api: new N8nApi(front.url),
		main,
		webhook,
		workers,
		restartMain: async () => {
			cluster.main = await starter.main(ports.main);
		},
		restartWebhook: async () => {
			cluster.webhook = await starter.webhook(ports.webhook);
		},
		restartWorker: async (place) => {
			workers[place] = await starter.worker(place);
		},
		stop: async () => {
			await front.close();
			await cluster.webhook.stop();
			// Workers end once their executions have ended.
			await Promise.all(workers.map(async (worker) => await worker.stop()));
			await cluster.main.stop();
		},
	};
	return cluster;
}

/** As Promise.all, but after the last of them: what starts beside one that fails must be known, to be ended. */
async function allOrNone<T>(starting: readonly [Promise<T>, ...Promise<T>[]]): Promise<[T, ...T[]]> {
	await Promise.allSettled(starting);
	return (await Promise.all(starting)) as [T, ...T[]];
}

/** Starts members with the settings of their kind. */
class Starter {
	constructor(private readonly options: ClusterOptions) {}

	async main(port: number): Promise<N8nMember> {
		const env = { ...this.addresses(port), N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' };
		return await this.start('main', ['start'], port, env, '/rest/settings');
	}

	async webhook(port: number): Promise<N8nMember> {
		return await this.start(
			'webhook',
			['webhook'],
			port,
			{ ...this.addresses(port), ...WEBHOOK_SETTINGS },
			'/healthz/readiness',
		);
	}

	async worker(place: number): Promise<N8nMember> {
		const port = await freePort();
		const env = {
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			QUEUE_HEALTH_CHECK_PORT: String(port),
			N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		};
		return await this.start(
			`worker-${place + 1}`,
			['worker', `--concurrency=${WORKER_CONCURRENCY}`],
			port,
			env,
			'/healthz/readiness',
		);
	}

	/** The public address is that of the front, one step before this process. */
	private addresses(port: number): Record<string, string> {
		const url = `http://127.0.0.1:${this.options.port}/`;
		return { N8N_PORT: String(port), N8N_EDITOR_BASE_URL: url, N8N_WEBHOOK_URL: url, N8N_PROXY_HOPS: '1' };
	}

	private async start(
		name: string,
		args: string[],
		port: number,
		env: Record<string, string>,
		readyPath: string,
	): Promise<N8nMember> {
		const url = `http://127.0.0.1:${port}`;
		const host = await startN8nProcess({
			args,
			userFolder: path.join(this.options.folder, name),
			packages: this.options.packages,
			env: { ...sharedSettings(this.options), ...env, ...this.options.env },
			isReady: async () => (await fetch(`${url}/healthz/readiness`)).ok && (await fetch(url + readyPath)).ok,
		});
		return { ...host, url };
	}
}
