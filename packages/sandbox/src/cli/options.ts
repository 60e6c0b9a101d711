/** The options of the command, and what they mean for the sandbox. */
import { parseArgs } from 'node:util';
import type { SandboxOptions } from '../server';
import { SIMPLIZE_QUIRK_CHOICES } from '../simplize/quirks';

const DEFAULT_PORT = 4010;
const GREATEST_SEED = 4_294_967_295;
const PROFILES = SIMPLIZE_QUIRK_CHOICES.signaturePayload;
const ENCODINGS = SIMPLIZE_QUIRK_CHOICES.signatureEncoding;

export const HELP = `Casso and Simplize on this machine, to build and test against. All data is invented, and no bank is contacted.
Open the printed address in a browser: make transfers, add webhooks, watch deliveries, turn on faults.

Usage: saoke-sandbox [options]        (in this repository: npm run sandbox -- [options])

Address
  --port N               port (default ${String(DEFAULT_PORT)}; 0: any free one)
  --host ADDRESS         address (default 127.0.0.1: this machine alone)

Data
  --data FILE            keep everything in this file, so that nothing is lost when the sandbox stops;
                         default: in memory. A new file is filled by the options below; an existing file
                         keeps its data. Needs Node 22.13 or later, or the Node 24 of this repository.
  --seed N               seed of the invented data; the same seed gives the same data (default 1)
  --accounts N           bank accounts (default 4)
  --transactions N       transactions, over the last 60 days (default 200)
  --cash-movements N     cash movements of the first Simplize portfolio (default 53)

Keys (default: random, new at every start; with --data: random, kept in the file)
  --api-key KEY          API key of Casso
  --simplize-key KEY     API key of Simplize
  --simplize-secret TEXT API secret of Simplize

Behaviour
  --latency MS           delay of every API answer (default 0)
  --clock-speed X        webhook retries run X times faster: with 60 a minute takes a second (default 1)
  --strict               a webhook must answer JSON with "success": true; HTTP 200 alone is not enough
  --profile NAME         the text that Simplize expects to be signed: ${PROFILES.join(', ')} (default ${PROFILES[0]})
  --encoding NAME        how signatures are encoded: ${ENCODINGS.join(', ')} (default ${ENCODINGS[0]})
  --allow-remote-targets call webhooks on other machines too (default: loopback addresses only)

  --help                 show this text
`;

const FLAGS = {
	port: { type: 'string' },
	host: { type: 'string' },
	data: { type: 'string' },
	seed: { type: 'string' },
	accounts: { type: 'string' },
	transactions: { type: 'string' },
	'cash-movements': { type: 'string' },
	'api-key': { type: 'string' },
	'simplize-key': { type: 'string' },
	'simplize-secret': { type: 'string' },
	latency: { type: 'string' },
	'clock-speed': { type: 'string' },
	strict: { type: 'boolean' },
	profile: { type: 'string' },
	encoding: { type: 'string' },
	'allow-remote-targets': { type: 'boolean' },
	help: { type: 'boolean' },
} as const;

/** @throws UsageError, or the system's error for an unknown option */
export function readOptions(args: string[]): SandboxOptions | 'help' {
	const { values } = parseArgs({ args, options: FLAGS });
	if (values.help === true) return 'help';
	if (values.data === '') throw new UsageError('--data needs the name of a file.');
	const seed = readNumber('--seed', values.seed, 0, GREATEST_SEED);
	return {
		port: readNumber('--port', values.port, 0, 65_535) ?? DEFAULT_PORT,
		host: values.host ?? '127.0.0.1',
		data: values.data,
		seed,
		accounts: readNumber('--accounts', values.accounts, 1, 1_000),
		transactions: readNumber('--transactions', values.transactions, 0, 1_000_000),
		apiKey: values['api-key'],
		clockSpeed: readNumber('--clock-speed', values['clock-speed'], 1, 1_000_000),
		quirks: given({ latencyMs: readNumber('--latency', values.latency, 0, 600_000) }),
		deliveries: { allowRemoteTargets: values['allow-remote-targets'] ?? false, ...given({ strict: values.strict }) },
		simplize: {
			seed,
			apiKey: values['simplize-key'],
			apiSecret: values['simplize-secret'],
			cashMovements: readNumber('--cash-movements', values['cash-movements'], 0, 1_000_000),
			quirks: given({
				signaturePayload: readChoice('--profile', values.profile, PROFILES),
				signatureEncoding: readChoice('--encoding', values.encoding, ENCODINGS),
			}),
		},
	};
}

/** Without undefined values: they must not hide what a data file holds. */
function given<T extends object>(values: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
		[Name in keyof T]?: Exclude<T[Name], undefined>;
	};
}

function readNumber(flag: string, text: string | undefined, least: number, greatest: number): number | undefined {
	if (text === undefined) return undefined;
	const value = /^\d+$/.test(text) ? Number(text) : NaN;
	if (value >= least && value <= greatest) return value;
	throw new UsageError(`${flag} needs a whole number from ${String(least)} to ${String(greatest)}, not "${text}".`);
}

function readChoice<T extends string>(flag: string, text: string | undefined, choices: readonly T[]): T | undefined {
	const found = choices.find((choice) => choice === text);
	if (text !== undefined && found === undefined)
		throw new UsageError(`${flag} must be one of ${choices.join(', ')}, not "${text}".`);
	return found;
}

/** A mistake on the command line; the message tells what is expected. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
