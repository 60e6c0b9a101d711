/**
 * Receives webhook deliveries for the doctor: checks each, answers as it is told, keeps it, and prints one JSON object a
 * line. It listens on this machine only, so put a tunnel of your own before it.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	describeRefusal,
	parseDelivery,
	refusalStatus,
	verifyWebhook,
	vietnamIso,
	type Delivery,
	type Verification,
	type WebhookSecrets,
} from '@saoke/core';
import type { ReceivedDelivery } from '@saoke/core/doctor';

export interface ListenOptions {
	port: number;
	/** Public address that leads to the port. */
	url: string;
	secrets: WebhookSecrets;
	/** Token of the doctor's own webhook, if it registers one. */
	ownToken?: string;
	/** HTTP status for authentic deliveries, and after how many ms. */
	answer: number;
	delayMs: number;
	/** Part of the path of the doctor's own webhook. */
	ownPath: string;
}

export interface Listener {
	received: ReceivedDelivery[];
	/** Whether a request to the public address arrives here. */
	isReached: () => Promise<boolean>;
	close: () => Promise<void>;
}

/** @throws the system's error if the port is taken */
export async function listen(options: ListenOptions): Promise<Listener> {
	const received: ReceivedDelivery[] = [];
	const knock = `/${randomUUID()}`;
	let isKnocked = false;
	const server = createServer((request, response) => {
		void buffer(request).then(async (body) => {
			if (request.url?.endsWith(knock)) {
				isKnocked = true;
				response.writeHead(204).end();
				return;
			}
			const isOwn = request.url?.includes(options.ownPath) === true;
			const secrets = isOwn ? { ...options.secrets, secureToken: options.ownToken } : options.secrets;
			const verdict = verifyWebhook(request.headers, body, secrets, { nowMs: Date.now(), allowLegacy: true });
			const answered = verdict.isAuthentic ? options.answer : refusalStatus(verdict.reason);
			const { headers } = request;
			received.push({ atMs: Date.now(), headers, body, answered, delayMs: options.delayMs, isOwn });
			process.stdout.write(`${JSON.stringify({ ...describe(request, verdict), answered })}\n`);
			// Without `ref`, so that the doctor need not wait for it at the end.
			await sleep(options.delayMs, undefined, { ref: false });
			response
				.writeHead(answered, { 'content-type': 'application/json' })
				.end(JSON.stringify({ success: answered === 200 }));
		}, noteBroken);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(options.port, '127.0.0.1', resolve);
	});
	return {
		received,
		isReached: async () => {
			await fetch(options.url.replace(/\/*$/, knock), { method: 'POST', signal: AbortSignal.timeout(10_000) }).catch(
				noteBroken,
			);
			return isKnocked;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** A request that never became whole is no delivery. */
function noteBroken(): void {
	process.stderr.write('A request broke off.\n');
}

/** When it came, from where, when it was signed, and which transactions it holds; neither secrets nor memos. */
function describe({ headers }: IncomingMessage, verdict: Verification): Record<string, unknown> {
	const signedAt = /t=(\d{1,15})/.exec(String(headers['x-casso-signature'] ?? ''))?.[1];
	return {
		at: vietnamIso(Date.now()),
		signedAt: signedAt === undefined ? null : vietnamIso(Number(signedAt)),
		from: headers['x-forwarded-for'] ?? null,
		userAgent: headers['user-agent'] ?? null,
		...(verdict.isAuthentic
			? { dialect: verdict.dialect, ...getContent(parseDelivery(verdict.body)) }
			: { refused: describeRefusal(verdict.reason) }),
	};
}

function getContent(delivery: Delivery): Record<string, unknown> {
	if (delivery.kind === 'empty') return { empty: delivery.reason };
	return {
		ids: delivery.transactions.map(({ transaction }) => transaction.id),
		keys: delivery.transactions.map(({ raw }) => Object.keys(raw).join(' ')),
	};
}
