/** `npm start`: a sandbox, a real n8n with the nodes and example workflows in it, and a transfer going through. */
import { rmSync } from 'node:fs';
import { fail } from './host/fail';
import { STATE_DIR } from './host/paths';
import { requireFreePort } from './host/ports';
import { Progress } from './host/progress';
import { Shutdown } from './host/shutdown';
import { HELP, readOptions, type StartOptions } from './start/options';
import { runWithRealService } from './start/realService';
import { runWithSandbox } from './start/sandboxDemo';

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2), process.env);
	if (!options) {
		console.log(HELP);
		return;
	}
	const shutdown = new Shutdown();
	try {
		await start(options, shutdown);
	} finally {
		await shutdown.run();
	}
}

async function start(options: StartOptions, shutdown: Shutdown): Promise<void> {
	const progress = new Progress();
	await requireFreePort(options.n8nPort, 'n8n', '--n8n-port');
	if (!options.real) await requireFreePort(options.sandboxPort, 'the sandbox', '--sandbox-port');
	if (options.fresh) rmSync(STATE_DIR, { recursive: true, force: true });
	if (options.real) await runWithRealService(options, options.real, progress, shutdown);
	else await runWithSandbox(options, progress, shutdown);
	if (options.once) return;
	progress.say('\nPress Ctrl-C to end.');
	await shutdown.requested;
}

main().catch(fail);
