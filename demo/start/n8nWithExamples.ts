/** The part of the start that both ways share: install, build, start n8n, sign in. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { installOnce } from '../../hosts/install';
import { N8N_DIR, startN8n, type RunningN8n } from '../../hosts/n8n';
import { REFUSE_FOREIGN, STATE_DIR } from '../../hosts/paths';
import type { Progress } from '../../hosts/progress';
import type { Shutdown } from '../../hosts/shutdown';
import { packPackages } from '../../hosts/tarball';
import { localSecrets } from './login';

export interface HostOptions {
	port: number;
	/** Name of the folder for n8n's state: the real service and the sandbox never share a database. */
	state: 'n8n' | 'n8n-real';
	webhookUrl?: string;
}

export async function startN8nForDemo(
	options: HostOptions,
	progress: Progress,
	shutdown: Shutdown,
): Promise<RunningN8n> {
	await installOnce(N8N_DIR, 'n8n', progress);
	packPackages();
	progress.step('Built and packed the nodes');
	const userFolder = path.join(STATE_DIR, options.state);
	rmSync(path.join(userFolder, 'n8n.log'), { force: true });
	const n8n = await startN8n({
		port: options.port,
		userFolder,
		packages: ['n8n-nodes-casso', 'n8n-nodes-simplize'],
		webhookUrl: options.webhookUrl,
		nodeArgs: ['--require', REFUSE_FOREIGN],
		env: options.webhookUrl === undefined ? {} : { SAOKE_PUBLIC_HOST: new URL(options.webhookUrl).host },
	});
	shutdown.add(async () => {
		await n8n.stop();
	});
	progress.step(`n8n is ready on ${n8n.url}`);
	await n8n.api.signIn(localSecrets().owner);
	return n8n;
}

/** Where to look, printed at the end of a start. */
export function describeLogin(n8n: RunningN8n, progress: Progress): void {
	const { owner } = localSecrets();
	progress.say(`  n8n       ${n8n.url}   login ${owner.email} / ${owner.password}   (this machine only)`);
}
