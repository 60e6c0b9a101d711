/** HTTP client: sends through an injected function, retries reads, and honours Retry-After. */
import { NetworkError, ParameterError } from '../errors';
import { asObject, asText } from '../json';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Complete URL, including the percent-encoded query. */
	url: string;
	headers: Record<string, string>;
	/** Exact text to send; undefined for none. */
	body?: string;
	/** Maximum wait for the response, in ms. */
	timeoutMs: number;
}

export interface HttpResponse {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	/** Body as text, not parsed. */
	body: string;
}

/**
 * Sends one request and resolves with the response, including error statuses.
 * Rejects only if no complete response arrived. It does not retry and does not follow redirects.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Clock, timer and randomness, injected by the host. */
export interface Runtime {
	/** Unix time in ms. */
	now: () => number;
	/** Resolves after the given ms; may reject when the host stops. */
	sleep: (ms: number) => Promise<void>;
	/** Uniform in [0, 1). */
	random: () => number;
	/** Maximum total wait for one call across all attempts, in ms; default 2 minutes. */
	maxTotalWaitMs?: number;
}

const RETRYABLE_STATUS = new Set([429, 502, 503, 504]);
const MAX_ATTEMPTS = 5;

/** Default maximum total wait for one call, in ms. */
export const DEFAULT_TOTAL_WAIT_MS = 120_000;

export interface SendOptions {
	/** True for calls that change nothing at the service, regardless of their method. */
	isRead: boolean;
	/** True for other responses to retry; statuses 429, 502, 503 and 504 are always retried. */
	isRetryable?: (response: HttpResponse) => boolean;
	/** Limits the number of requests in flight, and their rate after a 429. */
	gate?: Gate;
}

/** A request enters the gate before it is sent, and leaves it afterwards. */
export interface Gate {
	enter: () => Promise<void>;
	/** @param response undefined if no response arrived */
	leave: (response?: HttpResponse) => void;
}

/**
 * Sends a request. Reads are retried, writes never.
 *
 * @param makeRequest creates a new request for each attempt, so that a signature is never sent twice
 * @returns the first response that is not retried, including error statuses
 * @throws NetworkError if no response arrived; a ParameterError from the transport is passed on
 */
export async function send(
	transport: Transport,
	runtime: Runtime,
	makeRequest: () => HttpRequest,
	options: SendOptions,
): Promise<HttpResponse> {
	const { gate } = options;
	let remainingWaitMs = runtime.maxTotalWaitMs ?? DEFAULT_TOTAL_WAIT_MS;
	for (let attempt = 1; ; attempt++) {
		await gate?.enter();
		const request = makeRequest();
		let response: HttpResponse | undefined;
		let reason = '';
		try {
			response = await transport(request);
		} catch (error) {
			// The transport adds the key. An invalid key is not a network failure, and a retry would not help.
			if (error instanceof ParameterError) throw error;
			reason = getReason(error);
		} finally {
			gate?.leave(response);
		}
		const waitMs = nextWaitMs(response, attempt, runtime, options);
		if (waitMs === undefined || waitMs > remainingWaitMs) {
			if (response) return response;
			throw new NetworkError(request.method, getPath(request.url), reason);
		}
		remainingWaitMs -= waitMs;
		await runtime.sleep(waitMs);
	}
}

/** @param response undefined if no response arrived */
function nextWaitMs(
	response: HttpResponse | undefined,
	attempt: number,
	runtime: Runtime,
	options: SendOptions,
): number | undefined {
	if (!options.isRead || attempt >= MAX_ATTEMPTS) return undefined;
	if (!response) return backoffMs(attempt, runtime.random);
	const isRetryable = RETRYABLE_STATUS.has(response.status) || options.isRetryable?.(response) === true;
	if (!isRetryable) return undefined;
	return backoffMs(attempt, runtime.random, parseRetryAfter(response.headers['retry-after'], runtime.now()));
}

/** Path of a URL without its query, safe to log. */
export function getPath(url: string): string {
	return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
}

/** A short reason without URLs or headers: the error code if there is one, otherwise a general description. */
function getReason(error: unknown): string {
	const chain = [error, asObject(error)?.cause];
	for (const link of chain) {
		const code = asObject(link)?.code;
		if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
	}
	const text = chain.map((link) => asText(asObject(link)?.message)).join(' ');
	if (/time(d)? ?out/i.test(text)) return 'timed out';
	if (/abort/i.test(text)) return 'aborted';
	return 'the connection failed';
}

const MIN_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/**
 * How long to wait before the next attempt: capped exponential backoff with jitter, so that clients do not retry at the same time.
 *
 * @param attempt number of the attempt that failed, from 1
 * @param random uniform in [0, 1)
 * @param retryAfterMs the delay the service requested, in ms; honoured in full, plus a little jitter
 * @returns ms to wait
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs?: number): number {
	if (retryAfterMs !== undefined) return retryAfterMs + Math.round(random() * 250);
	const ceiling = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** (attempt - 1));
	return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** Two of the three HTTP date formats. Date.parse alone accepts almost any words with a number. */
const HTTP_DATE =
	/^(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2}) \d{2}:\d{2}:\d{2} GMT$/;

const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Reads the Retry-After header of RFC 9110: seconds or an HTTP date.
 *
 * @param header value of `Retry-After`, if any
 * @param nowMs current Unix time in ms
 * @returns ms to wait, never negative; undefined if the header is missing or invalid
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	const atMs = parseHttpDate(text);
	return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

function parseHttpDate(text: string): number | undefined {
	if (!HTTP_DATE.test(text) && !ASCTIME.test(text)) return undefined;
	// The asctime format has no zone and means GMT.
	const atMs = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
	return Number.isNaN(atMs) ? undefined : atMs;
}
