/** An HTTP client that is made at its first request: Node-RED then starts sooner, and a flow without calls never loads one. */
import type { HttpClient } from '../host/services';

/** @param make loads and makes the client */
export function makeLazyClient(make: () => Promise<HttpClient>): HttpClient {
	let made: Promise<HttpClient> | undefined;
	return {
		send: async (request, signal) => {
			made ??= make();
			const client = await made;
			signal.throwIfAborted();
			return await client.send(request, signal);
		},
		close: () => {
			made?.then(
				(client) => client.close(),
				() => undefined,
			);
		},
	};
}
