/** The faults of Simplize's API: what each one is, and what it does to a call. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { FAULT_MESSAGES } from './failures';
import { findFault, type FaultDefinition, type FaultRule } from '../engine/faults';
import { flag, numberFrom0, text, whole, wholeFrom0, type Fields, type FromFields } from '../engine/schema';

interface FaultAnswer {
	status: number;
	headers?: Record<string, string>;
	body: object | string;
}

interface SimplizeFaultDefinition<F extends Fields, Required extends string> extends FaultDefinition<F, Required> {
	/** The answer that takes the place of the real one; null breaks the connection. */
	answer?: (rule: FromFields<F, Required>) => FaultAnswer | null;
}

function fault<const F extends Fields, const Required extends keyof F & string = never>(
	definition: SimplizeFaultDefinition<F, Required>,
): SimplizeFaultDefinition<F, Required> {
	return definition;
}

export const SIMPLIZE_FAULT_SCOPE = {
	/** Path under `/simplize`, matched as a beginning; default every path. */
	path: text,
} as const;

export const SIMPLIZE_FAULTS = {
	httpError: fault({
		fields: {
			status: { type: 'integer', minimum: 400, maximum: 599 },
			message: text,
			retryAfterSeconds: numberFrom0,
		},
		required: ['status'],
		form: { status: 503, retryAfterSeconds: null },
		answer: ({
			status,
			message = FAULT_MESSAGES[status] ?? `HTTP ${String(status)}`,
			retryAfterSeconds,
		}): FaultAnswer => ({
			status,
			headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
			body: { status, message },
		}),
	}),
	html: fault({
		fields: { status: { type: 'integer', minimum: 200, maximum: 599 } },
		form: { status: 502 },
		answer: ({ status = 502 }) => ({ status, headers: { 'content-type': 'text/html' }, body: HTML_PAGE }),
	}),
	/** HTTP 200; only the body tells of the failure. */
	errorEnvelope: fault({
		fields: { status: { type: 'integer', minimum: 201, maximum: 599 }, message: text },
		form: { status: 400 },
		answer: ({ status = 400, message = FAULT_MESSAGES[status] ?? 'Error' }) => ({
			status: 200,
			body: { status, message },
		}),
	}),
	/** The answer, cut so that it is not JSON. */
	invalidJson: fault({ fields: {} }),
	emptyData: fault({ fields: {} }),
	/** `total` is this much more, or less, than there is. */
	wrongTotal: fault({ fields: { by: whole }, required: ['by'], form: { by: 5 } }),
	/** The page after `page` (from 0, default 0) holds that page's records again; `forever`: every later one does. */
	repeatPage: fault({ fields: { page: wholeFrom0, forever: flag } }),
	/** The answer waits, after the server has accepted the request. */
	slow: fault({ fields: { ms: wholeFrom0 }, required: ['ms'], form: { ms: 3_000 } }),
	/** The request waits on its way, before the server looks at its timestamp. */
	heldUp: fault({ fields: { ms: wholeFrom0 }, required: ['ms'], form: { ms: 6_000 } }),
	/** The connection breaks without an answer, after `ms` (default 0). */
	reset: fault({ fields: { ms: wholeFrom0 }, answer: () => null }),
};

export type SimplizeFault = FaultRule<typeof SIMPLIZE_FAULTS, typeof SIMPLIZE_FAULT_SCOPE>;

const HTML_PAGE =
	'<!DOCTYPE html>\r\n<html><head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body></html>\r\n';

/** @param path under `/simplize`, without the query */
export function faultMatches(rule: SimplizeFault, path: string): boolean {
	return rule.path === undefined || path.startsWith(rule.path);
}

/** Waits for a request that is held up, then answers in its place. @returns false if no fault does */
export async function replaceAnswer(faults: readonly SimplizeFault[], reply: FastifyReply): Promise<boolean> {
	await wait(findFault(faults, 'heldUp')?.ms);
	for (const rule of faults) {
		const { answer } = SIMPLIZE_FAULTS[rule.kind] as { answer?: (rule: never) => FaultAnswer | null };
		if (answer === undefined) continue;
		const given = answer(rule as never);
		if (given === null) await breakConnection(reply, 'ms' in rule ? rule.ms : 0);
		else
			void reply
				.code(given.status)
				.headers(given.headers ?? {})
				.send(given.body);
		return true;
	}
	return false;
}

/** The text of an answer, when the faults let it out. */
export async function alterResponse(faults: readonly SimplizeFault[], body: string): Promise<string> {
	await wait(findFault(faults, 'slow')?.ms);
	return findFault(faults, 'invalidJson') ? body.slice(0, Math.max(1, Math.floor(body.length / 2))) : body;
}

/** The page to show instead of the one asked for. Pages count from 0. */
export function getShownPage(faults: readonly SimplizeFault[], asked: number): number {
	const rule = findFault(faults, 'repeatPage');
	if (rule === undefined) return asked;
	const { page = 0, forever = false } = rule;
	return asked === page + 1 || (forever && asked > page) ? page : asked;
}

/** The rows of a page and the total of its list, as the faults leave them. */
export function alterList<T>(faults: readonly SimplizeFault[], rows: T[], total: number): { rows: T[]; total: number } {
	return {
		rows: findFault(faults, 'emptyData') ? [] : rows,
		total: Math.max(0, total + (findFault(faults, 'wrongTotal')?.by ?? 0)),
	};
}

async function breakConnection(reply: FastifyReply, afterMs = 0): Promise<void> {
	await wait(afterMs);
	reply.hijack();
	reply.raw.socket?.destroy();
}

async function wait(ms = 0): Promise<void> {
	if (ms > 0) await sleep(ms, undefined, { ref: false });
}
