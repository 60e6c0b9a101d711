/** One call to Casso: builds the request, sends it, and opens the envelope (casso-api 1 and 3). */
import { ApiError } from '../errors/ApiError';
import { pathOf, send, type Gate } from '../http/send';
import type { HttpMethod, HttpRequest, HttpResponse, Runtime, Transport } from '../http/transport';
import { parseRetryAfter } from '../http/retryAfter';
import { asObject, asText } from '../json/reading';
import { maskSecrets } from '../text/maskSecrets';

/** Everything a Casso operation needs of its host. The transport adds the Authorization header. */
export interface CassoConnection {
	transport: Transport;
	runtime: Runtime;
	/** Checked base URL without trailing slash and without `/v2`. */
	baseUrl: string;
	/** Shared by all requests of one reading. */
	gate?: Gate;
	/** What must never stand in an error, even where the service echoes it: the key or token in use. */
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
 * @returns `data` of the envelope, null where Casso sent null or an empty body
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
		path: pathOf(request.url),
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
 * @returns undefined where the body is no JSON object
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
