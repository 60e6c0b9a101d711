/** What the nodes need beyond Node-RED, injected so that tests can replace it. */
import type { HttpRequest, HttpResponse } from '@saoke/core';

/** Sends single requests over connections that are kept open, and can end them all. */
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
