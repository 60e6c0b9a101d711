/** Command line and environment of the start script. */
import { parseArgs } from 'node:util';
import { CASSO_PUBLIC_BASE_URL } from '@saoke/core';

export interface StartOptions {
	once: boolean;
	fresh: boolean;
	n8nPort: number;
	sandboxPort: number;
	/** Set if the real service is used. */
	real?: { apiKey: string; baseUrl: string; publicUrl?: string };
}

export const HELP = `Usage: npm start [-- options]

  --once               run the check and end: exit code 0 only if the transfer is in the ledger
  --fresh              start over: forget the owner, the workflows and the ledger
  --n8n-port N         port of n8n on 127.0.0.1 (default 5678)
  --sandbox-port N     port of the sandbox on 127.0.0.1 (default 4010)
  --help               this text

Environment
  CASSO_API_KEY        use the real Casso instead of the sandbox; alone, only reads are made
  CASSO_PUBLIC_URL     with it: public address of this n8n; the trigger is then published, and registers at Casso
  CASSO_BASE_URL       with it: another Casso server than ${CASSO_PUBLIC_BASE_URL}
`;

/**
 * @returns undefined if only the help was asked for
 * @throws Error naming the option that cannot be read
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): StartOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			once: { type: 'boolean', default: false },
			fresh: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
			'n8n-port': { type: 'string', default: env.SAOKE_N8N_PORT ?? '5678' },
			'sandbox-port': { type: 'string', default: env.SAOKE_SANDBOX_PORT ?? '4010' },
		},
	});
	if (values.help) return undefined;
	const apiKey = env.CASSO_API_KEY?.trim();
	return {
		once: values.once,
		fresh: values.fresh,
		n8nPort: toPort(values['n8n-port'], '--n8n-port'),
		sandboxPort: toPort(values['sandbox-port'], '--sandbox-port'),
		real: apiKey
			? {
					apiKey,
					baseUrl: env.CASSO_BASE_URL ?? CASSO_PUBLIC_BASE_URL,
					publicUrl: env.CASSO_PUBLIC_URL?.replace(/\/+$/, ''),
				}
			: undefined,
	};
}

/** @throws Error naming the flag */
export function toPort(text: string, flag: string): number {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`${flag} must be a port number from 1 to 65535`);
}
