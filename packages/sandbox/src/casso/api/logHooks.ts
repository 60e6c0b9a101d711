/** Writes every call into the request log, also those that are never answered. */
import type { FastifyInstance } from 'fastify';
import type { CassoBank } from '../bank';
import { maskedBody } from '../requestLog';
import type { LoggedRequest } from '../requestLog';
import { pathOf } from './path';

declare module 'fastify' {
	interface FastifyRequest {
		/** The entry of this call; only calls of the Casso half have one. */
		cassoLog: LoggedRequest | null;
	}
}

export function logHooks(scope: FastifyInstance, bank: CassoBank): void {
	scope.decorateRequest('cassoLog', null);
	scope.addHook('onRequest', (request, reply, done) => {
		const startedAt = performance.now();
		const entry = bank.requests.open({
			at: new Date(bank.clock.now()).toISOString(),
			method: request.method,
			path: pathOf(request.url),
			query: { ...(request.query as Record<string, unknown>) },
			authScheme: schemeOf(request.headers.authorization),
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
function schemeOf(header: string | undefined): string | null {
	if (header === undefined) return null;
	return /^\s*(apikey|bearer|basic)\s/i.exec(header)?.[1] ?? 'other';
}
