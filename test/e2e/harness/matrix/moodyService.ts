/** A proxy in front of the sandbox that can be in trouble: what n8n meets when Casso is. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export const MOODS = ['well', '500', '429', 'refused', '401', 'hanging'] as const;
export type Mood = (typeof MOODS)[number];

export class MoodyService {
	private mood: Mood = 'well';
	private readonly server: http.Server;
	private port = 0;

	private constructor(private readonly target: URL) {
		this.server = http.createServer((request, response) => this.answer(request, response));
	}

	static async start(targetUrl: string): Promise<MoodyService> {
		const service = new MoodyService(new URL(targetUrl));
		await service.listen();
		return service;
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}${this.target.pathname}`.replace(/\/$/, '');
	}

	/** In what trouble it is from now on; calls that hang are let go. */
	async become(mood: Mood): Promise<void> {
		if (mood === this.mood) return;
		if (this.mood !== 'refused') await this.close();
		this.mood = mood;
		if (mood !== 'refused') await this.listen();
	}

	async close(): Promise<void> {
		if (!this.server.listening) return;
		this.server.closeAllConnections();
		await new Promise<void>((resolve) => this.server.close(() => resolve()));
	}

	private async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', () => resolve()));
		this.port = (this.server.address() as AddressInfo).port;
	}

	private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
		if (this.mood === 'hanging') return;
		if (this.mood !== 'well') {
			const status = Number(this.mood);
			response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '600' });
			response.end(JSON.stringify({ error: status, message: 'In trouble', data: null }));
			return;
		}
		const { hostname, port } = this.target;
		const options = { hostname, port, path: request.url, method: request.method, headers: request.headers };
		const forwarded = http.request(options, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		forwarded.on('error', () => response.destroy());
		request.pipe(forwarded);
	}
}
