/** Command line of `npm run start:scaled`. */
import { parseArgs } from 'node:util';
import { toPort } from '../start/options';

export interface ScaledOptions {
	once: boolean;
	fresh: boolean;
	port: number;
	sandboxPort: number;
	workers: number;
}

const MOST_WORKERS = 16;

export const HELP = `Usage: npm run start:scaled [-- options]

n8n in queue mode on this machine: main process, webhook process, workers, Postgres, Redis and the sandbox.

  --once               run the check and end: exit code 0 only if the transfer is in Postgres
  --fresh              start over: forget the owner, the workflows and the ledger
  --workers N          workers, 1 to ${MOST_WORKERS} (default 2)
  --port N             port of n8n on 127.0.0.1 (default 5678)
  --sandbox-port N     port of the sandbox on 127.0.0.1 (default 4010)
  --help               this text

Environment
  DB_POSTGRESDB_HOST     use this running Postgres (with _PORT, _USER, _PASSWORD) instead of starting one
  QUEUE_BULL_REDIS_HOST  use this running Redis (with _PORT, _USERNAME, _PASSWORD, _DB) instead of starting one
`;

/**
 * @returns undefined if only the help was asked for
 * @throws Error naming the option that cannot be read
 */
export function readScaledOptions(args: string[]): ScaledOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			workers: { type: 'string', default: '2' },
			port: { type: 'string', default: '5678' },
			'sandbox-port': { type: 'string', default: '4010' },
		},
	});
	if (values.help) return undefined;
	const workers = Number(values.workers);
	if (!Number.isInteger(workers) || workers < 1 || workers > MOST_WORKERS)
		throw new Error(`--workers must be a whole number from 1 to ${MOST_WORKERS}`);
	return {
		once: values.once,
		fresh: values.fresh,
		workers,
		port: toPort(values.port, '--port'),
		sandboxPort: toPort(values['sandbox-port'], '--sandbox-port'),
	};
}
