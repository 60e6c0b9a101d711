/** Checks that a port is free before anything is started on it. */
import net from 'node:net';

/**
 * @param what who wants the port, for the message
 * @param flag how to choose another, for the message
 * @throws Error with a clear message when the port is taken or may not be used
 */
export async function requireFreePort(port: number, what: string, flag: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const server = net.createServer();
		server.once('error', (error: NodeJS.ErrnoException) => {
			const why = error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be used (${error.code ?? 'unknown'})`;
			reject(new Error(`Port ${port} for ${what} ${why}. End the other program, or choose another port with ${flag}.`));
		});
		server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
	});
}

/** Given out already: what asked for it may not listen yet. */
const given = new Set<number>();

/** @returns a port that was free a moment ago, and that nobody else in this process was given */
export async function freePort(): Promise<number> {
	const port = await new Promise<number>((resolve, reject) => {
		const server = net.createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
		});
	});
	if (given.has(port)) return await freePort();
	given.add(port);
	return port;
}
