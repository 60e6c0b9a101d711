/** The five signed endpoints of spec section 6, as a Fastify plugin to be mounted under `/simplize`. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SIMPLIZE_PREFIX } from './contract';
import { ApiFailure, failures } from './failures';
import { alterResponse, faultMatches, replaceAnswer, type SimplizeFault } from './faults';
import type { SimplizePartner } from './partner';
import type { Endpoint } from './readRequest';
import { loggedBody, loggedQuery, signatureMark, type SignedCall } from './requestLog';
import { batchStatus, cashHistories, portfolioDetail, stockTransactions, users } from './routes';
import { getRawQuery, splitQuery } from './signature';
import { verify } from './verify';
import { getSchemaCheck, routePath } from '../engine/operation';

const ENDPOINTS: readonly Endpoint[] = [users, portfolioDetail, cashHistories, stockTransactions, batchStatus];

declare module 'fastify' {
	interface FastifyRequest {
		/** Log entry of this call; only calls of the Simplize service have one. */
		simplizeCall: SignedCall | null;
		simplizeFaults: SimplizeFault[];
	}
}

export function simplizeApi(scope: FastifyInstance, partner: SimplizePartner): void {
	keepRawBodies(scope);
	logAndFaultHooks(scope, partner);
	scope.setErrorHandler<FastifyError>((error, request, reply) => {
		answerFailure(toFailure(error), request, reply, partner);
	});
	for (const endpoint of ENDPOINTS) mount(scope, partner, endpoint);
	// Also an unknown call must be signed: so a signature can be tried on any path.
	scope.setNotFoundHandler((request) => {
		verify(partner, received(request, false));
		throw failures.unknownPath(request.method, getPath(request));
	});
}

/** A signature is over the bytes that came: nothing parses them before they are checked. */
function keepRawBodies(scope: FastifyInstance): void {
	scope.removeAllContentTypeParsers();
	scope.addContentTypeParser<Buffer>('*', { parseAs: 'buffer' }, (_request, bytes, done) => {
		done(null, bytes);
	});
}

function logAndFaultHooks(scope: FastifyInstance, partner: SimplizePartner): void {
	scope.decorateRequest('simplizeCall', null);
	scope.decorateRequest('simplizeFaults');
	scope.addHook('onRequest', async (request, reply) => {
		const call = openLog(request, reply, partner);
		request.simplizeFaults = partner.faults.take((rule) => faultMatches(rule, call.path)).map((fault) => fault.rule);
		call.faults = request.simplizeFaults.map((rule) => rule.kind);
		const { latencyMs } = partner.quirks.values;
		if (latencyMs > 0) await sleep(latencyMs, undefined, { ref: false });
		if (await replaceAnswer(request.simplizeFaults, reply)) return reply;
		return undefined;
	});
	scope.addHook('onSend', async (request, _reply, payload: unknown) =>
		typeof payload === 'string' ? await alterResponse(request.simplizeFaults, payload) : payload,
	);
}

function openLog(request: FastifyRequest, reply: FastifyReply, partner: SimplizePartner): SignedCall {
	const startedAt = performance.now();
	const rawQuery = getRawQuery(request.raw.url ?? '');
	const call = partner.calls.open({
		at: new Date().toISOString(),
		method: request.method,
		path: getPath(request),
		contentType: request.headers['content-type'] ?? null,
	});
	call.query = loggedQuery(rawQuery);
	call.signatureMark = signatureMark(splitQuery(rawQuery)?.find((pair) => pair.name === 'signature')?.value);
	request.simplizeCall = call;
	const finish = (status: number | null): void => {
		if (call.durationMs !== null) return;
		call.status = status;
		call.durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
		partner.events.emit({ type: 'call', call });
	};
	reply.raw.once('finish', () => {
		finish(reply.raw.statusCode);
	});
	reply.raw.once('close', () => {
		finish(null);
	});
	return call;
}

function mount(scope: FastifyInstance, partner: SimplizePartner, endpoint: Endpoint): void {
	const method = endpoint.operation.method.toUpperCase();
	const url = routePath(endpoint.operation);
	scope.route<{ Params: { pathId?: string } }>({
		method,
		url,
		handler: (request) => {
			const call = received(request, endpoint.isUserScoped);
			if (request.simplizeCall) request.simplizeCall.body = loggedBody(call.body);
			const query = verify(partner, call);
			if (method === 'POST' && !isJson(request)) throw failures.wrongContentType();
			return endpoint.answer({
				partner,
				query,
				externalUserId: query.get('externalUserId') ?? '',
				pathId: request.params.pathId ?? '',
				body: call.body,
				faults: request.simplizeFaults,
				fits: getSchemaCheck(request),
			});
		},
	});
	scope.route({
		method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((other) => other !== method),
		url,
		handler: () => {
			throw failures.wrongMethod(method);
		},
	});
}

function received(request: FastifyRequest, isUserScoped: boolean): Parameters<typeof verify>[1] {
	const key = request.headers['x-api-key'];
	return {
		apiKey: typeof key === 'string' ? key : undefined,
		rawQuery: getRawQuery(request.raw.url ?? ''),
		body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
		isUserScoped,
	};
}

function isJson(request: FastifyRequest): boolean {
	return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function getPath(request: FastifyRequest): string {
	const path = (request.raw.url ?? '').split('?')[0] ?? '';
	return path.startsWith(SIMPLIZE_PREFIX) ? path.slice(SIMPLIZE_PREFIX.length) : path;
}

function answerFailure(
	refusal: ApiFailure,
	request: FastifyRequest,
	reply: FastifyReply,
	partner: SimplizePartner,
): void {
	if (request.simplizeCall) {
		request.simplizeCall.refusal = refusal.message;
		request.simplizeCall.hint = refusal.hint ?? null;
	}
	if (refusal.hint !== undefined) reply.header('x-sandbox-hint', refusal.hint);
	const status = partner.quirks.values.errorStatus === 'always200' ? 200 : refusal.status;
	void reply.code(status).send({ status: refusal.status, message: refusal.message });
}

function toFailure(error: FastifyError): ApiFailure {
	if (error instanceof ApiFailure) return error;
	if (error.statusCode === 413) return failures.tooLarge();
	if (error.statusCode !== undefined && error.statusCode < 500) return failures.badRequest(error.message);
	process.stderr.write(`Sandbox: ${error.stack ?? error.message}\n`);
	return failures.internal();
}
