/** The command `saoke-sandbox`: the sandbox on its own, until Ctrl-C. */
import { bundledNode, hasSqlite, runUnder } from './cli/node24';
import { HELP, readOptions } from './cli/options';
import { dataProgress, describe, toMessage } from './cli/output';
import { isLoopbackHost } from './engine/targets';
import { startSandbox, type Sandbox } from './server';

/** Ends at the first signal, with everything written; a second one ends the process at once. */
function closeOnSignal(sandbox: Sandbox): void {
	const stop = (): void => {
		process.removeListener('SIGINT', stop);
		process.removeListener('SIGTERM', stop);
		process.removeListener('disconnect', stop);
		sandbox.close().catch(fail);
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	// Started by another Node: when that one is gone, nobody would end this one.
	process.on('disconnect', stop);
	process.channel?.unref();
}

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (options === 'help') {
		process.stdout.write(HELP);
		return;
	}
	const other = options.data === undefined || hasSqlite() ? null : bundledNode();
	if (other !== null) {
		await runUnder(other);
		return;
	}
	if (!isLoopbackHost(options.host ?? '')) {
		process.stderr.write(
			`Warning: ${String(options.host)} can be reached from other machines. The sandbox is meant for this machine only.\n`,
		);
	}
	if (options.deliveries?.allowRemoteTargets === true) {
		process.stderr.write('Warning: webhooks on other machines are called too.\n');
	}
	const sandbox = await startSandbox({ ...options, onProgress: dataProgress() });
	closeOnSignal(sandbox);
	process.stdout.write(describe(sandbox, options));
}

function fail(error: unknown): void {
	process.stderr.write(`${toMessage(error)}\n`);
	process.exitCode = 1;
}

main().catch(fail);
