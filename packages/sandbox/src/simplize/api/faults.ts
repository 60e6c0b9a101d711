/** Applies the faults of the Simplize half: before a call is looked at, or to its answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { faultOfKind, type SimplizeFault } from '../fault';
import { FAULT_MESSAGES } from './inventedErrors';

const HTML_PAGE =
	'<!DOCTYPE html>\r\n<html><head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body></html>\r\n';

/** @returns true where the fault gave the answer, or took the connection away */
export async function replacedByFault(faults: readonly SimplizeFault[], reply: FastifyReply): Promise<boolean> {
	const heldUp = faultOfKind(faults, 'heldUp');
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
export async function bentAnswer(faults: readonly SimplizeFault[], text: string): Promise<string> {
	const slow = faultOfKind(faults, 'slow');
	if (slow) await sleep(slow.ms, undefined, { ref: false });
	return faultOfKind(faults, 'invalidJson') ? text.slice(0, Math.max(1, Math.floor(text.length / 2))) : text;
}
