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

/** Everything a Casso operation needs of its host. The transport adds the Authorization header. */
export interface CassoConnection {
	transport: Transport;
	runtime: Runtime;
	/** Checked base URL without trailing slash and without `/v2`. */
	baseUrl: string;
	/** Shared by all requests of one reading. */
	gate?: Gate;
	/** What must never are in an error, even if the service echoes it: the key or token in use. */
	secrets?: readonly string[];
}

export interface CassoCall {
	method: HttpMethod;
	/** Path under `/v2`, already percent-encoded, without query. */
	path: string;
	query?: Record<string, string | number | undefined>;
	body?: Record<string, unknown>;
	/** Longest wait for one answer in ms; default 30 s, as the vendor's examples use. */
	timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/** What a service says is shown, but not without end. */
const MAX_MESSAGE_LENGTH = 300;

/**
 * One call to Casso: builds the request, sends it, and opens the envelope (casso-api 1 and 3).
 *
 * @returns `data` of the envelope, null if Casso sent null or an empty body
 * @throws ApiError for HTTP 400 and above, for `error` other than 0, and for a body that is no envelope
 * @throws NetworkError when no answer came
 */
export async function callCasso(connection: CassoConnection, call: CassoCall): Promise<unknown> {
	const request = toRequest(connection.baseUrl, call);
	const response = await send(connection.transport, connection.runtime, () => request, {
		isRead: call.method === 'GET',
		gate: connection.gate,
	});
	const secrets = [...(connection.secrets ?? []), asText(call.body?.secure_token)];
	return openEnvelope(response, request, connection.runtime.now(), secrets);
}

function toRequest(baseUrl: string, call: CassoCall): HttpRequest {
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
	// The vendor's examples name the type even on GET. On DELETE, servers would look for the body that it announces.
	if (call.body || call.method === 'GET') request.headers['content-type'] = 'application/json';
	if (call.body) request.body = JSON.stringify(call.body);
	return request;
}

function openEnvelope(
	response: HttpResponse,
	request: HttpRequest,
	nowMs: number,
	secrets: readonly string[],
): unknown {
	const envelope = parseEnvelope(response.body);
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

interface Envelope {
	isSuccess: boolean;
	error?: number;
	message?: string;
	data?: unknown;
}

/**
 * A failure is an `error` that is present and not 0. Without one, only an answer that holds `data` counts as an envelope.
 *
 * @returns undefined if the body is no JSON object
 */
function parseEnvelope(body: string): Envelope | undefined {
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
	return `the answer is not Casso's JSON envelope (${type}, ${response.body.length} characters)`;
}

/** Public API, without the version (casso-api 1). */
export const CASSO_PUBLIC_BASE_URL = 'https://oauth.casso.vn';

export interface CassoSecrets {
	authentication: 'apiKey' | 'accessToken';
	apiKey?: string;
	accessToken?: string;
}

/**
 * The Authorization header of Casso (casso-api 2): an API key, or a ready access token.
 *
 * @returns `Apikey <key>` or `Bearer <token>`, surrounding white space removed
 * @throws ParameterError when the chosen secret is empty or cannot are in a header
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
			`The ${label} holds a space or a character that no key has`,
			'Copy it again from Casso.',
		);
	}
	return `${isToken ? 'Bearer' : 'Apikey'} ${secret}`;
}

/**
 * Ids that are in a path: whole numbers, 0 included, never anything that could change the path.
 *
 * @param parameter name for the error
 * @returns the id as digits
 * @throws ParameterError for everything but a whole number from 0 on
 */
export function checkId(id: unknown, parameter: string): string {
	const text = typeof id === 'number' || typeof id === 'string' ? String(id).trim() : '';
	if (!/^\d{1,18}$/.test(text)) {
		throw new ParameterError(
			parameter,
			'This is not an id of Casso',
			"Use Casso's number for it, digits only, e.g. 123.",
		);
	}
	return text;
}

/**
 * The record of an answer that should hold exactly one: an object, or a list of one (casso-api 4.6, unknown 6).
 *
 * @param path for the error
 * @throws ApiError (see isNotFound) if the answer is null, empty or an empty list
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
