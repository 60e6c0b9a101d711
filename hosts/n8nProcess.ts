/** One process of the pinned n8n, of any kind: `start`, `webhook` or `worker`. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startHost, type HostProcess } from './childProcess';
import { hostNode, ROOT, STATE_DIR } from './paths';
import { freePort } from './ports';
import { makePrivateFolder } from './privateFolder';
import { installIntoN8n } from './tarball';

/** The pinned n8n, or that of another folder of the same make. */
export const N8N_DIR = process.env.SAOKE_N8N_DIR ?? path.join(ROOT, 'hosts', 'n8n');

/** The whole n8n, its AI nodes included. */
export const N8N_FULL_DIR = path.join(ROOT, 'hosts', 'n8n-full');

const READY_TIMEOUT_MS = 120_000;
const PROBE_MS = 100;

export interface N8nProcessOptions {
	/** Folder of the installed n8n; default N8N_DIR. */
	n8nDir?: string;
	/** Command of n8n and its flags. */
	args: string[];
	/** Flags of Node itself. */
	nodeArgs?: string[];
	/** Folder for what this process keeps, its log among it. */
	userFolder: string;
	/** Packages whose tarballs are installed as community packages. */
	packages: string[];
	/** Settings, stronger than the defaults. */
	env: Record<string, string>;
	/** May throw as long as nothing listens. */
	isReady: () => Promise<boolean>;
}

/**
 * @returns the running process, ready for its work
 * @throws Error with the end of its log when it does not become ready within two minutes
 */
export async function startN8nProcess(options: N8nProcessOptions): Promise<HostProcess> {
	makePrivateFolder(options.userFolder);
	for (const name of options.packages) installIntoN8n(options.userFolder, name);
	const host = startHost({
		command: hostNode(),
		args: [
			...(options.nodeArgs ?? []),
			path.join(options.n8nDir ?? N8N_DIR, 'node_modules', 'n8n', 'bin', 'n8n'),
			...options.args,
		],
		cwd: options.userFolder,
		env: await environment(options),
		logFile: path.join(options.userFolder, 'n8n.log'),
	});
	try {
		await waitUntilReady(host, options);
	} catch (error) {
		await host.stop();
		throw error;
	}
	return host;
}

async function environment(options: N8nProcessOptions): Promise<NodeJS.ProcessEnv> {
	const settings = JSON.parse(readFileSync(path.join(options.n8nDir ?? N8N_DIR, 'environment.json'), 'utf8')) as Record<
		string,
		string
	>;
	return {
		PATH: `${path.dirname(hostNode())}${path.delimiter}${process.env.PATH ?? ''}`,
		HOME: process.env.HOME,
		NODE_COMPILE_CACHE: path.join(STATE_DIR, 'compile-cache'),
		...settings,
		N8N_USER_FOLDER: options.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		GENERIC_TIMEZONE: 'Asia/Ho_Chi_Minh',
		...options.env,
	};
}

async function waitUntilReady(host: HostProcess, { args, isReady }: N8nProcessOptions): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline && host.exitCode() === undefined) {
		// Nothing listens at first.
		if (await isReady().catch(() => false)) return;
		await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
	}
	const log = existsSync(host.logFile) ? readFileSync(host.logFile, 'utf8').slice(-2_000) : '';
	throw new Error(`n8n ${args[0] ?? ''} did not become ready. The end of ${host.logFile}:\n${log}`);
}
