import http from 'node:http';
import https from 'node:https';

/** Where webhooks may be sent: any http(s) URL is registered, but only loopback is called unless that was allowed. */

/** The URL if it is one that a webhook may have, otherwise null. */
export function parseWebhookUrl(text: string): URL | null {
	if (!URL.canParse(text)) return null;
	const url = new URL(text);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
}

/** True for localhost, 127.0.0.0/8 and ::1. @param hostname as `URL.hostname` gives it */
export function isLoopbackHost(hostname: string): boolean {
	const name = hostname.toLowerCase().replace(/^\[|\]$/g, '');
	return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** Free connections are dropped before the usual server (5 s keep-alive) drops them, so that none breaks in use. */
const FREE_SOCKET_MS = 3_000;
const KEPT_BODY_BYTES = 64 * 1024;

export interface WebhookAnswer {
	status: number;
	headers: Record<string, string>;
	/** The first 64 kB. */
	body: string;
}

export class WebhookSender {
	private readonly httpAgent = new http.Agent({ keepAlive: true, maxFreeSockets: 256, timeout: FREE_SOCKET_MS });
	private readonly httpsAgent = new https.Agent({ keepAlive: true, maxFreeSockets: 256, timeout: FREE_SOCKET_MS });

	/**
	 * POSTs the text with exactly these headers. A kept connection that the target had closed is replaced once by a fresh one.
	 * @param deadlineMs real ms until the answer must be complete
	 * @throws Error with the reason why there is no answer
	 */
	async post(url: string, headers: Record<string, string>, body: string, deadlineMs: number): Promise<WebhookAnswer> {
		const startedAt = performance.now();
		try {
			return await this.postOnce(url, headers, body, deadlineMs);
		} catch (error) {
			const left = deadlineMs - (performance.now() - startedAt);
			if (!(error instanceof StaleConnectionError) || left <= 0) throw error;
			return this.postOnce(url, headers, body, left);
		}
	}

	/** Breaks every connection. */
	close(): void {
		this.httpAgent.destroy();
		this.httpsAgent.destroy();
	}

	private postOnce(
		url: string,
		headers: Record<string, string>,
		body: string,
		deadlineMs: number,
	): Promise<WebhookAnswer> {
		const secure = url.startsWith('https:');
		return new Promise((resolve, reject) => {
			const request = (secure ? https : http).request(url, {
				method: 'POST',
				agent: secure ? this.httpsAgent : this.httpAgent,
				headers,
			});
			const timer = setTimeout(() => {
				request.destroy(new Error(`no complete answer within ${String(Math.round(deadlineMs))} ms`));
			}, deadlineMs);
			const fail = (error: NodeJS.ErrnoException): void => {
				clearTimeout(timer);
				reject(request.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnectionError(error.message) : error);
			};
			request.on('error', fail);
			request.on('response', (response) => {
				readAnswer(response).then((answer) => {
					clearTimeout(timer);
					resolve(answer);
				}, fail);
			});
			request.end(body);
		});
	}
}

/** The target had closed the kept connection at the moment it was used again. */
class StaleConnectionError extends Error {
	override readonly name = 'StaleConnectionError';
}

async function readAnswer(response: http.IncomingMessage): Promise<WebhookAnswer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		if (size < KEPT_BODY_BYTES) chunks.push(chunk);
		size += chunk.length;
	}
	const headers = Object.fromEntries(
		Object.entries(response.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : (value ?? ''),
		]),
	);
	const body = Buffer.concat(chunks).subarray(0, KEPT_BODY_BYTES).toString('utf8');
	return { status: response.statusCode ?? 0, headers, body };
}
