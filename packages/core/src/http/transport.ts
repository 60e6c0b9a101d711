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
 * Rejects only where no complete answer came. It does not retry and does not follow redirects.
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
