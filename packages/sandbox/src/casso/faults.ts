/** What can be made to go wrong with an API call, and for which calls. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CassoBank } from './bank';
import { getPath } from './contract';
import type { TransactionInput } from './model';
import { findFault } from './paging';
import type { ActiveFault, FaultLimits } from '../engine/faults';
import { SlidingLimiter } from '../engine/limiter';

/** Which calls a rule acts on. */
export interface ApiFaultScope extends FaultLimits {
	/** Path under `/casso`, e.g. `/v2/transactions`; `*` stands for a part, `**` for anything; default every path. */
	path?: string;
	/** HTTP method; default every method. */
	method?: string;
}

/** `carriedOut`: the call takes effect and only its answer is replaced, as when an answer is lost on the way. */
interface Replacing {
	carriedOut?: boolean;
}

type ApiFaultKind =
	| ({
			kind: 'httpError';
			status: number;
			error?: number;
			message?: string;
			retryAfterSeconds?: number;
			retryAfterForm?: 'seconds' | 'date';
	  } & Replacing)
	/** A real limiter over the last second. */
	| { kind: 'rateLimit'; requestsPerSecond: number; retryAfterForm?: 'seconds' | 'date' | 'none' }
	| ({ kind: 'html'; status?: number } & Replacing)
	/** HTTP 200 with `error` not 0. */
	| ({ kind: 'errorEnvelope'; error?: number; message?: string } & Replacing)
	/** The answer, cut so that it is no JSON. */
	| { kind: 'invalidJson' }
	| { kind: 'nullData' }
	/** The connection breaks after that many bytes of the body (default half); 0: before any. */
	| { kind: 'reset'; afterBytes?: number }
	| { kind: 'slow'; ms: number }
	| ({ kind: 'never' } & Replacing)
	/** Page `page + 1` holds the records of `page` (default 1) again; `forever`: every later page does. */
	| { kind: 'repeatPage'; page?: number; forever?: boolean }
	/** There is always a next page: holding the last records again, new ones, or none. */
	| { kind: 'endlessPages'; records?: 'last' | 'fresh' | 'empty' }
	/** After a list call was answered, transactions appear. */
	| { kind: 'insertWhilePaging'; transactions: TransactionInput[] }
	/** After a list call was answered, a transaction disappears: that one, or the first on the page. */
	| { kind: 'deleteWhilePaging'; transactionId?: number }
	/** Rows with equal times change places from call to call. */
	| { kind: 'shuffleTies' };

export type ApiFault = ApiFaultScope & ApiFaultKind;
export type ApiFaultName = ApiFaultKind['kind'];
/** The rule of one kind. */
export type ApiFaultOf<Name extends ApiFaultName> = Extract<ApiFault, { kind: Name }>;

/** True if the rule is meant for this call. @param path under `/casso`, without the query */
export function faultMatches(rule: ApiFaultScope, method: string, path: string): boolean {
	if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) return false;
	return rule.path === undefined || pathPattern(rule.path).test(path);
}

function pathPattern(pattern: string): RegExp {
	const parts = pattern.split(/(\*\*|\*)/).map((part) => {
		if (part === '**') return '.*';
		return part === '*' ? '[^/]*' : part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
	});
	return new RegExp(`^${parts.join('')}$`);
}

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
			const answer = faultAnswer(rule, bank.clock.now());
			if (answer !== null) return sendAnswer(request, reply, answer);
		}
	}
	return undefined;
}

/** Bends or replaces the answer of a call that was carried out. */
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
		const answer = faultAnswer(rule, bank.clock.now());
		if (answer !== null) {
			reply.code(answer.status).headers(answer.headers);
			text = answer.body;
		}
		if (rule.kind === 'nullData') text = withNullData(text);
		if (rule.kind === 'invalidJson') text = text.slice(0, Math.max(1, Math.floor(text.length / 2)));
	}
	const reset = findFault(request.cassoFaults, 'reset');
	reply.header('content-length', String(Buffer.byteLength(text)));
	return reset === undefined ? text : brokenBody(reply, Buffer.from(text), reset.afterBytes);
}

function withNullData(text: string): string {
	const envelope: unknown = JSON.parse(text);
	return typeof envelope === 'object' && envelope !== null ? JSON.stringify({ ...envelope, data: null }) : text;
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

export interface FaultAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

const HTML_PAGE = [
	'<!DOCTYPE html>',
	'<html><head><title>502 Bad Gateway</title></head>',
	'<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
	'',
].join('\r\n');

/** What a replacing fault answers; null for the other kinds. @param now wall time in ms */
export function faultAnswer(rule: ApiFault, now: number): FaultAnswer | null {
	switch (rule.kind) {
		case 'httpError':
			return {
				status: rule.status,
				headers: { 'content-type': JSON_TYPE, ...retryAfter(rule.retryAfterSeconds, rule.retryAfterForm, now) },
				body: errorBody(rule.error ?? rule.status, rule.message ?? getStatusMessage(rule.status)),
			};
		case 'html':
			return { status: rule.status ?? 502, headers: { 'content-type': 'text/html' }, body: HTML_PAGE };
		case 'errorEnvelope':
			return {
				status: 200,
				headers: { 'content-type': JSON_TYPE },
				body: errorBody(rule.error ?? 99, rule.message ?? 'Internal error'),
			};
		default:
			return null;
	}
}

/** The refusal of the rate limiter. @param waitMs until the next call would be let through */
export function rateLimitAnswer(
	waitMs: number,
	form: 'seconds' | 'date' | 'none' | undefined,
	now: number,
): FaultAnswer {
	const seconds = Math.max(1, Math.ceil(waitMs / 1000));
	const headers = form === 'none' ? {} : retryAfter(seconds, form, now);
	return {
		status: 429,
		headers: { 'content-type': JSON_TYPE, ...headers },
		body: errorBody(429, getStatusMessage(429)),
	};
}

function retryAfter(
	seconds: number | undefined,
	form: 'seconds' | 'date' | undefined,
	now: number,
): Record<string, string> {
	if (seconds === undefined) return {};
	return { 'retry-after': form === 'date' ? new Date(now + seconds * 1000).toUTCString() : String(seconds) };
}

function errorBody(error: number, message: string): string {
	return JSON.stringify({ error, message, data: null });
}

/** Assumed, but for 401 (spec 3). */
function getStatusMessage(status: number): string {
	const known: Readonly<Record<number, string>> = {
		401: 'Unauthorized Access',
		403: 'Forbidden',
		404: 'Not Found',
		429: 'Too Many Requests',
		500: 'Internal Server Error',
		502: 'Bad Gateway',
		503: 'Service Unavailable',
		504: 'Gateway Timeout',
	};
	return known[status] ?? `HTTP ${String(status)}`;
}
