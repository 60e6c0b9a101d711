/** The one address of the cluster: production webhooks go to the webhook process, everything else to the main process. */
import http from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer } from 'httpxy';

/** What n8n's documentation sends to webhook processes. Test webhooks (/webhook-test/) belong to the main process. */
const TO_WEBHOOK = /^\/(webhook|webhook-waiting|form|form-waiting)\//;

export interface Front {
	url: string;
	close: () => Promise<void>;
}

/** @param port port on 127.0.0.1 */
export async function startFront(port: number, targets: { mainUrl: string; webhookUrl: string }): Promise<Front> {
	const proxy = createProxyServer({ xfwd: true });
	const getTarget = (address = '/'): string => (TO_WEBHOOK.test(address) ? targets.webhookUrl : targets.mainUrl);
	const sockets = new Set<Socket>();
	const server = http.createServer((request, response) => {
		proxy.web(request, response, { target: getTarget(request.url) }).catch(() => {
			// The process behind is down or hung up: the caller must see a failure and may try again.
			if (!response.headersSent) response.writeHead(502);
			response.end();
		});
	});
	server.on('upgrade', (request, socket: Socket, head) => {
		proxy.ws(request, socket, { target: getTarget(request.url) }, head).catch(() => socket.destroy());
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', () => resolve());
	});
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}
