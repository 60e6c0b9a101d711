/** Collects what the sandbox's Casso delivers to an address of this machine. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ReceivedDelivery } from '@saoke/core/doctor';

export interface Listener {
	url: string;
	received: ReceivedDelivery[];
	/** What is answered. */
	status: number;
	close: () => Promise<void>;
}

/** @param ownPath deliveries to it count as those of the doctor's own webhook */
export async function listen(ownPath = '/own'): Promise<Listener> {
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			const isOwn = request.url === ownPath;
			const { status } = listener;
			listener.received.push({ atMs: Date.now(), headers: request.headers, body, answered: status, delayMs: 0, isOwn });
			response.writeHead(status, { 'content-type': 'application/json' }).end('{"success":true}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const listener: Listener = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		received: [],
		status: 200,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return listener;
}
