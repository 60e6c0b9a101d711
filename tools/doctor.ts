/**
 * The doctor: asks Casso or Simplize, with a key from the environment, what their documentation leaves open.
 *
 *   CASSO_API_KEY=… npm run doctor
 *   CASSO_API_KEY=… CASSO_SECURITY_KEY=… npm run doctor -- --deliveries https://tunnel.example.com
 *   SIMPLIZE_BASE_URL=… SIMPLIZE_API_KEY=… SIMPLIZE_API_SECRET=… npm run doctor -- simplize
 *
 *   --write            also register a webhook at an address of its own, and remove it again
 *   --sync             also ask for a sync of one account, twice
 *   --deliveries URL   also wait for webhooks; the public address must lead to the port
 *   --port 4020        port to listen on, on this machine only
 *   --wait 300         seconds to wait for webhooks; Ctrl-C ends it earlier
 *   --answer 500       HTTP status for deliveries (default 200)
 *   --delay 6000       milliseconds before each answer (default 0)
 *   --detect           Simplize: try other ways to sign if requests are refused; may lock a key
 *   --help             this text
 *
 * Exit code: 0 all right, 1 something to set or to look at, 2 not reachable. docs/unknowns.md tells more.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
	checkBaseUrl,
	checkProfile,
	checkRecvWindow,
	checkExternalUserId,
	checkPortfolioId,
	checkWebhookUrl,
	makeSecureToken,
	makeSigningTransport,
	ParameterError,
	type Runtime,
} from '@saoke/core';
import {
	CASSO_MORE,
	printReport,
	runCassoDoctor,
	runSimplizeDoctor,
	type Progress,
	type Report,
} from '@saoke/core/doctor';
import { cassoFromEnvironment, fail, overFetch, runtime as usual } from '../examples/host/parts';
import { bugs } from '../package.json';
import { listen, type Listener } from './doctor/listener';

const ROOT = path.join(__dirname, '..');

const OPTIONS = {
	write: { type: 'boolean', default: false },
	sync: { type: 'boolean', default: false },
	deliveries: { type: 'string' },
	port: { type: 'string', default: '4020' },
	wait: { type: 'string', default: '300' },
	answer: { type: 'string', default: '200' },
	delay: { type: 'string', default: '0' },
	detect: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

type Options = ReturnType<typeof readOptions>;

/** @throws Error or ParameterError for an option that cannot be meant, before anything is sent */
function readOptions() {
	const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS });
	return {
		...values,
		services: positionals,
		port: readNumber('port', values.port, 1, 65_535),
		waitSeconds: readNumber('wait', values.wait, 0, 100_000),
		answer: readNumber('answer', values.answer, 200, 599),
		delayMs: readNumber('delay', values.delay, 0, 600_000),
	};
}

const ending = new AbortController();

/** A pause that ends with the run. */
const runtime: Runtime = {
	...usual,
	sleep: async (ms) => {
		await wait(ms, undefined, { signal: ending.signal }).catch(() => undefined);
	},
};

const asking = {
	signal: ending.signal,
	onProgress: ({ request, limit, text }: Progress): void => {
		process.stderr.write(`${String(request).padStart(3)} of at most ${limit}  ${text}\n`);
	},
};

async function askCasso(options: Options): Promise<Report> {
	const connection = { ...cassoFromEnvironment(process.env), runtime };
	const { CASSO_SECURITY_KEY: securityKey, CASSO_SECURE_TOKEN: secureToken } = process.env;
	const ownPath = `saoke-doctor-${randomBytes(8).toString('hex')}`;
	const url = options.deliveries === undefined ? undefined : checkWebhookUrl(options.deliveries);
	// Nobody can own a name below .invalid: a transaction that arrives meanwhile goes nowhere.
	const address = url === undefined ? `https://${ownPath}.invalid/` : `${url.replace(/\/*$/, '')}/${ownPath}`;
	const write = options.write ? { address, token: makeSecureToken() } : undefined;
	const secrets = { securityKey, secureToken };
	const { port, answer, delayMs } = options;
	const listener =
		url === undefined
			? undefined
			: await listen({ url, ownPath, secrets, ownToken: write?.token, port, answer, delayMs });
	try {
		return await runCassoDoctor(connection, {
			...asking,
			more: CASSO_MORE,
			extras: {
				write,
				sync: options.sync,
				secrets,
				webhookUrl: url,
				isWebhookReached: await listener?.isReached(),
				listen: listener && (async () => await waitForDeliveries(listener, options)),
			},
		});
	} finally {
		await listener?.close();
	}
}

async function waitForDeliveries(
	{ received }: Listener,
	{ waitSeconds, port }: Options,
): Promise<Listener['received']> {
	process.stderr.write(`Waiting ${waitSeconds} s for webhooks on port ${port}: press Gọi thử, make a transfer.\n`);
	await runtime.sleep(waitSeconds * 1000);
	return received;
}

async function askSimplize({ detect }: Options): Promise<Report> {
	const env = process.env;
	const { SIMPLIZE_API_KEY: apiKey = '', SIMPLIZE_API_SECRET: apiSecret = '' } = env;
	const profile = checkProfile(env.SIMPLIZE_PAYLOAD, env.SIMPLIZE_ENCODING);
	const recvWindow = checkRecvWindow(env.SIMPLIZE_RECV_WINDOW);
	const baseUrl = checkBaseUrl(env.SIMPLIZE_BASE_URL, undefined, 'http://127.0.0.1:4010/simplize');
	const transport = makeSigningTransport(overFetch, { apiKey, apiSecret, recvWindow, profile }, () => Date.now());
	return await runSimplizeDoctor(
		{ baseUrl, transport, runtime, recvWindow, secrets: [apiKey] },
		{
			...asking,
			extras: {
				externalUserId: env.SIMPLIZE_USER ? checkExternalUserId(env.SIMPLIZE_USER) : undefined,
				portfolioId: env.SIMPLIZE_PORTFOLIO ? checkPortfolioId(env.SIMPLIZE_PORTFOLIO) : undefined,
				profile,
				detect,
			},
		},
	);
}

/** @throws ParameterError unless it is a whole number in the range */
function readNumber(name: string, text: string, least: number, most: number): number {
	const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
	if (number >= least && number <= most) return number;
	throw new ParameterError(
		name,
		`--${name} must be a whole number from ${least} to ${most}`,
		'See npm run doctor -- --help.',
	);
}

/** Shows the report, then keeps it where it can be attached from. */
function present(report: Report): void {
	const text = printReport(report);
	process.stdout.write(`\n${text}\n`);
	const folder = path.join(ROOT, '.saoke', 'doctor');
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, `${report.service.toLowerCase()}-${report.day}.md`);
	writeFileSync(file, text);
	process.stderr.write(
		`This report holds no name, number, amount, memo or key. It is stored in ${path.relative(process.cwd(), file)}.\nIf you like, attach it to an issue, as a fact about ${report.service}: ${bugs.url}\n`,
	);
	process.exitCode = report.exitCode;
}

async function main(): Promise<void> {
	const options = readOptions();
	const [service = 'casso', ...rest] = options.services;
	if (options.help) {
		process.stdout.write(
			readFileSync(__filename, 'utf8')
				.replace(/^\/\*\*\n([^]*?) \*\/[^]*$/, '$1')
				.replace(/^ \* ?/gm, ''),
		);
		return;
	}
	if (rest.length > 0 || !['casso', 'simplize'].includes(service))
		throw new ParameterError('service', 'The service is neither casso nor simplize', 'See npm run doctor -- --help.');
	process.once('SIGINT', () => {
		process.stderr.write('Ending; what the doctor made is removed. Ctrl-C again stops at once.\n');
		ending.abort();
	});
	present(service === 'casso' ? await askCasso(options) : await askSimplize(options));
}

main().catch(fail);
