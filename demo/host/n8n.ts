/** A real n8n on 127.0.0.1: installed once, started headless, ready when it answers. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { startHost, type HostProcess } from './childProcess';
import { N8nApi } from './n8nApi';
import { node24, ROOT, STATE_DIR } from './paths';
import { freePort } from './ports';
import { installIntoN8n } from './tarball';

/** The pinned n8n, or that of another folder of the same make. */
export const N8N_DIR = process.env.SAOKE_N8N_DIR ?? path.join(ROOT, 'demo', 'n8n');

const READY_TIMEOUT_MS = 120_000;
const PROBE_MS = 100;

export interface N8nOptions {
	/** Port on 127.0.0.1. */
	port: number;
	/** Folder for n8n's database, keys and community packages. */
	userFolder: string;
	/** Packages whose tarballs are installed as community packages. */
	packages: string[];
	/** Address under which the outside reaches n8n's webhooks; default this n8n's own. */
	webhookUrl?: string;
	/** Further settings, stronger than the defaults. */
	env?: Record<string, string>;
}

export interface RunningN8n extends HostProcess {
	url: string;
	api: N8nApi;
	userFolder: string;
}

/**
 * @returns the running n8n, ready for requests
 * @throws Error with the end of its log when it does not become ready within two minutes
 */
export async function startN8n(options: N8nOptions): Promise<RunningN8n> {
	mkdirSync(options.userFolder, { recursive: true });
	for (const name of options.packages) installIntoN8n(options.userFolder, name);
	const url = `http://127.0.0.1:${options.port}`;
	const host = startHost({
		command: node24(),
		args: [path.join(N8N_DIR, 'node_modules', 'n8n', 'bin', 'n8n'), 'start'],
		cwd: options.userFolder,
		env: await environment(options, url),
		logFile: path.join(options.userFolder, 'n8n.log'),
	});
	try {
		await waitUntilReady(url, host);
	} catch (error) {
		await host.stop();
		throw error;
	}
	return { ...host, url, api: new N8nApi(url), userFolder: options.userFolder };
}

async function environment(options: N8nOptions, url: string): Promise<NodeJS.ProcessEnv> {
	const settings = JSON.parse(readFileSync(path.join(N8N_DIR, 'environment.json'), 'utf8')) as Record<string, string>;
	return {
		PATH: `${path.dirname(node24())}${path.delimiter}${process.env.PATH ?? ''}`,
		HOME: process.env.HOME,
		NODE_COMPILE_CACHE: path.join(STATE_DIR, 'compile-cache'),
		...settings,
		N8N_USER_FOLDER: options.userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(options.port),
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_EDITOR_BASE_URL: `${url}/`,
		N8N_WEBHOOK_URL: `${options.webhookUrl ?? url}/`,
		GENERIC_TIMEZONE: 'Asia/Ho_Chi_Minh',
		...(existsSync(path.join(options.userFolder, '.n8n', 'config')) ? {} : { N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex') }),
		...options.env,
	};
}

/** Ready means: migrated, listening, and the REST interface gives JSON. */
async function waitUntilReady(url: string, host: HostProcess): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (host.exitCode() !== undefined) break;
		if (await isReady(url)) return;
		await new Promise((resolve) => setTimeout(resolve, PROBE_MS));
	}
	const log = existsSync(host.logFile) ? readFileSync(host.logFile, 'utf8').slice(-2_000) : '';
	throw new Error(`n8n did not become ready. The end of ${host.logFile}:\n${log}`);
}

async function isReady(url: string): Promise<boolean> {
	try {
		const ready = await fetch(`${url}/healthz/readiness`);
		if (!ready.ok) return false;
		return (await (await fetch(`${url}/rest/settings`)).text()).startsWith('{');
	} catch {
		// Not listening yet.
		return false;
	}
}
