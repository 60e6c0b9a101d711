/** What can be made to go wrong with a call of the Simplize service, and for which calls. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { FAULT_MESSAGES } from './failures';
import type { FaultLimits } from '../engine/faults';

/** Which calls a rule acts on. */
export interface SimplizeFaultScope extends FaultLimits {
	/** Path under `/simplize`, matched as a beginning; default every path. */
	path?: string;
}

type SimplizeFaultKind =
	| { kind: 'httpError'; status: number; message?: string; retryAfterSeconds?: number }
	| { kind: 'html'; status?: number }
	/** HTTP 200, the failure in the body alone. */
	| { kind: 'errorEnvelope'; status?: number; message?: string }
	/** The request waits on its way, before the server looks at its timestamp. */
	| { kind: 'heldUp'; ms: number }
	/** The answer waits, after the server has accepted the request. */
	| { kind: 'slow'; ms: number }
	/** The connection breaks without an answer, after `ms` (default 0). */
	| { kind: 'reset'; ms?: number }
	/** The answer, cut so that it is no JSON. */
	| { kind: 'invalidJson' }
	| { kind: 'emptyData' }
	/** `total` says so much more, or less, than there is. */
	| { kind: 'wrongTotal'; by: number }
	/** The page after `page` (zero-based, default 0) holds that page's records again; `forever`: every later one does. */
	| { kind: 'repeatPage'; page?: number; forever?: boolean };

export type SimplizeFault = SimplizeFaultScope & SimplizeFaultKind;
export type SimplizeFaultName = SimplizeFaultKind['kind'];

/** @param path under `/simplize`, without the query */
export function faultMatches(rule: SimplizeFaultScope, path: string): boolean {
	return rule.path === undefined || path.startsWith(rule.path);
}

/** The first rule of one kind. */
export function findFault<Name extends SimplizeFaultName>(
	faults: readonly SimplizeFault[],
	kind: Name,
): Extract<SimplizeFault, { kind: Name }> | undefined {
	return faults.find((rule): rule is Extract<SimplizeFault, { kind: Name }> => rule.kind === kind);
}

const HTML_PAGE =
	'<!DOCTYPE html>\r\n<html><head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body></html>\r\n';

/** @returns true where the fault gave the answer, or took the connection away */
export async function replacedByFault(faults: readonly SimplizeFault[], reply: FastifyReply): Promise<boolean> {
	const heldUp = findFault(faults, 'heldUp');
	if (heldUp) await sleep(heldUp.ms, undefined, { ref: false });
	for (const rule of faults) {
		if (rule.kind === 'httpError') {
			if (rule.retryAfterSeconds !== undefined) reply.header('retry-after', String(rule.retryAfterSeconds));
			const message = rule.message ?? FAULT_MESSAGES[rule.status] ?? `HTTP ${String(rule.status)}`;
			void reply.code(rule.status).send({ status: rule.status, message });
			return true;
		}
		if (rule.kind === 'html') {
			void reply
				.code(rule.status ?? 502)
				.type('text/html')
				.send(HTML_PAGE);
			return true;
		}
		if (rule.kind === 'errorEnvelope') {
			const status = rule.status ?? 400;
			void reply.code(200).send({ status, message: rule.message ?? FAULT_MESSAGES[status] ?? 'Error' });
			return true;
		}
		if (rule.kind === 'reset') {
			await sleep(rule.ms ?? 0, undefined, { ref: false });
			reply.hijack();
			reply.raw.socket?.destroy();
			return true;
		}
	}
	return false;
}

/** The answer as the faults let it out. */
export async function alterResponse(faults: readonly SimplizeFault[], text: string): Promise<string> {
	const slow = findFault(faults, 'slow');
	if (slow) await sleep(slow.ms, undefined, { ref: false });
	return findFault(faults, 'invalidJson') ? text.slice(0, Math.max(1, Math.floor(text.length / 2))) : text;
}
