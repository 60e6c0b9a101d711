/** Command line of the start script for Node-RED. */
import { parseArgs } from 'node:util';

export interface NodeRedStartOptions {
	once: boolean;
	fresh: boolean;
	port: number;
	sandboxPort: number;
}

export const HELP = `Usage: npm run start:node-red [-- options]

  --once               run the check and end: exit code 0 only if the transfer is in the file
  --fresh              start over: forget flows, keys and what was written
  --port N             port of Node-RED on 127.0.0.1 (default 1880)
  --sandbox-port N     port of the sandbox on 127.0.0.1 (default 4010)
  --help               this text
`;

/**
 * @returns undefined if only the help was asked for
 * @throws Error naming the option that cannot be read
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): NodeRedStartOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			port: { type: 'string', default: env.SAOKE_NODE_RED_PORT ?? '1880' },
			'sandbox-port': { type: 'string', default: env.SAOKE_SANDBOX_PORT ?? '4010' },
		},
	});
	if (values.help) return undefined;
	return {
		once: values.once,
		fresh: values.fresh,
		port: toPort(values.port, '--port'),
		sandboxPort: toPort(values['sandbox-port'], '--sandbox-port'),
	};
}

function toPort(text: string, flag: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`${flag} must be a port number from 1 to 65535`);
}
