/** got as the HTTP client: one request, no automatic retry, no redirect, connections kept open until closed. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { HttpRequest, HttpResponse } from '@saoke/core';
import got from 'got';
import type { HttpClient } from '../host/services';

const MAX_SOCKETS = 8;

/** @param userAgent sent with every request */
export function makeGotClient(userAgent: string): HttpClient {
	const agent = {
		http: new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
		https: new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }),
	};
	const client = got.extend({
		agent,
		followRedirect: false,
		headers: { 'user-agent': userAgent },
		retry: { limit: 0 },
		throwHttpErrors: false,
	});
	return {
		// got's promises keep the bodies of earlier requests alive until a full garbage collection: streams do not.
		send: async (request, signal) => {
			const stream = client.stream(request.url, { ...toOptions(request), signal });
			// A stream that may carry a body waits for its end.
			if (request.body === undefined && request.method !== 'GET') stream.end();
			try {
				const chunks: Buffer[] = [];
				for await (const chunk of stream) chunks.push(chunk as Buffer);
				if (!stream.response) throw new Error('the connection failed');
				const { statusCode, headers } = stream.response;
				return { status: statusCode, headers: singleHeaders(headers), body: Buffer.concat(chunks).toString('utf8') };
			} finally {
				// got does not always end a stream that sent a body. It would listen to the signal for good, and the end of the
				// node would be an error that nobody catches, which ends Node-RED.
				stream.destroy();
			}
		},
		close: () => {
			agent.http.destroy();
			agent.https.destroy();
		},
	};
}

interface GotOptions {
	method: HttpRequest['method'];
	headers: Record<string, string>;
	body?: string;
	timeout: { request: number };
}

function toOptions(request: HttpRequest): GotOptions {
	const options: GotOptions = {
		method: request.method,
		headers: request.headers,
		timeout: { request: request.timeoutMs },
	};
	if (request.body !== undefined) options.body = request.body;
	return options;
}

/** Repeated headers, such as cookies, are not needed. */
function singleHeaders(headers: Record<string, unknown>): HttpResponse['headers'] {
	const single: HttpResponse['headers'] = {};
	for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') single[name] = value;
	return single;
}
