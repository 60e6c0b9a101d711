/** What every `npm start` command does around its own part: help, an orderly end, and a plain word about a failure. */
import { fail } from './fail';
import { Shutdown } from './shutdown';

/**
 * @param options undefined if the user asked for help
 * @param start adds what has to be stopped to the shutdown
 */
export function runCommand<Options>(
	options: () => Options | undefined,
	help: string,
	start: (options: Options, shutdown: Shutdown) => Promise<void>,
): void {
	run(options, help, start).catch(fail);
}

async function run<Options>(
	read: () => Options | undefined,
	help: string,
	start: (options: Options, shutdown: Shutdown) => Promise<void>,
): Promise<void> {
	const options = read();
	if (!options) {
		console.log(help);
		return;
	}
	const shutdown = new Shutdown();
	try {
		await start(options, shutdown);
	} finally {
		await shutdown.run();
	}
}
