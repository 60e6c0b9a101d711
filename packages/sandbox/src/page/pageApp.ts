/** What people look at: the page, the API documents and their reader. Built when the first of them is asked for. */
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { guardHook } from '../control/scope';
import { cassoDocument, controlDocument, simplizeDocument, type ControlRoute } from '../openapi';

/** The same place seen from `src/page` and from a bundle in `dist`. */
const PAGE_DIR = path.join(__dirname, '..', '..', 'page');

/** Nothing but the page's own files; what it shows can become neither script nor markup. */
const PAGE_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join('; ');

export interface PageOptions {
	/** What the sandbox listens on. */
	ownHost: string;
	controlRoutes: readonly ControlRoute[];
}

export async function buildPageApp({ ownHost, controlRoutes }: PageOptions): Promise<FastifyInstance> {
	const app = fastify();
	guardHook(app, ownHost);
	app.addHook('onSend', (_request, reply, payload, done) => {
		if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', PAGE_POLICY);
		void reply.headers({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'no-referrer',
			'cross-origin-opener-policy': 'same-origin',
			'cross-origin-resource-policy': 'same-origin',
		});
		done(null, payload);
	});
	app.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
		void reply.code(error.statusCode ?? 500).send({ message: error.message });
	});
	app.setNotFoundHandler((request, reply) => {
		void reply.code(404).send({ message: `There is nothing at ${request.url.split('?')[0] ?? ''}.` });
	});
	app.register(fastifyStatic, {
		root: PAGE_DIR,
		cacheControl: false,
		etag: true,
		allowedPath: (name) => name !== '/package.json',
	});
	readerRoutes(app, controlRoutes);
	await app.ready();
	return app;
}

/** What the reader needs of its package; the rest of it stays unserved. */
const READER_FILES = ['swagger-ui-bundle.js', 'swagger-ui.css'];

/** Swagger UI writes styles into its elements and pictures into its style sheet; still nothing but this sandbox is contacted. */
const READER_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

function readerRoutes(app: FastifyInstance, controlRoutes: readonly ControlRoute[]): void {
	app.get('/openapi/casso.json', () => cassoDocument());
	app.get('/openapi/simplize.json', () => simplizeDocument());
	app.get('/openapi/control.json', () => controlDocument(controlRoutes));
	app.register(fastifyStatic, {
		root: path.dirname(require.resolve('swagger-ui-dist/package.json')),
		prefix: '/docs/reader/',
		decorateReply: false,
		cacheControl: false,
		allowedPath: (pathName) => READER_FILES.includes(pathName.slice(1)),
	});
	app.get('/docs', (_request, reply) => reply.header('content-security-policy', READER_POLICY).sendFile('docs.html'));
}
