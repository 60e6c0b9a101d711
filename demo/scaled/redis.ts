/** A Redis for the scaled set-up: the one that QUEUE_BULL_REDIS_HOST names, or one of our own on 127.0.0.1. */
import { mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { startHost, type HostProcess } from '../../hosts/childProcess';
import { freePort } from '../../hosts/ports';
import type { Shutdown } from '../../hosts/shutdown';
import { findProgram } from './programs';

/** How to reach a server, as settings of n8n. */
export interface RedisServer {
	host: string;
	port: number;
	/** Further settings of n8n, such as QUEUE_BULL_REDIS_PASSWORD. */
	further: Record<string, string>;
}

const NAMES = ['redis-server', 'valkey-server'];
const USUAL_FOLDERS = ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
const FURTHER = [
	'QUEUE_BULL_REDIS_USERNAME',
	'QUEUE_BULL_REDIS_PASSWORD',
	'QUEUE_BULL_REDIS_DB',
	'QUEUE_BULL_REDIS_TLS',
];

const MISSING = `No Redis was found, neither on PATH nor in the usual folders. One of these helps:
  Debian, Ubuntu    sudo apt-get install redis-server
  Fedora            sudo dnf install valkey
  macOS             brew install redis
  a running server  set QUEUE_BULL_REDIS_HOST (and QUEUE_BULL_REDIS_PORT, _PASSWORD)
  Docker            docs/scaling.md shows the same set-up as a compose file`;

const READY_MS = 20_000;
const PROBE_MS = 1_000;

/**
 * @param folder where a server of our own keeps its data
 * @throws Error saying what to install or to set if there is no server
 */
export async function provideRedis(folder: string, shutdown: Shutdown, env = process.env): Promise<RedisServer> {
	const given = env.QUEUE_BULL_REDIS_HOST;
	if (given) {
		const further = Object.fromEntries(FURTHER.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
		const server = { host: given, port: Number(env.QUEUE_BULL_REDIS_PORT ?? 6379), further };
		await reach(server, 'The Redis that QUEUE_BULL_REDIS_HOST names does not answer', () => false);
		return server;
	}
	const server = { host: '127.0.0.1', port: await freePort(), further: {} };
	const host = startOwn(folder, server, shutdown);
	const deadline = Date.now() + READY_MS;
	await reach(
		server,
		`Redis did not start; ${host.logFile} has the reason`,
		() => host.exitCode() === undefined && Date.now() < deadline,
	);
	return server;
}

function startOwn(folder: string, { host, port }: RedisServer, shutdown: Shutdown): HostProcess {
	const command = NAMES.map((name) => findProgram(name, USUAL_FOLDERS)).find((found) => found !== undefined);
	if (command === undefined) throw new Error(MISSING);
	mkdirSync(folder, { recursive: true });
	const server = startHost({
		command,
		// The queue must outlive a restart: every change is written down, at most a second late.
		args: [
			'--bind',
			host,
			'--port',
			String(port),
			'--dir',
			folder,
			'--appendonly',
			'yes',
			'--save',
			'',
			'--daemonize',
			'no',
		],
		cwd: folder,
		env: { PATH: process.env.PATH },
		logFile: path.join(folder, 'redis.log'),
	});
	shutdown.add(async () => {
		await server.stop();
	});
	return server;
}

/** @throws Error in the given words when nothing answers as a Redis does and waiting is of no use any more */
async function reach(server: RedisServer, otherwise: string, isWorthWaiting: () => boolean): Promise<void> {
	while (!(await answers(server))) {
		if (!isWorthWaiting()) throw new Error(`${otherwise} (${server.host}:${server.port}).`);
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

/** Asks PING; a server that wants a password first says so, which is an answer too. */
async function answers({ host, port, further }: RedisServer): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = net.connect(port, host);
		const end = (isRedis: boolean): void => {
			socket.destroy();
			resolve(isRedis);
		};
		socket.setTimeout(PROBE_MS, () => end(false));
		socket.once('error', () => end(false));
		socket.once('close', () => end(false));
		// Behind TLS a plain PING is refused; that something listens must do.
		socket.once('connect', () => (further.QUEUE_BULL_REDIS_TLS ? end(true) : socket.write('PING\r\n')));
		socket.once('data', (data) => end(/^(\+PONG|-NOAUTH)/.test(data.toString())));
	});
}
