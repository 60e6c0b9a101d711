/** The HTTP client of in-process tests: got is an ES module, which jest's CommonJS graph cannot hold. */
import type { HttpRequest } from '@saoke/core';
import type { HttpClient } from '../../../packages/node-red-saoke/src/host/services';

/** @param longestMs shorter than what the nodes ask for, so that a test of a timeout does not take half a minute */
export function makeFetchClient(
	longestMs = 30_000,
	onRequest: (request: HttpRequest) => void = () => undefined,
): HttpClient {
	return {
		send: async (request, signal) => {
			onRequest(request);
			const limit = AbortSignal.timeout(Math.min(longestMs, request.timeoutMs));
			const response = await fetch(request.url, {
				method: request.method,
				headers: request.headers,
				body: request.body,
				redirect: 'manual',
				signal: AbortSignal.any([signal, limit]),
			});
			return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
		},
		close: () => undefined,
	};
}
