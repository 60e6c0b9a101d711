/**
 * Any request options that n8n can build, through both credentials and n8n's own HTTP client: the key reaches the
 * credential's own origin or nobody. Two servers on this machine stand for the service and for an attacker, who is a
 * proxy and a web server at once.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import type { IAllExecuteFunctions, ICredentialDataDecryptedObject } from 'n8n-workflow';
import { Engine } from './harness/engine';

const SECRETS = [
	'AK_CS.f0220000c0ffee0000.fuzz',
	'simplize-key-of-the-fuzz',
	'simplize-secret-of-the-fuzz',
	'signature=',
];
const [CASSO_KEY, SIMPLIZE_KEY, SIMPLIZE_SECRET] = SECRETS as [string, string, string];
const RUNS = 600;

interface Party {
	origin: string;
	host: string;
	/** Request line and headers of every request, for the attacker every `CONNECT` too. */
	seen: string[];
	server: Server;
}

let service: Party;
let attacker: Party;

beforeAll(async () => {
	attacker = await listen();
	service = await listen();
});

afterAll(async () => {
	for (const { server } of [service, attacker]) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
});

async function listen(): Promise<Party> {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(JSON.stringify([request.method, request.url, request.rawHeaders]));
		const isRedirect = request.url?.includes('redirect') === true;
		response.writeHead(isRedirect ? 307 : 200, isRedirect ? { location: `${attacker.origin}/caught` } : {});
		response.end('{"status":200,"error":0,"data":[]}');
	});
	server.on('connect', (request, socket) => {
		seen.push(JSON.stringify([request.method, request.url, request.rawHeaders]));
		socket.end('HTTP/1.1 502 No\r\n\r\n');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { origin: `http://${host}`, host, seen, server };
}

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.option(value, { nil: undefined, freq: 2 });

/** Addresses of both, whole, in parts, and with the tricks by which one looks like the other. */
function addresses(): fc.Arbitrary<unknown> {
	const [own, evil] = [service, attacker];
	const texts = [
		...[own, evil].flatMap(({ origin, host }) => [
			`${origin}/v2/x`,
			`${origin}/redirect`,
			`${origin}//${evil.host}/`,
			` ${origin}/v2/x`,
			`\t${origin}/v2/x`,
			`${origin.replace('http', 'ht\ntp')}/v2/x`,
			origin.toUpperCase(),
			`//${host}/x`,
			`\\\\${host}\\x`,
			`http:${host}/x`,
			`http:/${host}/x`,
			`http:///${host}/x`,
			`http://user:password@${host}/x`,
			`http://localhost:${host.split(':')[1]}/x`,
			`http://127.1:${host.split(':')[1]}/x`,
		]),
		`${own.origin}@${evil.host}/x`,
		`${evil.origin}#@${own.host}/x`,
		`${evil.origin}\\@${own.host}/x`,
		`${own.origin}?@${evil.host}/x`,
		`${evil.origin}?@${own.host}/x`,
		`http://${own.host}.evil.example/x`,
		'/v2/x',
		'v2/x?a=1&b= c#d',
		'@127.0.0.1/x',
		'data:text/plain,x',
		'',
	];
	const mutated = fc
		.tuple(
			fc.constantFrom(...texts),
			fc.nat(60),
			fc.constantFrom('/', '\\', '@', ':', '#', '?', ' ', '\n', '\u0000', '%', '。', '.'),
		)
		.map(([text, at, inserted]) => text.slice(0, at) + inserted + text.slice(at));
	return fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom<unknown>(...texts) },
		{ weight: 2, arbitrary: mutated },
		{ weight: 1, arbitrary: fc.constantFrom<unknown>([`${evil.origin}/x`], { href: evil.origin }, null, 7) },
	);
}

function requestOptions(): fc.Arbitrary<Record<string, unknown>> {
	const { origin, host } = attacker;
	const [name = '', port = ''] = host.split(':');
	const good = `${service.origin}/v2/x`;
	const headerNames = fc.constantFrom(
		'Host',
		'host',
		' host',
		'Authorization',
		'authorization',
		'X-Api-Key',
		'x-api-key',
		'Proxy-Authorization',
		'Connection',
		'Transfer-Encoding',
		'Content-Length',
		'content-type',
		'x-own',
		'common',
		'get',
		'post',
		'X-Saoke-Signing-Profile',
		'X-Forwarded-Host',
		'a b',
		'x\r\ny',
		'__proto__',
	);
	const headerValues = fc.constantFrom<unknown>(
		host,
		'x',
		'',
		'5',
		5,
		true,
		null,
		['a', 'b'],
		{ Host: host },
		'a\r\nHost: b',
		'application/json',
		'application/x-www-form-urlencoded',
		'chunked',
	);
	const shape: Record<string, fc.Arbitrary<unknown>> = {
		headers: fc.dictionary(headerNames, headerValues, { maxKeys: 2 }),
		method: fc.constantFrom<unknown>(
			'GET',
			'POST',
			'get',
			'DELETE',
			'TRACE',
			'CONNECT',
			'PROPFIND',
			`GET ${origin}/ HTTP/1.1\r\n`,
			null,
			['GET'],
		),
		qs: fc.constantFrom<unknown>({ a: 1 }, { a: ['1', '2'] }, { a: { b: 1 } }, { toString: 'x' }, `@${host}`, '', []),
		qsStringifyOptions: fc.constantFrom<unknown>({ arrayFormat: 'repeat' }, { encoder: 'x' }),
		arrayFormat: fc.constantFrom('indices', 'comma'),
		body: fc.constantFrom<unknown>({}, { a: 1 }, '{"a":1}', 'text', '', []),
		form: fc.constant({ a: 1 }),
		formData: fc.constant({ a: 1 }),
		proxy: fc.constantFrom<unknown>(origin, `http://user:password@${host}`, '', null, {
			host: name,
			port: Number(port),
			protocol: 'http',
		}),
		agentOptions: fc.constantFrom<unknown>(
			{},
			{ ca: 'x' },
			{ rejectUnauthorized: false },
			{ socketPath: '/tmp/x' },
			{ host: name, port },
		),
		rejectUnauthorized: fc.boolean(),
		skipSslCertificateValidation: fc.boolean(),
		allowUnauthorizedCerts: fc.boolean(),
		auth: fc.constantFrom<unknown>(
			{ username: 'a', password: 'b' },
			{ user: 'a', pass: 'b', sendImmediately: false },
			{ bearer: 'x' },
		),
		followRedirect: fc.boolean(),
		followAllRedirects: fc.boolean(),
		disableFollowRedirect: fc.boolean(),
		maxRedirects: fc.constantFrom<unknown>(5, undefined, '5'),
		sendCredentialsOnCrossOriginRedirect: fc.boolean(),
		beforeRedirect: fc.constant('x'),
		socketPath: fc.constant('/tmp/attacker.sock'),
		lookup: fc.constant('x'),
		family: fc.constant(6),
		host: fc.constant(host),
		hostname: fc.constant(name),
		port: fc.constant(port),
		httpAgent: fc.constant({ proxy: origin }),
		transport: fc.constant({}),
		tunnel: fc.boolean(),
		paramsSerializer: fc.constant({ encode: 'x' }),
		params: fc.constant({ a: 1 }),
		url2: fc.constant(origin),
		__proto__x: fc.constant({ proxy: origin }),
		encoding: fc.constantFrom<unknown>(null, 'text', 'stream', 'arraybuffer'),
		json: fc.boolean(),
		useStream: fc.boolean(),
		gzip: fc.boolean(),
		simple: fc.boolean(),
		resolveWithFullResponse: fc.boolean(),
		returnFullResponse: fc.boolean(),
		timeout: fc.constantFrom<unknown>(2_000, '2000'),
	};
	const extra = fc
		.uniqueArray(fc.constantFrom(...Object.keys(shape)), { maxLength: 3 })
		.chain((names) => fc.record(Object.fromEntries(names.map((key) => [key, shape[key] as fc.Arbitrary<unknown>]))));
	const address = fc.oneof(
		fc.constantFrom<Record<string, unknown>>(
			{ url: good },
			{ uri: good },
			{ url: good, uri: good },
			{ baseURL: service.origin, url: '/v2/x' },
		),
		fc.record({ url: optional(addresses()), uri: optional(addresses()), baseURL: optional(addresses()) }),
	);
	return fc.tuple(address, extra).map(([where, what]) => ({ timeout: 2_000, ...where, ...what }));
}

describe.each([
	['Casso', '.', 'n8n-nodes-casso.casso', 'cassoApi', { authentication: 'apiKey', apiKey: CASSO_KEY, accessToken: '' }],
	[
		'Simplize',
		'packages/n8n-nodes-simplize',
		'n8n-nodes-simplize.simplize',
		'simplizePartnerApi',
		{
			apiKey: SIMPLIZE_KEY,
			apiSecret: SIMPLIZE_SECRET,
			recvWindow: 5_000,
			signaturePayload: 'query+body',
			signatureEncoding: 'hex',
		},
	],
] as [string, string, string, string, ICredentialDataDecryptedObject][])(
	'%s',
	(_service, folder, type, credential, data) => {
		it.each(['httpRequestWithAuthentication', 'requestWithAuthentication'] as const)(
			'%s takes the key to its own origin or nowhere, whatever the options',
			async (helper) => {
				const engine = await Engine.load(folder, { [credential]: { ...data, baseUrl: service.origin } });
				const context = engine.pollContext(
					engine.workflow({ type, parameters: {} }),
				) as unknown as IAllExecuteFunctions;
				const helpers = context.helpers as unknown as Record<
					string,
					(type: string, options: unknown) => Promise<unknown>
				>;
				const own = `"Host","${service.host}"`.toLowerCase();
				let arrived = 0;
				await fc.assert(
					fc.asyncProperty(requestOptions(), async (options) => {
						service.seen.length = 0;
						attacker.seen.length = 0;
						const ended = await helpers[helper]?.call(context, credential, options).then(
							() => undefined,
							(error: unknown) => error as Error,
						);
						const hasSecret = (text: string): boolean => SECRETS.some((secret) => text.includes(secret));
						expect(attacker.seen.filter(hasSecret)).toEqual([]);
						expect(service.seen.filter((seen) => hasSecret(seen) && !seen.toLowerCase().includes(own))).toEqual([]);
						expect(service.seen.length).toBeLessThanOrEqual(1);
						if (ended)
							expect(hasSecret(`${ended.message} ${String((ended as { description?: string }).description)}`)).toBe(
								false,
							);
						if (service.seen.some(hasSecret)) arrived++;
					}),
					{ numRuns: RUNS },
				);
				// A credential that refuses everything would pass, too.
				expect(arrived).toBeGreaterThan(RUNS / 20);
			},
			180_000,
		);
	},
);
