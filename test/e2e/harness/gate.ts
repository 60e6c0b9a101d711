/** A TCP gate in front of a server: closed, every connection to it is refused, as when a service is down. */
import net from 'node:net';

export interface Gate {
	/** Address that leads to the target while the gate is open. */
	url: string;
	close: () => Promise<void>;
	/** Opens it again on the same port. */
	open: () => Promise<void>;
}

export async function openGate(targetUrl: string): Promise<Gate> {
	const target = new URL(targetUrl);
	const connections = new Set<net.Socket>();
	const server = net.createServer((incoming) => {
		const outgoing = net.connect(Number(target.port), target.hostname);
		for (const socket of [incoming, outgoing]) {
			connections.add(socket);
			socket.once('close', () => connections.delete(socket));
			// The other side is told by the pipe.
			socket.on('error', () => socket.destroy());
		}
		incoming.pipe(outgoing).pipe(incoming);
	});
	const listen = async (port: number): Promise<void> => {
		await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
	};
	await listen(0);
	const { port } = server.address() as net.AddressInfo;
	return {
		url: `http://127.0.0.1:${port}${target.pathname}`.replace(/\/$/, ''),
		open: async () => await listen(port),
		close: async () => {
			for (const socket of connections) socket.destroy();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
