/** HTTP as core needs it: one injected function, and a client that retries reads and honours Retry-After. */
import { NetworkError, ParameterError } from '../errors';
import { asObject, asText } from '../json';

/** What core needs of a host to speak HTTP: one function, injected. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface HttpRequest {
	method: HttpMethod;
	/** Complete URL, query included and already percent-encoded. */
	url: string;
	headers: Record<string, string>;
	/** Exact text to send; undefined for none. */
	body?: string;
	/** Longest wait for the answer, in ms. */
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
 * Sends one request and resolves with whatever was answered, error statuses included.
 * Rejects only if no complete answer came. It does not retry and does not follow redirects.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

/** Time and chance, injected so that core has no timer of its own. */
export interface Runtime {
	/** Unix time in ms. */
	now: () => number;
	/** Resolves after the given ms; may reject when the host stops. */
	sleep: (ms: number) => Promise<void>;
	/** Uniform in [0, 1). */
	random: () => number;
	/** Longest total waiting for one call over all its attempts, in ms; default 2 minutes. */
	maxTotalWaitMs?: number;
}

const RETRYABLE_STATUS = new Set([429, 502, 503, 504]);
const MAX_ATTEMPTS = 5;

/** Longest total waiting of one call, in ms, where the host names none. */
export const DEFAULT_TOTAL_WAIT_MS = 120_000;

export interface SendOptions {
	/** True for calls that change nothing at the service, whatever their method. */
	isRead: boolean;
	/** True for further answers that deserve another attempt; statuses 429, 502, 503 and 504 always do. */
	isRetryable?: (response: HttpResponse) => boolean;
	/** Limits how many requests are in flight, and their pace after a 429. */
	gate?: Gate;
}

/** What a request waits for before it is sent, and leaves afterwards. */
export interface Gate {
	enter: () => Promise<void>;
	/** @param response undefined if no answer came */
	leave: (response?: HttpResponse) => void;
}

/**
 * Sends a request with the retries that are safe for it: reads are tried again, writes never.
 *
 * @param makeRequest makes the request again for each attempt, so that a signature is never sent twice
 * @returns the first answer that is not worth another attempt, error statuses included
 * @throws NetworkError when no answer came; ParameterError of the transport as it is
 */
export async function send(
	transport: Transport,
	runtime: Runtime,
	makeRequest: () => HttpRequest,
	options: SendOptions,
): Promise<HttpResponse> {
	const { gate } = options;
	let leftToWaitMs = runtime.maxTotalWaitMs ?? DEFAULT_TOTAL_WAIT_MS;
	for (let attempt = 1; ; attempt++) {
		await gate?.enter();
		const request = makeRequest();
		let response: HttpResponse | undefined;
		let reason = '';
		try {
			response = await transport(request);
		} catch (error) {
			// The transport adds the key: one that cannot be sent is no network failure, and no better next time.
			if (error instanceof ParameterError) throw error;
			reason = getReason(error);
		} finally {
			gate?.leave(response);
		}
		const waitMs = nextWaitMs(response, attempt, runtime, options);
		if (waitMs === undefined || waitMs > leftToWaitMs) {
			if (response) return response;
			throw new NetworkError(request.method, getPath(request.url), reason);
		}
		leftToWaitMs -= waitMs;
		await runtime.sleep(waitMs);
	}
}

/** @param response undefined if no answer came */
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

/** Path of a URL without its query, safe to show. */
export function getPath(url: string): string {
	return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
}

/** A short reason that holds no URL and no header: an error code where there is one, else a known kind. */
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

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the next attempt: capped exponential growth, with jitter so that clients do not march in step.
 *
 * @param attempt number of the attempt that just failed, from 1
 * @param random uniform in [0, 1)
 * @param retryAfterMs what the service asked for, in ms; obeyed in full, plus a little jitter
 * @returns ms to wait
 */
export function backoffMs(attempt: number, random: () => number, retryAfterMs?: number): number {
	if (retryAfterMs !== undefined) return retryAfterMs + Math.round(random() * 250);
	const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
	return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

/** The three forms of an HTTP date; nothing else, since Date.parse takes almost any words with a number for a date. */
const HTTP_DATE =
	/^(?:[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2}) \d{2}:\d{2}:\d{2} GMT$/;

const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/**
 * Reads the Retry-After header of RFC 9110: seconds or an HTTP date.
 *
 * @param header value of `Retry-After`, if any
 * @param nowMs Unix time in ms, to which a date is compared
 * @returns ms to wait, never negative; undefined if the header says nothing usable
 */
export function parseRetryAfter(header: string | undefined, nowMs: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
	const atMs = parseHttpDate(text);
	return atMs === undefined ? undefined : Math.max(0, atMs - nowMs);
}

function parseHttpDate(text: string): number | undefined {
	if (!HTTP_DATE.test(text) && !ASCTIME.test(text)) return undefined;
	// The asctime form names no zone and means GMT.
	const atMs = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
	return Number.isNaN(atMs) ? undefined : atMs;
}
