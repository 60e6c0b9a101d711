/** Telegram's Bot API on 127.0.0.1: it keeps what is sent, and refuses for a while when a test says so. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Telegram {
	url: string;
	/** Parameters of each sendMessage that was taken, from its form. */
	messages: Record<string, string>[];
	/** How many of the next messages are refused because there were too many. */
	floods: number;
	close: () => Promise<void>;
}

export async function startTelegram(): Promise<Telegram> {
	const telegram: Telegram = { url: '', messages: [], floods: 0, close: async () => await Promise.resolve() };
	const server = createServer((request, response) => {
		const answer = (status: number, body: unknown): void => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		};
		if (!request.url?.endsWith('/sendMessage')) {
			answer(200, { ok: true, result: { id: 1, is_bot: true, first_name: 'Till' } });
		} else if (telegram.floods > 0) {
			telegram.floods--;
			const description = 'Too Many Requests: retry after 1';
			answer(429, { ok: false, error_code: 429, description, parameters: { retry_after: 1 } });
		} else {
			void text(request).then((form) => {
				telegram.messages.push(Object.fromEntries(new URLSearchParams(form)));
				answer(200, { ok: true, result: { message_id: telegram.messages.length } });
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	telegram.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	telegram.close = async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
	return telegram;
}
