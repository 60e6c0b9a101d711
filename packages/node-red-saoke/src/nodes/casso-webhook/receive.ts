/** Handles one delivery: verifies it, drops repeats, sends new transactions, responds to Casso. */
import {
	describeRefusal,
	LogThrottle,
	MAX_SIGNED_BODY_BYTES,
	parseDelivery,
	refusalStatus,
	toReportedTransaction,
	verifyWebhook,
	type DeliveredTransaction,
	type RefusalReason,
	type DeliveryDeduplicator,
	type Verification,
	type WebhookDialect,
} from '@saoke/core';
import { toFlowError } from '../../host/FlowError';
import type { ThrottledStatus } from '../../host/throttledStatus';
import { clock, statusText } from '../../host/nodeStatus';
import type { FlowMessage, HostNode, NodeRed } from '../../host/nodeRed';
import { presentTransaction } from '../../host/present';
import type { Services } from '../../host/services';
import type { HookCall, HookHandler } from '../../webhook/webhookTable';
import type { NodeSecrets, WebhookSettings } from './settings';

export interface ReceiverParts {
	RED: NodeRed;
	node: HostNode;
	services: Services;
	settings: WebhookSettings;
	secrets: NodeSecrets;
	memory: DeliveryDeduplicator;
	status: ThrottledStatus;
	/** Filled by the registration with Casso, if there is one: the token's hash, never the token. */
	registration: { tokenHash: string | undefined };
}

/** Invalid requests must not fill the log, or start the flow each time. */
const REPORT_EVERY_MS = 10_000;

/** Casso's deliveries are a few kilobytes; a legacy batch may contain hundreds of transactions. */
const MAX_BODY_BYTES = 1024 * 1024;

const NO_BYTES = Buffer.alloc(0);

interface Reports {
	warn: (text: string) => void;
	/** Limits the second output. @returns how many were suppressed; undefined if this one is suppressed */
	passRefusal: () => number | undefined;
}

export function makeReceiver(parts: ReceiverParts): HookHandler {
	const { node, services } = parts;
	const throttle = new LogThrottle({ intervalMs: REPORT_EVERY_MS, now: () => services.steadyNow() });
	// Each text on its own, so that one kind of forgery does not hide another.
	const warn = (text: string): void => {
		const line = throttle.take(text, text);
		if (line !== undefined) node.warn(line);
	};
	const reports: Reports = { warn, passRefusal: () => throttle.pass('output') };
	return {
		admit: (headers) => {
			// Checks the headers before the body is read; signature and content follow.
			const verdict = verify(parts, { headers, bytes: NO_BYTES });
			if (!verdict.isAuthentic && refusalStatus(verdict.reason) === 401) {
				refuse(parts, verdict.reason, reports);
				return undefined;
			}
			return isSigned(parts, headers) ? MAX_SIGNED_BODY_BYTES : MAX_BODY_BYTES;
		},
		take: (call) => {
			try {
				receive(parts, call, reports);
			} catch (error) {
				// Respond with an error, so that Casso retries.
				call.respond(500, { success: false });
				node.error(toFlowError(error), {});
			}
		},
	};
}

function isSigned({ secrets: { secrets } }: ReceiverParts, headers: HookCall['headers']): boolean {
	const hasKey = secrets.securityKey !== undefined || secrets.previousSecurityKey !== undefined;
	return hasKey && headers['x-casso-signature'] !== undefined;
}

function receive(parts: ReceiverParts, call: HookCall, reports: Reports): void {
	const { warn } = reports;
	const verdict = verify(parts, call);
	if (!verdict.isAuthentic) {
		call.respond(refusalStatus(verdict.reason), { success: false });
		refuse(parts, verdict.reason, reports);
		return;
	}
	const delivery = parseDelivery(verdict.body);
	if (delivery.kind === 'empty') {
		if (delivery.reason !== 'ping') warn(`An authentic delivery contained no transaction (${delivery.reason}).`);
		call.respond(200, { success: true });
		return;
	}
	// Authentic, so a retry would not help: respond with success, and report the unreadable record to a Catch node.
	for (const { error } of delivery.unreadable) parts.node.error(toFlowError(error), {});
	passOn(parts, delivery.transactions, verdict.dialect);
	call.respond(200, { success: true });
}

function verify(
	{ services, settings, secrets, registration }: ReceiverParts,
	{ headers, bytes }: Pick<HookCall, 'headers' | 'bytes'>,
): Verification {
	const { tokenHash } = registration;
	const known = tokenHash === undefined ? secrets.secrets : { ...secrets.secrets, secureTokenHash: tokenHash };
	return verifyWebhook(headers, bytes, known, {
		nowMs: services.now(),
		allowLegacy: settings.accepts.token,
		replayWindowMs: settings.replayWindowMs,
	});
}

function refuse(
	{ node, services, settings, status: shown }: ReceiverParts,
	reason: RefusalReason,
	{ warn, passRefusal }: Reports,
): void {
	const status = refusalStatus(reason);
	warn(`Refused a delivery: ${describeRefusal(reason)}.`);
	shown.showPassing({ fill: 'red', shape: 'ring', text: statusText(status === 401 ? 'refused' : 'unreadable') });
	if (!settings.hasSecondOutput) return;
	const heldBack = passRefusal();
	if (heldBack === undefined) return;
	const payload = {
		refused: true,
		reason,
		message: describeRefusal(reason),
		status,
		receivedAt: new Date(services.now()).toISOString(),
		heldBack,
	};
	node.send([null, { payload }]);
}

/** Contents of a message. */
interface Outgoing {
	found: DeliveredTransaction;
	/** Another delivery reported the same account and id with another amount or description. */
	isConflict: boolean;
}

function passOn(parts: ReceiverParts, transactions: DeliveredTransaction[], proof: WebhookDialect): void {
	const { services, settings, memory, status } = parts;
	const tests = transactions.filter(({ isTest }) => isTest);
	const wanted = transactions.filter((found) => !found.isTest && settings.filter(found));
	const reported = wanted.map((found) => toReportedTransaction(found, proof));
	const claim = memory.claim(reported.filter((one) => one !== undefined));
	let isSent = false;
	try {
		const fresh = wanted.flatMap((found, at) => {
			const one = reported[at];
			if (one && !claim.fresh.has(one)) return [];
			return [{ found, isConflict: one !== undefined && claim.conflicting.has(one) }];
		});
		send(
			parts,
			fresh,
			tests.map((found) => ({ found, isConflict: false })),
		);
		isSent = true;
		if (fresh.length > 0) status.showSent(fresh.length);
		else if (tests.length > 0) status.show({ fill: 'blue', shape: 'dot', text: statusText('tested') });
		else if (wanted.length > 0)
			status.show({ fill: 'grey', shape: 'dot', text: `=${String(wanted.length)} · ${clock(services.now())}` });
	} finally {
		claim.settle(isSent);
	}
}

function send({ RED, node, settings }: ReceiverParts, fresh: Outgoing[], tests: Outgoing[]): void {
	const message = ({ found, isConflict }: Outgoing): FlowMessage => ({
		_msgid: RED.util.generateId(),
		payload: {
			...presentTransaction(found, settings, settings.codePattern),
			...(found.isTest ? { isTest: true } : {}),
			...(isConflict ? { isConflict } : {}),
		},
	});
	if (!settings.hasSecondOutput) {
		// Node-RED has a fast path for a single message.
		const [first, ...others] = fresh;
		if (first && others.length === 0) node.send(message(first));
		else if (first) node.send([fresh.map(message)]);
		return;
	}
	if (fresh.length + tests.length > 0) node.send([fresh.map(message), tests.map(message)]);
}
