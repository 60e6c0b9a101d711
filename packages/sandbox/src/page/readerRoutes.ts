/** `/openapi/*.json`: the API documents; `/docs`: their reader, Swagger UI from npm, served from here. */
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { cassoDocument, controlDocument, simplizeDocument, type ControlRoute } from '../openapi/documents';

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

export function readerRoutes(app: FastifyInstance, controlRoutes: readonly ControlRoute[]): void {
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
