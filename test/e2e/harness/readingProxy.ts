/** A proxy that reads what goes through it, with certificates of its own, and answers for every host. */
import { generateCACertificate, getLocal, type Mockttp } from 'mockttp';

export interface Proxy {
	address: string;
	ca: string;
	seen: { url: string; headers: Record<string, unknown> }[];
	close: () => Promise<void>;
}

/** @param name of the authority that signs its certificates */
export async function startProxy(name: string): Promise<Proxy> {
	const authority = await generateCACertificate({ subject: { commonName: name } });
	const server: Mockttp = getLocal({ https: { key: authority.key, cert: authority.cert }, recordTraffic: false });
	await server.start();
	const proxy: Proxy = {
		address: `http://127.0.0.1:${server.port}`,
		ca: authority.cert,
		seen: [],
		close: async () => {
			await server.stop();
		},
	};
	await server.forAnyRequest().thenCallback((request) => {
		proxy.seen.push({ url: request.url, headers: request.headers });
		const { pathname } = new URL(request.url);
		if (pathname === '/redirect') return { statusCode: 302, headers: { location: 'https://evil.example/' } };
		const answer = { error: 0, data: { echo: 'nothing', next: 'https://evil.example/' } };
		return {
			statusCode: pathname === '/refused' ? 401 : 200,
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(answer),
		};
	});
	return proxy;
}
