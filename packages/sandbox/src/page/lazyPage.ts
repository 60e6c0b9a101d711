/** Hands GET requests that no API knows to the page, which is loaded for the first of them. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PageOptions } from './pageApp';

export function lazyPage(main: FastifyInstance, options: PageOptions): void {
	let page: Promise<FastifyInstance> | null = null;
	main.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return reply.code(404).send({ message: `There is no ${request.method} ${request.url.split('?')[0] ?? ''}.` });
		}
		page ??= import('./pageApp').then(({ buildPageApp }) => buildPageApp(options));
		const app = await page;
		reply.hijack();
		app.routing(request.raw, reply.raw);
		return reply;
	});
	main.addHook('onClose', async () => {
		await (await page)?.close();
	});
}
