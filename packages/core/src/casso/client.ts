/** One call to Casso: authorization, request, envelope (casso-api 1 to 3). */
import { ApiError, ParameterError } from '../errors';
import {
	type Gate,
	type HttpMethod,
	type HttpRequest,
	type HttpResponse,
	parseRetryAfter,
	getPath,
	type Runtime,
	send,
	type Transport,
} from '../http/client';
import { asObject, asText } from '../json';
import { maskSecrets } from '../text';

/** Everything a Casso operation needs from its host. The transport adds the Authorization header. */
export interface CassoConnection {
	transport: Transport;
	runtime: Runtime;
	/** Checked base URL without trailing slash and without `/v2`. */
	baseUrl: string;
	/** Shared by all requests of one read. */
	gate?: Gate;
	/** Secrets to mask in errors if the service echoes them: the key or token in use. */
	secrets?: readonly string[];
}

export interface CassoCall {
	method: HttpMethod;
	/** Path under `/v2`, already percent-encoded, without query. */
	path: string;
	query?: Record<string, string | number | undefined>;
	body?: Record<string, unknown>;
	/** Maximum wait for one response in ms; default 30 s, as in the vendor's examples. */
	timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** Maximum length of a service message in an error. */
const MAX_MESSAGE_LENGTH = 300;

/**
 * Calls Casso: builds the request, sends it, and reads the envelope (casso-api 1 and 3).
 *
 * @returns `data` of the envelope, null if Casso sent null or an empty body
 * @throws ApiError for HTTP 400 and above, for `error` other than 0, and for a body that is not an envelope
 * @throws NetworkError if no response arrived
 */
export async function callCasso(connection: CassoConnection, call: CassoCall): Promise<unknown> {
	const request = toCassoRequest(connection.baseUrl, call);
	const response = await send(connection.transport, connection.runtime, () => request, {
		isRead: call.method === 'GET',
		gate: connection.gate,
	});
	const secrets = [...(connection.secrets ?? []), asText(call.body?.secure_token)];
	return readEnvelope(response, request, connection.runtime.now(), secrets);
}

/** The request of a call, without its Authorization header. */
export function toCassoRequest(baseUrl: string, call: CassoCall): HttpRequest {
	const pairs = Object.entries(call.query ?? {})
		.filter(([, value]) => value !== undefined && value !== '')
		.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
	const query = pairs.length > 0 ? `?${pairs.join('&')}` : '';
	const request: HttpRequest = {
		method: call.method,
		url: `${baseUrl}/v2${call.path}${query}`,
		headers: { accept: 'application/json' },
		timeoutMs: call.timeoutMs ?? DEFAULT_TIMEOUT_MS,
	};
	// The vendor's examples send the content type even on GET. On DELETE, a server might then expect a body.
	if (call.body || call.method === 'GET') request.headers['content-type'] = 'application/json';
	if (call.body) request.body = JSON.stringify(call.body);
	return request;
}

function readEnvelope(
	response: HttpResponse,
	request: HttpRequest,
	nowMs: number,
	secrets: readonly string[],
): unknown {
	const envelope = parseCassoEnvelope(response.body);
	const isHttpSuccess = response.status >= 200 && response.status < 300;
	const isEmptySuccess = response.body.trim() === '' && request.method !== 'GET';
	if (isHttpSuccess && (envelope?.isSuccess || isEmptySuccess)) return envelope?.data ?? null;
	throw new ApiError({
		service: 'Casso',
		method: request.method,
		path: getPath(request.url),
		httpStatus: response.status,
		serviceCode: envelope?.error,
		serviceMessage: maskSecrets(envelope?.message ?? unreadable(response), secrets).slice(0, MAX_MESSAGE_LENGTH),
		retryAfterMs: parseRetryAfter(response.headers['retry-after'], nowMs),
	});
}

export interface CassoEnvelope {
	isSuccess: boolean;
	error?: number;
	message?: string;
	data?: unknown;
}

/**
 * A response fails if `error` is present and not 0. Without `error`, it is an envelope only if it contains `data`.
 *
 * @returns undefined if the body is not a JSON object
 */
export function parseCassoEnvelope(body: string): CassoEnvelope | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body);
	} catch {
		return undefined;
	}
	const object = asObject(parsed);
	if (!object) return undefined;
	const { error, message, data } = object;
	const code = typeof error === 'string' && /^-?\d{1,9}$/.test(error) ? Number(error) : error;
	return {
		isSuccess: error === undefined ? data !== undefined : code === 0,
		error: typeof code === 'number' ? code : undefined,
		message: typeof message === 'string' && message !== '' ? message : undefined,
		data,
	};
}

function unreadable(response: HttpResponse): string {
	const type = response.headers['content-type']?.split(';')[0]?.slice(0, 60) ?? 'unknown type';
	return `the response is not Casso's JSON envelope (${type}, ${response.body.length} characters)`;
}

/** Public API, without the version (casso-api 1). */
export const CASSO_PUBLIC_BASE_URL = 'https://oauth.casso.vn';

export interface CassoSecrets {
	authentication: 'apiKey' | 'accessToken';
	apiKey?: string;
	accessToken?: string;
}

/**
 * The Authorization header of Casso (casso-api 2): an API key or an access token.
 *
 * @returns `Apikey <key>` or `Bearer <token>`, surrounding white space removed
 * @throws ParameterError if the selected secret is empty or not a valid header value
 */
export function cassoAuthorization(secrets: CassoSecrets): string {
	const isToken = secrets.authentication === 'accessToken';
	const secret = ((isToken ? secrets.accessToken : secrets.apiKey) ?? '').trim();
	const name = isToken ? 'accessToken' : 'apiKey';
	const label = isToken ? 'access token' : 'API key';
	if (!secret) {
		throw new ParameterError(
			name,
			`The credential has no ${label}`,
			`Open the credential and enter the ${label} from Casso.`,
		);
	}
	if (!/^[\x21-\x7e]+$/.test(secret)) {
		throw new ParameterError(
			name,
			`The ${label} contains a space or an invalid character`,
			'Copy it again from Casso.',
		);
	}
	return `${isToken ? 'Bearer' : 'Apikey'} ${secret}`;
}

/**
 * Checks an ID before it goes into a path: a whole number, 0 included, which cannot change the path.
 *
 * @param parameter name for the error
 * @returns the id as digits
 * @throws ParameterError unless it is a whole number, 0 or greater
 */
export function checkId(id: unknown, parameter: string): string {
	const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
	if (!/^\d{1,18}$/.test(text)) {
		throw new ParameterError(parameter, 'Invalid Casso ID', "Use Casso's numeric ID, digits only, e.g. 123.");
	}
	return text;
}

/**
 * Returns the record of a response with exactly one: an object, or a list with one object (casso-api 4.6, unknown 6).
 *
 * @param path for the error
 * @throws ApiError (see isNotFound) if the response is null, an empty object or an empty list
 */
export function unwrapSingleRecord(data: unknown, path: string): Record<string, unknown> {
	const record: unknown = Array.isArray(data) ? data[0] : data;
	const object = asObject(record);
	if (object && Object.keys(object).length > 0) return object;
	throw new ApiError({
		service: 'Casso',
		method: 'GET',
		path: `/v2${path}`,
		httpStatus: 200,
		isEmptyAnswer: true,
	});
}
