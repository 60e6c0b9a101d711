/** `npm start`: a sandbox, a real n8n with the nodes and example workflows in it, and a transfer going through. */
import { rmSync } from 'node:fs';
import { runCommand } from '../hosts/command';
import { STATE_DIR } from '../hosts/paths';
import { requireFreePort } from '../hosts/ports';
import { makePrivateFolder } from '../hosts/privateFolder';
import { Progress } from '../hosts/progress';
import type { Shutdown } from '../hosts/shutdown';
import { HELP, readOptions, type StartOptions } from './start/options';
import { runWithRealService } from './start/realService';
import { runWithSandbox } from './start/sandboxDemo';

async function start(options: StartOptions, shutdown: Shutdown): Promise<void> {
	const progress = new Progress();
	await requireFreePort(options.n8nPort, 'n8n', '--n8n-port');
	if (!options.real) await requireFreePort(options.sandboxPort, 'the sandbox', '--sandbox-port');
	if (options.fresh) rmSync(STATE_DIR, { recursive: true, force: true });
	makePrivateFolder(STATE_DIR);
	if (options.real) await runWithRealService(options, options.real, progress, shutdown);
	else await runWithSandbox(options, progress, shutdown);
	if (options.once) return;
	progress.say('\nPress Ctrl-C to end.');
	await shutdown.requested;
}

runCommand(() => readOptions(process.argv.slice(2), process.env), HELP, start);
