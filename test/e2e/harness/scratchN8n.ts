/** A real n8n and a sandbox for one test: own database, own ports, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox, type SandboxOptions } from '@saoke/sandbox';
import { installOnce } from '../../../hosts/install';
import { N8N_DIR, startN8n, type N8nOptions, type RunningN8n } from '../../../hosts/n8n';
import { freePort } from '../../../hosts/ports';
import { Progress } from '../../../hosts/progress';
import { packPackages } from '../../../hosts/tarball';

export const OWNER = { email: 'owner@example.com', firstName: 'Saoke', lastName: 'Test', password: 'Saoke-test-1' };

export interface Scratch {
	sandbox: Sandbox;
	n8n: RunningN8n;
	/** Ends n8n (unless it is running no more) and starts it again on the same database and port. */
	restart: (env?: Record<string, string>) => Promise<void>;
	close: () => Promise<void>;
}

export interface ScratchOptions {
	/** Folder of the n8n to install and start; default the trimmed one. */
	n8nDir?: string;
	packages?: string[];
	sandbox?: SandboxOptions;
	/** Further settings of n8n. */
	env?: Record<string, string>;
}

let isPacked = false;

/** @throws Error with the end of n8n's log if it does not start; nothing is left running then */
export async function startScratch(options: ScratchOptions = {}): Promise<Scratch> {
	await installOnce(options.n8nDir ?? N8N_DIR, 'n8n', new Progress());
	if (!isPacked) packPackages();
	isPacked = true;
	const sandbox = await startSandbox(options.sandbox);
	const userFolder = mkdtempSync(path.join(tmpdir(), 'saoke-n8n-'));
	const settings: N8nOptions = {
		n8nDir: options.n8nDir,
		port: await freePort(),
		userFolder,
		packages: options.packages ?? ['n8n-nodes-casso'],
		env: options.env,
	};
	const n8n = await startN8n(settings).catch(async (error: unknown) => {
		// An open sandbox would keep the test waiting for ever.
		await sandbox.close();
		throw error;
	});
	const scratch: Scratch = {
		sandbox,
		n8n,
		restart: async (env) => {
			if (scratch.n8n.exitCode() === undefined) await scratch.n8n.stop();
			scratch.n8n = await startN8n({ ...settings, env: { ...settings.env, ...env } });
			await scratch.n8n.api.signIn(OWNER);
		},
		close: async () => {
			await scratch.n8n.stop();
			await sandbox.close();
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 3 });
		},
	};
	await scratch.n8n.api.signIn(OWNER);
	return scratch;
}
