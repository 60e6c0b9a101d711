/**
 * Builds the request that a credential authenticates. n8n passes requests to a credential in three shapes: the node
 * helper's `url`; the credential test's `baseURL`, `url` and `qs`; the HTTP Request node's `uri`, `qs` and an object as
 * body. Each becomes one URL and one body text for the credential's own origin. Only options that are known to be
 * harmless are copied; an option that could send the key elsewhere, such as a proxy, is rejected by name.
 */
import { ParameterError } from '@saoke/core/common';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { readBodyText, readQuery } from './requestContent';

/** n8n's own type, and what the HTTP Request node and its pagination add to it. */
export interface AnyRequestOptions extends Omit<IHttpRequestOptions, 'url'> {
	url?: string;
	uri?: string;
	form?: unknown;
	formData?: unknown;
	useQuerystring?: boolean;
	qsStringifyOptions?: { arrayFormat?: IHttpRequestOptions['arrayFormat'] };
}

/** The request as it is sent. */
export interface CredentialRequest {
	method: string;
	/** Complete, with every query parameter in it. */
	url: string;
	headers: Record<string, string | string[]>;
	/** Exact JSON text to send; empty for none. */
	body: string;
}

/** The service, for error messages, and the validated base URL; only its origin receives the key. */
export interface CredentialTarget {
	service: string;
	baseUrl: string;
	/** Start of the error message for another origin, which is appended. */
	refusal: string;
}

/** Copied unchanged: timeouts, and how n8n handles the response. */
const COPIED = [
	'abortSignal',
	'allowedDomains',
	'encoding',
	'gzip',
	'ignoreHttpStatusErrors',
	'json',
	'resolveWithFullResponse',
	'returnFullResponse',
	'simple',
	'timeout',
	'useStream',
] as const;

/** Options that are converted to the URL, headers and body. */
const REBUILT = [
	'arrayFormat',
	'baseURL',
	'body',
	'form',
	'formData',
	'headers',
	'method',
	'qs',
	'qsStringifyOptions',
	'uri',
	'url',
	'useQuerystring',
];

/** The HTTP Request node sends them by default. Redirects are never followed, regardless of their values. */
const REDIRECTS = [
	'disableFollowRedirect',
	'followAllRedirects',
	'followRedirect',
	'maxRedirects',
	'sendCredentialsOnCrossOriginRedirect',
];

/** The server's certificate is always verified. n8n sends these options with values that require it. */
const CERTIFICATE_CHECKS: Readonly<Record<string, boolean>> = {
	allowUnauthorizedCerts: false,
	rejectUnauthorized: true,
	skipSslCertificateValidation: false,
};

const KNOWN: ReadonlySet<string> = new Set([...COPIED, ...REBUILT, ...REDIRECTS]);

const METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

/** Headers for routing and the connection: the HTTP client sets them. */
const ROUTING_HEADER =
	/^(host|connection|content-length|expect|forwarded|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|via|x-forwarded-.*|x-original-.*|x-rewrite-url|x-http-method.*|x-method-override)$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/**
 * @param options as n8n passes them to `authenticate`; not modified
 * @param addKey adds the key or the signature, as the last change to the request
 * @returns new options with only known properties
 * @throws ParameterError for another origin than the credential's, for an option or a header that could take the key
 * elsewhere, for a body that is not JSON, and for nested query values
 */
export function authenticateRequest(
	options: AnyRequestOptions,
	target: CredentialTarget,
	addKey: (request: CredentialRequest) => CredentialRequest,
): IHttpRequestOptions {
	refuseUnknownOptions(options, target);
	const method = readMethod(options.method, target);
	const sent = addKey({
		method,
		url: withQuery(readAddress(options, target), readQuery(options)),
		headers: readHeaders(options.headers, target),
		body: readBodyText(options, method, target.service),
	});
	const copied = COPIED.filter((name) => isSet(read(options, name)) || name === 'encoding').map(
		(name) => [name, read(options, name)] as const,
	);
	return {
		...Object.fromEntries(copied.filter(([, value]) => value !== undefined)),
		// With this option set, the HTTP client reports a bad certificate in different words.
		...('rejectUnauthorized' in options ? { rejectUnauthorized: true } : {}),
		method: sent.method as IHttpRequestOptions['method'],
		url: sent.url,
		// The HTTP Request node's requests are read by their `uri`.
		...(isSet(options.uri) ? { uri: sent.url } : {}),
		headers: sent.body === '' ? sent.headers : setHeader(sent.headers, 'Content-Type', 'application/json'),
		...(sent.body === '' ? {} : { body: sent.body }),
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
	} as IHttpRequestOptions;
}

/** @returns the headers with this one replacing all others of the same name, ignoring case */
export function setHeader(headers: CredentialRequest['headers'], name: string, value: string): typeof headers {
	const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
	return { ...Object.fromEntries(others), [name]: value };
}

function refuseUnknownOptions(options: AnyRequestOptions, { service, baseUrl }: CredentialTarget): void {
	for (const [name, value] of Object.entries(options)) {
		if (KNOWN.has(name) || !isSet(value) || CERTIFICATE_CHECKS[name] === value) continue;
		throw new ParameterError(
			name,
			`The request option "${name}" cannot be used with the ${service} credential`,
			name === 'proxy'
				? 'Remove Proxy from the options of the node: the proxy could read the key. A proxy for all of n8n (HTTPS_PROXY) still applies.'
				: name in CERTIFICATE_CHECKS || name === 'agentOptions'
					? 'Switch off Ignore SSL Issues and SSL Certificates in the node: the key is sent only to a server whose certificate n8n can verify.'
					: `Remove it from the node: the key is sent only to ${new URL(baseUrl).origin}, without custom connection options.`,
		);
	}
}

function readMethod(given: unknown, { service }: CredentialTarget): string {
	const method = typeof given === 'string' ? given.toUpperCase() : isSet(given) ? '' : 'GET';
	if (METHODS.has(method)) return method;
	throw new ParameterError(
		'method',
		`This HTTP method cannot be used with the ${service} credential`,
		`Choose one of ${[...METHODS].join(', ')}.`,
	);
}

/** @returns origin, path and query as parsed, so that the validated URL is the one sent */
function readAddress(options: AnyRequestOptions, { service, baseUrl, refusal }: CredentialTarget): string {
	const { origin } = new URL(baseUrl);
	const { url: address, uri, baseURL } = options;
	if (isSet(uri) && (isSet(baseURL) || (isSet(address) && address !== uri))) {
		const other = isSet(baseURL) ? 'baseURL' : 'url';
		throw new ParameterError(
			'uri',
			`The request options "uri" and "${other}" cannot be used together with the ${service} credential`,
			'Give the whole address in one of them.',
		);
	}
	const text = joinAddress(options);
	const url = text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
	if (url?.origin !== origin || url.username !== '' || url.password !== '') {
		throw new ParameterError(
			'url',
			`${refusal} ${origin}`,
			'Change the address, or the Base URL in the credential. The address must not contain a user name, a backslash or a line break, or begin or end with a space.',
		);
	}
	return `${url.origin}${url.pathname}${url.search}`;
}

/** @returns undefined for text that two URL parsers could interpret differently */
function joinAddress({ url, uri, baseURL }: AnyRequestOptions): string | undefined {
	const given = isSet(url) ? url : uri;
	const address = isSet(given) ? given : '';
	if (!isPlain(address)) return undefined;
	if (/^https?:\/\/[^/]/i.test(address)) return address;
	if (!isPlain(baseURL) || !/^https?:\/\/[^/]/i.test(baseURL) || /[?#]/.test(baseURL)) return undefined;
	if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(address)) return undefined;
	return `${baseURL.replace(/\/+$/, '')}/${address.replace(/^\//, '')}`;
}

function isPlain(address: unknown): address is string {
	return typeof address === 'string' && address === address.trim() && !/[\\\p{Cc}]/u.test(address);
}

function withQuery(address: string, query: string): string {
	if (query === '') return address;
	return `${address}${address.includes('?') ? '&' : '?'}${query}`;
}

function readHeaders(given: unknown, { service }: CredentialTarget): CredentialRequest['headers'] {
	if (!isSet(given)) return {};
	const headers = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
	return Object.fromEntries(
		headers.map(([name, value]) => {
			const values: unknown[] = Array.isArray(value) ? value : [value];
			const isText = values.every((entry) => ['string', 'number', 'boolean'].includes(typeof entry));
			if (!HEADER_NAME.test(name) || ROUTING_HEADER.test(name.toLowerCase()) || !isText) {
				throw new ParameterError(
					'headers',
					`The header "${name}" cannot be used with the ${service} credential`,
					'Remove it from the headers of the node.',
				);
			}
			return [name, Array.isArray(value) ? values.map(String) : String(value)];
		}),
	);
}

function read(options: object, name: string): unknown {
	return Object.hasOwn(options, name) ? (options as Record<string, unknown>)[name] : undefined;
}

/** n8n's older nodes send an empty text for an empty option. */
function isSet<T>(value: T): value is NonNullable<T> {
	return value !== undefined && value !== null && (value as unknown) !== '';
}
