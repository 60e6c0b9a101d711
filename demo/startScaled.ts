/** `npm run start:scaled`: n8n in queue mode, Postgres, Redis and the sandbox, and a transfer going through to Postgres. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startSandbox, type Sandbox } from '@saoke/sandbox';
import { runCommand } from '../hosts/command';
import { installOnce } from '../hosts/install';
import { N8N_DIR } from '../hosts/n8n';
import type { N8nApi, N8nWorkflow } from '../hosts/n8nApi';
import { STATE_DIR } from '../hosts/paths';
import { requireFreePort } from '../hosts/ports';
import { makePrivateFolder } from '../hosts/privateFolder';
import { Progress } from '../hosts/progress';
import type { Shutdown } from '../hosts/shutdown';
import { packPackages } from '../hosts/tarball';
import { startCluster, type Cluster } from './scaled/cluster';
import { ensureLedgerTable, ledgerWorkflow, putPostgresCredential } from './scaled/ledger';
import { HELP, readScaledOptions, type ScaledOptions } from './scaled/options';
import { dropDatabase, ensureDatabase, providePostgres, type PostgresServer } from './scaled/postgres';
import { provideRedis } from './scaled/redis';
import { SECRETS_FILE, scaledSecrets, type ScaledSecrets } from './scaled/secrets';
import { transferToPostgres } from './scaled/transfer';

const FOLDER = path.join(STATE_DIR, 'scaled');
/** In a Postgres that others use too, nobody else's databases have these names. */
const N8N_DATABASE = 'saoke_scaled_n8n';
const LEDGER_DATABASE = 'saoke_scaled_ledger';
const BY_WEBHOOK = { name: 'New transactions to Postgres', webhookId: '5a0ce000-0000-4000-8000-000000000001' };
/** In a workflow of its own, since n8n keeps one state for a whole workflow. */
const BY_POLL = { name: 'Missed transactions to Postgres', webhookId: '5a0ce000-0000-4000-8000-000000000002' };
const EVERY_MINUTE = { item: [{ mode: 'everyMinute' }] };

async function start(options: ScaledOptions, shutdown: Shutdown): Promise<void> {
	const progress = new Progress();
	await requireFreePort(options.port, 'n8n', '--port');
	await requireFreePort(options.sandboxPort, 'the sandbox', '--sandbox-port');
	// Without its keys, what databases of an earlier time hold cannot be read.
	options.fresh ||= !existsSync(path.join(FOLDER, SECRETS_FILE));
	if (options.fresh) rmSync(FOLDER, { recursive: true, force: true });
	makePrivateFolder(STATE_DIR);
	makePrivateFolder(FOLDER);
	const secrets = scaledSecrets(FOLDER);
	const postgres = await preparePostgres(options, secrets, progress, shutdown);
	const sandbox = await startSandboxForCluster(options, secrets);
	shutdown.add(async () => {
		await sandbox.close();
	});
	const cluster = await startN8n(options, postgres, secrets, progress, shutdown);
	await publishLedger(cluster, postgres, sandbox);
	progress.step('The workflows are published, and the trigger is registered at the sandbox');
	const tookMs = await transferToPostgres(sandbox, postgres, LEDGER_DATABASE);
	progress.step(`A transfer went from the sandbox through webhook process and worker into Postgres in ${tookMs} ms`);
	describe(cluster, sandbox, postgres, secrets, progress);
	if (options.once) return;
	progress.say('\nPress Ctrl-C to end.');
	await shutdown.requested;
}

async function preparePostgres(
	options: ScaledOptions,
	{ postgresPassword }: ScaledSecrets,
	progress: Progress,
	shutdown: Shutdown,
): Promise<PostgresServer> {
	const postgres = await providePostgres(path.join(FOLDER, 'postgres'), postgresPassword, shutdown);
	for (const name of [N8N_DATABASE, LEDGER_DATABASE]) {
		if (options.fresh) await dropDatabase(postgres, name);
		await ensureDatabase(postgres, name);
	}
	await ensureLedgerTable(postgres, LEDGER_DATABASE);
	progress.step(`Postgres is ready on ${postgres.host}:${postgres.port}`);
	return postgres;
}

async function startN8n(
	options: ScaledOptions,
	postgres: PostgresServer,
	secrets: ScaledSecrets,
	progress: Progress,
	shutdown: Shutdown,
): Promise<Cluster> {
	const redis = await provideRedis(path.join(FOLDER, 'redis'), shutdown);
	progress.step(`Redis is ready on ${redis.host}:${redis.port}`);
	await installOnce(N8N_DIR, 'n8n', progress);
	packPackages();
	progress.step('Built and packed the nodes');
	const cluster = await startCluster({
		folder: FOLDER,
		port: options.port,
		workers: options.workers,
		postgres,
		database: N8N_DATABASE,
		redis,
		prefix: secrets.queuePrefix,
		encryptionKey: secrets.encryptionKey,
		packages: ['n8n-nodes-casso'],
		progress,
	});
	shutdown.add(async () => {
		await cluster.stop();
	});
	await cluster.api.signIn(secrets.owner);
	return cluster;
}

async function startSandboxForCluster(options: ScaledOptions, { sandboxApiKey }: ScaledSecrets): Promise<Sandbox> {
	// The ledger outlives the sandbox's data, so ids must not come again at the next start.
	return await startSandbox({
		port: options.sandboxPort,
		apiKey: sandboxApiKey,
		firstTransactionId: Math.floor(Date.now() / 1000),
	});
}

/** The webhook for speed and the poll for completeness, into one ledger. */
async function publishLedger({ api }: Cluster, server: PostgresServer, sandbox: Sandbox): Promise<void> {
	const cassoApi = await api.putCredential('Casso (sandbox)', 'cassoApi', {
		authentication: 'apiKey',
		apiKey: sandbox.apiKey,
		baseUrl: sandbox.cassoUrl,
	});
	const postgres = await putPostgresCredential(api, server, LEDGER_DATABASE);
	await publishAnew(
		api,
		ledgerWorkflow({ ...BY_WEBHOOK, postgres, trigger: { parameters: {}, credentials: { cassoApi } } }),
	);
	await publishAnew(
		api,
		ledgerWorkflow({
			...BY_POLL,
			postgres,
			poll: { parameters: { pollTimes: EVERY_MINUTE }, credentials: { cassoApi } },
		}),
	);
}

/** The sandbox forgets its webhooks when it ends: unpublishing and publishing registers again. What a user changed stays. */
async function publishAnew(api: N8nApi, workflow: N8nWorkflow): Promise<void> {
	const existing = (await api.workflows()).find(({ name }) => name === workflow.name);
	const { id, activeVersionId } = existing ?? (await api.createWorkflow(workflow));
	if (activeVersionId) await api.unpublish(id);
	await api.publish(id);
}

function describe(
	cluster: Cluster,
	sandbox: Sandbox,
	postgres: PostgresServer,
	{ owner }: ScaledSecrets,
	progress: Progress,
): void {
	progress.say(`  n8n       ${cluster.url}   login ${owner.email} / ${owner.password}   (this machine only)`);
	progress.say(
		`  webhooks  ${cluster.url}/webhook/… goes to the webhook process on ${cluster.webhook.url}; everything else to the main process on ${cluster.main.url}`,
	);
	progress.say(`  workers   ${cluster.workers.map(({ url }) => `${url}/healthz`).join('   ')}`);
	progress.say(`  sandbox   ${sandbox.url}`);
	progress.say(
		`  ledger    database ${LEDGER_DATABASE}, table bank_transactions, on ${postgres.host}:${postgres.port}, user ${postgres.user}`,
	);
	progress.say(`  state     ${FOLDER} (logs: */n8n.log)`);
}

runCommand(() => readScaledOptions(process.argv.slice(2)), HELP, start);
