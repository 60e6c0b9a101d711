/**
 * Asks one question of Casso or Simplize and prints the answer as it came, for what their documentation leaves open.
 * The request is authorised, or signed, as the nodes do it.
 *
 *   CASSO_API_KEY=… npx tsx examples/host/ask.ts casso GET '/v2/transactions?pageSize=1000'
 *   SIMPLIZE_BASE_URL=… SIMPLIZE_API_KEY=… SIMPLIZE_API_SECRET=… \
 *     npx tsx examples/host/ask.ts simplize GET '/api/general/v1/partner/users?size=1'
 */
import {
	checkBaseUrl,
	checkProfile,
	checkRecvWindow,
	makeSigningTransport,
	ParameterError,
	type HttpMethod,
	type HttpRequest,
	type Transport,
} from '@saoke/core';
import { cassoFromEnvironment, fail, overFetch } from './parts';

const METHODS: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE'] satisfies HttpMethod[];

/** Headers of an answer that say something about limits, time and what stands in between. */
const TOLD_HEADERS = ['date', 'content-type', 'retry-after', 'server', 'location'];

function getService(name: string | undefined): { baseUrl: string; transport: Transport } {
	if (name === 'casso') return cassoFromEnvironment(process.env);
	if (name !== 'simplize')
		throw new ParameterError(
			'service',
			'The first word is neither casso nor simplize',
			'See the beginning of examples/host/ask.ts.',
		);
	const {
		SIMPLIZE_BASE_URL,
		SIMPLIZE_API_KEY: apiKey = '',
		SIMPLIZE_API_SECRET: apiSecret = '',
		SIMPLIZE_PAYLOAD,
		SIMPLIZE_ENCODING,
	} = process.env;
	const keys = {
		apiKey,
		apiSecret,
		recvWindow: checkRecvWindow(process.env.SIMPLIZE_RECV_WINDOW),
		profile: checkProfile(SIMPLIZE_PAYLOAD, SIMPLIZE_ENCODING),
	};
	return {
		baseUrl: checkBaseUrl(SIMPLIZE_BASE_URL, undefined, 'http://127.0.0.1:4010/simplize'),
		transport: makeSigningTransport(overFetch, keys, () => Date.now()),
	};
}

async function main([service, method = '', path = '', body]: string[]): Promise<void> {
	const { baseUrl, transport } = getService(service);
	if (!METHODS.includes(method) || !path.startsWith('/'))
		throw new ParameterError(
			'method',
			'A method and a path that begins with / are needed',
			"For example: casso GET '/v2/userInfo'.",
		);
	const request: HttpRequest = {
		method: method as HttpMethod,
		url: baseUrl + path,
		headers: { accept: 'application/json' },
		body,
		timeoutMs: 60_000,
	};
	if (body !== undefined || method === 'GET') request.headers['content-type'] = 'application/json';
	const answer = await transport(request);
	process.stdout.write(`HTTP ${answer.status}\n`);
	for (const name of TOLD_HEADERS)
		if (answer.headers[name] !== undefined) process.stdout.write(`${name}: ${answer.headers[name]}\n`);
	process.stdout.write(`\n${indented(answer.body)}\n`);
}

function indented(body: string): string {
	try {
		return JSON.stringify(JSON.parse(body), null, 2);
	} catch {
		return body;
	}
}

main(process.argv.slice(2)).catch(fail);
