/** Sends a request with the retries that are safe for it: reads are tried again, writes never. */
import { NetworkError } from '../errors/NetworkError';
import { ParameterError } from '../errors/ParameterError';
import { asObject, asText } from '../json/reading';
import { backoffMs } from './backoff';
import { parseRetryAfter } from './retryAfter';
import type { HttpRequest, HttpResponse, Runtime, Transport } from './transport';

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
 * @param makeRequest makes the request anew for each attempt, so that a signature is never sent twice
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
			reason = reasonOf(error);
		} finally {
			gate?.leave(response);
		}
		const waitMs = nextWaitMs(response, attempt, runtime, options);
		if (waitMs === undefined || waitMs > leftToWaitMs) {
			if (response) return response;
			throw new NetworkError(request.method, pathOf(request.url), reason);
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
export function pathOf(url: string): string {
	return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/[?#].*$/, '');
}

/** A short reason that holds no URL and no header: an error code where there is one, else a known kind. */
function reasonOf(error: unknown): string {
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
