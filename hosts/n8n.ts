/** A real n8n on 127.0.0.1: started headless, ready when it answers. */
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { HostProcess } from './childProcess';
import { N8nApi } from './n8nApi';
import { startN8nProcess } from './n8nProcess';

export { N8N_DIR, N8N_FULL_DIR } from './n8nProcess';

export interface N8nOptions {
	/** Folder of the installed n8n; default N8N_DIR. */
	n8nDir?: string;
	/** Port on 127.0.0.1. */
	port: number;
	/** Folder for n8n's database, keys and community packages. */
	userFolder: string;
	/** Packages whose tarballs are installed as community packages. */
	packages: string[];
	/** Address under which the outside reaches n8n's webhooks; default this n8n's own. */
	webhookUrl?: string;
	/** Flags of Node itself. */
	nodeArgs?: string[];
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
	const { port, userFolder, packages } = options;
	const url = `http://127.0.0.1:${port}`;
	const env = {
		N8N_PORT: String(port),
		N8N_EDITOR_BASE_URL: `${url}/`,
		N8N_WEBHOOK_URL: `${options.webhookUrl ?? url}/`,
		// n8n's default makes a sandbox for expressions for every delivery, needed or not: docs/delivery.md has the figures.
		N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
		...(existsSync(path.join(userFolder, '.n8n', 'config'))
			? {}
			: { N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex') }),
		...options.env,
	};
	const host = await startN8nProcess({
		n8nDir: options.n8nDir,
		args: ['start'],
		nodeArgs: options.nodeArgs,
		userFolder,
		packages,
		env,
		isReady: async () => await isReady(url),
	});
	return { ...host, url, api: new N8nApi(url), userFolder };
}

/** Ready means: migrated, listening, and the REST interface gives JSON. */
async function isReady(url: string): Promise<boolean> {
	const ready = await fetch(`${url}/healthz/readiness`);
	if (!ready.ok) return false;
	return (await (await fetch(`${url}/rest/settings`)).text()).startsWith('{');
}
