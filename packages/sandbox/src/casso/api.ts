/** Casso's API of spec section 4, as a Fastify plugin to be mounted under `/casso`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { CassoBank } from './bank';
import { getPath } from './contract';
import { ApiFailure, failures } from './failures';
import { faultHooks } from './faultHooks';
import { maskedBody, type LoggedRequest } from './requestLog';
import { accountRoutes, syncRoutes, transactionRoutes, userRoutes } from './routes';
import { webhookRoutes } from './webhooks/routes';

/** Registers every call of the bank on a scope of its own. Order matters: log, faults, key, call. */
export function cassoApi(scope: FastifyInstance, bank: CassoBank): void {
	acceptJsonBodies(scope);
	logHooks(scope, bank);
	faultHooks(scope, bank);
	authHook(scope, bank);
	scope.setErrorHandler<FastifyError>((error, _request, reply) => {
		answerFailure(toFailure(error), reply, bank);
	});
	scope.setNotFoundHandler((request, reply) => {
		answerFailure(failures.unknownPath(request.method, getPath(request.url)), reply, bank);
	});
	userRoutes(scope, bank);
	accountRoutes(scope, bank);
	transactionRoutes(scope, bank);
	syncRoutes(scope, bank);
	webhookRoutes(scope, bank);
}

function answerFailure(failure: ApiFailure, reply: FastifyReply, bank: CassoBank): void {
	const status = bank.quirks.values.errorStatus === 'always200' ? 200 : failure.status;
	void reply.code(status).headers(failure.headers).send(failure.toEnvelope());
}

function toFailure(error: FastifyError): ApiFailure {
	if (error instanceof ApiFailure) return error;
	if (error.statusCode === 413) return failures.tooLarge();
	if (error.statusCode !== undefined && error.statusCode < 500) return failures.badRequest(error.message);
	process.stderr.write(`Sandbox: ${error.stack ?? error.message}\n`);
	return failures.internal();
}

/** `Authorization: Apikey <key>` in any case, or `Bearer <token>` (spec 2). Anything else: the 401 envelope. */
function authHook(scope: FastifyInstance, bank: CassoBank): void {
	scope.addHook('onRequest', (request, _reply, done) => {
		if (isAuthorized(request.headers.authorization, bank)) done();
		else done(failures.unauthorized());
	});
}

function isAuthorized(header: string | undefined, bank: CassoBank): boolean {
	const parts = /^\s*(\S+)\s+(\S+)\s*$/.exec(header ?? '');
	if (parts === null) return false;
	const [, scheme = '', key = ''] = parts;
	const isApiKey = isSame(key, bank.apiKey);
	switch (scheme.toLowerCase()) {
		case 'apikey':
			return isApiKey;
		case 'bearer':
			return isApiKey || (bank.accessToken !== null && isSame(key, bank.accessToken));
		default:
			return false;
	}
}

function isSame(left: string, right: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(left), digest(right));
}

/** Parses JSON; an empty body is none. Any other content type counts as no body, which the calls then refuse. */
function acceptJsonBodies(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
		if (text.trim() === '') {
			done(null, undefined);
			return;
		}
		try {
			done(null, JSON.parse(text));
		} catch {
			done(failures.badRequest('The request body is not valid JSON'), undefined);
		}
	});
	scope.addContentTypeParser<string>('*', { parseAs: 'string' }, (_request, _text, done) => {
		done(null, undefined);
	});
}

declare module 'fastify' {
	interface FastifyRequest {
		/** The entry of this call; only calls of the Casso service have one. */
		cassoLog: LoggedRequest | null;
	}
}

/** Writes every call into the request log, also those that are never answered. */
function logHooks(scope: FastifyInstance, bank: CassoBank): void {
	scope.decorateRequest('cassoLog', null);
	scope.addHook('onRequest', (request, reply, done) => {
		const startedAt = performance.now();
		const entry = bank.requests.open({
			at: new Date(bank.clock.now()).toISOString(),
			method: request.method,
			path: getPath(request.url),
			query: { ...(request.query as Record<string, unknown>) },
			authScheme: readAuthScheme(request.headers.authorization),
		});
		request.cassoLog = entry;
		const finish = (status: number | null): void => {
			if (entry.durationMs !== null) return;
			entry.status = status;
			entry.durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
			bank.events.emit({ type: 'request', request: entry });
		};
		reply.raw.once('finish', () => {
			finish(reply.raw.statusCode);
		});
		reply.raw.once('close', () => {
			finish(null);
		});
		done();
	});
	scope.addHook('preHandler', (request, _reply, done) => {
		if (request.cassoLog !== null) request.cassoLog.body = maskedBody(request.body);
		done();
	});
}

/** The scheme alone: a header without one may be a bare key, which no log may hold. */
function readAuthScheme(header: string | undefined): string | null {
	if (header === undefined) return null;
	return /^\s*(apikey|bearer|basic)\s/i.exec(header)?.[1] ?? 'other';
}
