/** External dependencies of the nodes, injected so that tests can replace them. */
import type { HttpRequest, HttpResponse } from '@saoke/core';

/** Sends single requests over persistent connections, and can close them all. */
export interface HttpClient {
	/**
	 * @param signal aborts the request immediately
	 * @returns any complete response, error statuses included
	 * @throws if no complete response arrived
	 */
	send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
	/** Ends every connection. */
	close(): void;
}

export interface Services {
	makeHttpClient(): HttpClient;
	/** Unix time in ms. */
	now(): number;
	/** In ms, of a clock that only goes forward. */
	steadyNow(): number;
	/** Uniform in [0, 1). */
	random(): number;
	/** Rejects with the signal's reason when it is aborted. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}
