/** A server that sends every caller somewhere else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RedirectServer {
	url: string;
	close: () => Promise<void>;
}

/** @param target address to which everything is redirected, path kept */
export async function startRedirectServer(target: string): Promise<RedirectServer> {
	const server = createServer((request, response) => {
		response.writeHead(302, { location: `${target}${request.url ?? ''}`, 'content-type': 'application/json' });
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
