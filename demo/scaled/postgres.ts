/** A Postgres for the scaled set-up: the one that DB_POSTGRESDB_HOST names, or one of our own on 127.0.0.1. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { startHost, type HostProcess } from '../../hosts/childProcess';
import { STATE_DIR } from '../../hosts/paths';
import { freePort } from '../../hosts/ports';
import type { Shutdown } from '../../hosts/shutdown';
import { findAccount, findProgram } from './programs';

/** How to reach a server, in n8n's words. */
export interface PostgresServer {
	host: string;
	port: number;
	user: string;
	password: string;
}

const USUAL_FOLDERS = [
	'/usr/lib/postgresql/*/bin',
	'/usr/pgsql-*/bin',
	'/usr/local/pgsql/bin',
	'/opt/homebrew/opt/postgresql@*/bin',
	'/usr/local/opt/postgresql@*/bin',
	'/Applications/Postgres.app/Contents/Versions/*/bin',
];

const MISSING = `No Postgres was found, neither on PATH nor in the usual folders. One of these helps:
  Debian, Ubuntu    sudo apt-get install postgresql
  Fedora            sudo dnf install postgresql-server
  macOS             brew install postgresql@17
  a running server  set DB_POSTGRESDB_HOST (and _PORT, _USER, _PASSWORD); the user must be allowed to make databases
  Docker            docs/scaling.md shows the same set-up as a compose file`;

const READY_MS = 30_000;

/**
 * @param folder where a server of our own keeps its data
 * @param password of a server of our own
 * @throws Error saying what to install or to set if there is no server
 */
export async function providePostgres(
	folder: string,
	password: string,
	shutdown: Shutdown,
	env = process.env,
): Promise<PostgresServer> {
	const given = givenServer(env);
	if (given) {
		await reach(given, 'The Postgres that DB_POSTGRESDB_HOST names cannot be used', () => false);
		return given;
	}
	const server = { host: '127.0.0.1', port: await freePort(), user: 'saoke', password };
	const host = startOwn(folder, server, shutdown);
	const deadline = Date.now() + READY_MS;
	await reach(
		server,
		`Postgres did not start; ${host.logFile} has the reason`,
		() => host.exitCode() === undefined && Date.now() < deadline,
	);
	return server;
}

function givenServer(env: NodeJS.ProcessEnv): PostgresServer | undefined {
	const {
		DB_POSTGRESDB_HOST: host,
		DB_POSTGRESDB_PORT: port,
		DB_POSTGRESDB_USER: user,
		DB_POSTGRESDB_PASSWORD: password,
	} = env;
	if (!host) return undefined;
	return { host, port: Number(port ?? 5432), user: user ?? 'postgres', password: password ?? '' };
}

function startOwn(folder: string, server: PostgresServer, shutdown: Shutdown): HostProcess {
	const postgres = findProgram('postgres', USUAL_FOLDERS);
	// Its companions lie beside the program itself, which a link may lead to.
	const initdb = postgres && path.join(path.dirname(realpathSync(postgres)), 'initdb');
	if (!postgres || !initdb || !existsSync(initdb)) throw new Error(MISSING);
	// Postgres refuses to run as root.
	const account = process.getuid?.() === 0 ? findAccount('postgres') : undefined;
	if (process.getuid?.() === 0 && !account)
		throw new Error(
			'Postgres does not run as root, and there is no account "postgres". Start as another user, or set DB_POSTGRESDB_HOST to a running server.',
		);
	const data = path.join(folder, 'data');
	mkdirSync(folder, { recursive: true });
	if (account) letIn(folder, account);
	if (!existsSync(path.join(data, 'PG_VERSION'))) makeData(initdb, folder, server, account);
	const host = startHost({
		command: postgres,
		// No socket in the file system: its path may be too long, and nobody needs it.
		args: [
			'-D',
			data,
			'-h',
			server.host,
			'-p',
			String(server.port),
			'-c',
			'unix_socket_directories=',
			'-c',
			'max_connections=200',
		],
		cwd: folder,
		env: { PATH: process.env.PATH },
		logFile: path.join(folder, 'postgres.log'),
		account,
		// Ends without waiting for whoever is still connected.
		stopSignal: 'SIGINT',
	});
	shutdown.add(async () => {
		await host.stop();
	});
	return host;
}

/** The account may pass through the private folders above its own, and not list them. */
function letIn(folder: string, { uid, gid }: { uid: number; gid: number }): void {
	chownSync(folder, uid, gid);
	chmodSync(folder, 0o700);
	for (let above = path.dirname(folder); above.startsWith(STATE_DIR); above = path.dirname(above))
		chmodSync(above, 0o711);
}

/** @throws Error with initdb's output */
function makeData(
	initdb: string,
	folder: string,
	{ user, password }: PostgresServer,
	account?: { uid: number; gid: number },
): void {
	const passwordFile = path.join(folder, 'password');
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (account) chownSync(passwordFile, account.uid, account.gid);
	try {
		const flags = [
			'-D',
			path.join(folder, 'data'),
			'-U',
			user,
			'--auth=scram-sha-256',
			`--pwfile=${passwordFile}`,
			'-E',
			'UTF8',
			'--no-locale',
		];
		execFileSync(initdb, flags, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...account });
	} catch (error) {
		const said = (error as { stderr?: Buffer }).stderr?.toString().trim();
		const hint = account
			? ' Every folder above it must let the account "postgres" in; SAOKE_STATE_DIR chooses another place.'
			: '';
		throw new Error(`Postgres could not be set up in ${folder}: ${said || String(error)}.${hint}`, { cause: error });
	} finally {
		rmSync(passwordFile);
	}
}

/** @throws Error in the given words when it cannot be reached and waiting is of no use any more */
async function reach(server: PostgresServer, otherwise: string, isWorthWaiting: () => boolean): Promise<void> {
	for (;;) {
		try {
			await withClient(server, 'postgres', async (client) => await client.query('SELECT 1'));
			return;
		} catch (error) {
			if (!isWorthWaiting()) throw new Error(`${otherwise}: ${(error as Error).message}`, { cause: error });
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}
}

/** Opens one connection for one piece of work. */
export async function withClient<T>(
	server: PostgresServer,
	database: string,
	work: (client: Client) => Promise<T>,
): Promise<T> {
	const client = new Client({ ...server, database });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** @param name of letters, digits and underscores */
export async function ensureDatabase(server: PostgresServer, name: string): Promise<void> {
	await withClient(server, 'postgres', async (client) => {
		const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
		if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
	});
}

export async function dropDatabase(server: PostgresServer, name: string): Promise<void> {
	await withClient(
		server,
		'postgres',
		async (client) => await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`),
	);
}
