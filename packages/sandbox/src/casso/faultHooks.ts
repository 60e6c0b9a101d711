/** Applies the API faults: before a call is carried out, or to its answer afterwards. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CassoBank } from './bank';
import { getPath } from './contract';
import { alterText, faultMatches, makeAnswer, rateLimitAnswer, type ApiFault, type FaultAnswer } from './faults';
import { findFault, type ActiveFault } from '../engine/faults';
import { SlidingLimiter } from '../engine/limiter';

declare module 'fastify' {
	interface FastifyRequest {
		/** The faults that act on this call. */
		cassoFaults: ApiFault[];
		/** True once a fault gave the answer. */
		cassoReplaced: boolean;
	}
}

export function faultHooks(scope: FastifyInstance, bank: CassoBank): void {
	const limiters = new WeakMap<ApiFault, SlidingLimiter>();
	scope.decorateRequest('cassoFaults');
	scope.decorateRequest('cassoReplaced', false);
	scope.addHook('onRequest', async (request, reply) => {
		const acting = bank.faults.take((rule) => faultMatches(rule, request.method, getPath(request.url)));
		request.cassoFaults = acting.map((fault) => fault.rule);
		if (request.cassoLog !== null) request.cassoLog.faults = request.cassoFaults.map((rule) => rule.kind);
		const delay = bank.quirks.values.latencyMs + (findFault(request.cassoFaults, 'slow')?.ms ?? 0);
		if (delay > 0) await sleep(delay, undefined, { ref: false });
		const limited = checkRateLimits(acting, limiters, bank.clock.now());
		if (limited !== null) return sendAnswer(request, reply, limited);
		return replaceBefore(request, reply, bank);
	});
	scope.addHook('onSend', async (request, reply, payload: unknown) => {
		if (request.cassoReplaced) return payload;
		return alterResponse(request, reply, typeof payload === 'string' ? payload : '', bank);
	});
}

function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: FaultAnswer): FastifyReply {
	request.cassoReplaced = true;
	return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

function checkRateLimits(
	acting: ReadonlyArray<ActiveFault<ApiFault>>,
	limiters: WeakMap<ApiFault, SlidingLimiter>,
	now: number,
): FaultAnswer | null {
	for (const { rule } of acting) {
		if (rule.kind !== 'rateLimit') continue;
		const limiter = limiters.get(rule) ?? new SlidingLimiter(rule.requestsPerSecond);
		limiters.set(rule, limiter);
		const waitMs = limiter.take(performance.now());
		if (waitMs > 0) return rateLimitAnswer(waitMs, rule.retryAfterForm, now);
	}
	return null;
}

/** Answers, or never does, without carrying the call out. */
function replaceBefore(request: FastifyRequest, reply: FastifyReply, bank: CassoBank): FastifyReply | undefined {
	for (const rule of request.cassoFaults) {
		if (!('carriedOut' in rule) || rule.carriedOut !== true) {
			if (rule.kind === 'never') {
				reply.hijack();
				return reply;
			}
			const answer = makeAnswer(rule, bank.clock.now());
			if (answer !== null) return sendAnswer(request, reply, answer);
		}
	}
	return undefined;
}

/** Alters or replaces the answer of a call that was carried out. */
async function alterResponse(
	request: FastifyRequest,
	reply: FastifyReply,
	payload: string,
	bank: CassoBank,
): Promise<string | Readable> {
	let text = payload;
	for (const rule of request.cassoFaults) {
		// Without an answer the call ends only when one side breaks the connection.
		if (rule.kind === 'never') await new Promise<never>(() => undefined);
		const answer = makeAnswer(rule, bank.clock.now());
		if (answer !== null) {
			reply.code(answer.status).headers(answer.headers);
			text = answer.body;
		}
		text = alterText(rule, text);
	}
	const reset = findFault(request.cassoFaults, 'reset');
	reply.header('content-length', String(Buffer.byteLength(text)));
	return reset === undefined ? text : brokenBody(reply, Buffer.from(text), reset.afterBytes);
}

/** A body that announces its whole length and breaks the connection on the way. */
function brokenBody(reply: FastifyReply, body: Buffer, afterBytes = Math.floor(body.length / 2)): Readable {
	const { socket } = reply.raw;
	if (afterBytes === 0) socket?.destroy();
	return Readable.from(
		breakAfter(body.subarray(0, afterBytes), () => {
			socket?.resetAndDestroy();
		}),
	);
}

async function* breakAfter(part: Buffer, destroy: () => void): AsyncGenerator<Buffer> {
	yield part;
	// Long enough for the part to leave, so that the reader has seen some of the body.
	await sleep(20);
	destroy();
}
