/** One call to Simplize: request, envelope, clock (simplize-api 1 to 3). */
import { ApiError, RecordError } from '../errors';
import {
	type HttpRequest,
	type HttpResponse,
	parseRetryAfter,
	getPath,
	type Runtime,
	send,
	type Transport,
} from '../http/client';
import { asNumber, asObject, asText, describeType } from '../json';
import { maskSecrets } from '../text';
import { canonicalQuery, type QueryPair } from './signing/canonical';

/** Everything a Simplize operation needs from its host. The transport signs each request that it is given. */
export interface SimplizeConnection {
	transport: Transport;
	runtime: Runtime;
	/** Checked base URL without trailing slash. */
	baseUrl: string;
	/** Ms in which the service accepts a request, as the signer sends it. */
	recvWindow: number;
	/** Secrets to mask in errors if the service echoes them: the API key. */
	secrets?: readonly string[];
}

export interface SimplizeCall {
	method: 'GET' | 'POST';
	/** Path from `/api` on, already percent-encoded, without query. */
	path: string;
	query?: Record<string, string | number | undefined>;
	body?: Record<string, unknown>;
	/** For the signer alone, see `profileHeader`. */
	headers?: Record<string, string>;
}

export interface SimplizeAnswer {
	data: unknown;
	/** Count of all matching records; undefined if the service does not return it. */
	total?: number;
}

const TIMEOUT_MS = 30_000;
const MAX_MESSAGE_LENGTH = 300;

/** Statuses that a wrong clock, key or signature may cause; which one is not published. */
const REFUSED = new Set([400, 401, 403]);

/** The Date of an answer counts whole seconds and is a little old: less than this is no difference. */
const NOTABLE_CLOCK_MS = 2000;

/**
 * One signed call to Simplize: builds the request, sends it, opens the envelope (simplize-api 3.3 and 4).
 *
 * Every call of this client only reads, so it is tried again after network failures, 429 and 5xx, signed again each time.
 *
 * @throws ApiError for HTTP 300 and above, for a body `status` other than 200, and for a body that is no envelope
 * @throws NetworkError when no answer came
 */
export async function callSimplize(connection: SimplizeConnection, call: SimplizeCall): Promise<SimplizeAnswer> {
	const { transport, runtime } = connection;
	let sentAtMs = 0;
	let wasHeldUp = false;
	const makeRequest = (): HttpRequest => {
		sentAtMs = runtime.now();
		return toSimplizeRequest(connection.baseUrl, call);
	};
	const isRetryable = (response: HttpResponse): boolean => {
		const status = effectiveStatus(response);
		if (status === 429 || status >= 500) return true;
		// It reached the service later than it may: the key and signature may be valid. Retried once.
		const isLate = !wasHeldUp && REFUSED.has(status) && runtime.now() - sentAtMs > connection.recvWindow;
		wasHeldUp ||= isLate;
		return isLate;
	};
	const response = await send(transport, runtime, makeRequest, { isRead: true, isRetryable });
	return openEnvelope(response, call, runtime.now(), connection.secrets ?? []);
}

/** The request of a call, not signed. */
export function toSimplizeRequest(baseUrl: string, call: SimplizeCall): HttpRequest {
	const pairs = Object.entries(call.query ?? {})
		.filter(([, value]) => value !== undefined)
		.map(([name, value]): QueryPair => [name, String(value)]);
	const query = pairs.length > 0 ? `?${canonicalQuery(pairs)}` : '';
	const request: HttpRequest = {
		method: call.method,
		url: `${baseUrl}${call.path}${query}`,
		headers: { accept: 'application/json', ...call.headers },
		timeoutMs: TIMEOUT_MS,
	};
	if (call.method === 'POST') {
		request.headers['content-type'] = 'application/json';
		request.body = JSON.stringify(call.body ?? {});
	}
	return request;
}

function openEnvelope(
	response: HttpResponse,
	call: SimplizeCall,
	nowMs: number,
	secrets: readonly string[],
): SimplizeAnswer {
	const envelope = parseEnvelope(response.body);
	const code = envelope ? (asNumber(envelope.status) ?? undefined) : undefined;
	const isHttpSuccess = response.status >= 200 && response.status < 300;
	if (isHttpSuccess && envelope && code === 200) {
		return { data: envelope.data, total: asNumber(envelope.total) ?? undefined };
	}
	const status = isHttpSuccess ? (code ?? response.status) : response.status;
	throw new ApiError({
		service: 'Simplize',
		method: call.method,
		path: getPath(call.path),
		httpStatus: response.status,
		serviceCode: code,
		serviceMessage: maskSecrets(
			maskSignatures(envelope ? asText(envelope.message) : unreadable(response)),
			secrets,
		).slice(0, MAX_MESSAGE_LENGTH),
		retryAfterMs: parseRetryAfter(response.headers['retry-after'], nowMs),
		clockAheadMs: REFUSED.has(status) ? clockAhead(response, nowMs) : undefined,
	});
}

/** The status that counts: of the body if HTTP succeeded, otherwise of HTTP. */
function effectiveStatus(response: HttpResponse): number {
	if (response.status < 200 || response.status >= 300) return response.status;
	const code = asNumber(parseEnvelope(response.body)?.status);
	return code ?? response.status;
}

/** Undefined if the body is no JSON object. */
function parseEnvelope(body: string): Record<string, unknown> | undefined {
	try {
		return asObject(JSON.parse(body));
	} catch {
		return undefined;
	}
}

/** @returns ms by which this machine is ahead, negative behind; undefined if the clocks agree or the answer has no Date */
function clockAhead(response: HttpResponse, nowMs: number): number | undefined {
	const serverMs = Date.parse(response.headers.date ?? '');
	if (Number.isNaN(serverMs)) return undefined;
	// A Date is cut to whole seconds: half a second later is the best guess.
	const aheadMs = nowMs - (serverMs + 500);
	return Math.abs(aheadMs) >= NOTABLE_CLOCK_MS ? aheadMs : undefined;
}

function unreadable(response: HttpResponse): string {
	const type = response.headers['content-type']?.split(';')[0] ?? 'unknown type';
	return `the response is not Simplize's JSON envelope (${type}, ${response.body.length} characters)`;
}

/**
 * The records of a list answer: a list, or nothing.
 *
 * Empty fields are left out by the service, so no `data` is an empty list. @throws RecordError for anything else
 */
export function readRows(data: unknown, what: string): unknown[] {
	if (Array.isArray(data)) return data;
	if (data === undefined || data === null) return [];
	throw new RecordError(`page of ${what}`, 'data', describeType(data));
}

const MASK = '********';

/** In a query, then in either encoding anywhere: 64 hex digits, or 32 bytes as Base64. */
const SIGNATURES = [/(?<=signature["']?[=:]\s*["']?)[^\s&"',}]+/gi, /\b[0-9a-f]{64}\b/gi, /[A-Za-z0-9+/]{43}=/g];

/** Takes signatures out of the words of a service, which may repeat the request that it refuses. */
export function maskSignatures(text: string): string {
	return SIGNATURES.reduce((masked, pattern) => masked.replace(pattern, MASK), text);
}
