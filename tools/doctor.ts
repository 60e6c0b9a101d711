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
import { listen, type Listener, type ListenOptions } from './doctor/listener';

const ROOT = path.join(__dirname, '..');

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		write: { type: 'boolean', default: false },
		sync: { type: 'boolean', default: false },
		deliveries: { type: 'string' },
		port: { type: 'string', default: '4020' },
		wait: { type: 'string', default: '300' },
		answer: { type: 'string', default: '200' },
		delay: { type: 'string', default: '0' },
		detect: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

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

async function askCasso(): Promise<Report> {
	const connection = { ...cassoFromEnvironment(process.env), runtime };
	const { CASSO_SECURITY_KEY: securityKey, CASSO_SECURE_TOKEN: secureToken } = process.env;
	const ownPath = `saoke-doctor-${randomBytes(8).toString('hex')}`;
	const url = values.deliveries === undefined ? undefined : checkWebhookUrl(values.deliveries);
	// Nobody can own a name below .invalid: a transaction that arrives meanwhile goes nowhere.
	const address = url === undefined ? `https://${ownPath}.invalid/` : `${url.replace(/\/*$/, '')}/${ownPath}`;
	const write = values.write ? { address, token: makeSecureToken() } : undefined;
	const secrets = { securityKey, secureToken };
	const listener =
		url === undefined ? undefined : await startListener({ url, ownPath, secrets, ownToken: write?.token });
	try {
		return await runCassoDoctor(connection, {
			...asking,
			more: CASSO_MORE,
			extras: {
				write,
				sync: values.sync,
				secrets,
				webhookUrl: url,
				isWebhookReached: await listener?.isReached(),
				listen: listener && (async () => await waitForDeliveries(listener)),
			},
		});
	} finally {
		await listener?.close();
	}
}

async function startListener(
	options: Pick<ListenOptions, 'url' | 'ownPath' | 'secrets' | 'ownToken'>,
): Promise<Listener> {
	return await listen({
		...options,
		port: readNumber('port', 65_535),
		answer: readNumber('answer', 599),
		delayMs: readNumber('delay', 600_000),
	});
}

async function waitForDeliveries({ received }: Listener): Promise<Listener['received']> {
	const seconds = readNumber('wait', 100_000);
	process.stderr.write(`Waiting ${seconds} s for webhooks on port ${values.port}: press Gọi thử, make a transfer.\n`);
	await runtime.sleep(seconds * 1000);
	return received;
}

async function askSimplize(): Promise<Report> {
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
				detect: values.detect,
			},
		},
	);
}

/** @throws ParameterError unless it is a whole number */
function readNumber(name: 'port' | 'answer' | 'delay' | 'wait', most: number): number {
	const number = /^\d{1,9}$/.test(values[name]) ? Number(values[name]) : Number.NaN;
	if (number <= most) return number;
	throw new ParameterError(name, `--${name} must be a whole number up to ${most}`, 'See npm run doctor -- --help.');
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
	const [service = 'casso', ...rest] = positionals;
	if (values.help) {
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
	present(service === 'casso' ? await askCasso() : await askSimplize());
}

main().catch(fail);
