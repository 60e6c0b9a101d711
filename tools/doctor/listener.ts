/**
 * Receives webhook deliveries for the doctor: checks each, answers as it is told, keeps it, and prints one JSON object a
 * line. It listens on this machine only, so put a tunnel of your own before it.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
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

/** Anybody who finds the public address may send; Casso's deliveries are a few kilobytes. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Of further ones nothing is kept or shown. */
const MAX_REFUSED = 1_000;

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
	let refused = 0;
	const server = createServer((request, response) => {
		void readBody(request).then(
			async (body) => {
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
				if (verdict.isAuthentic || ++refused <= MAX_REFUSED) {
					received.push({ atMs: Date.now(), headers, body, answered, delayMs: options.delayMs, isOwn });
					process.stdout.write(`${JSON.stringify({ ...describe(request, verdict), answered })}\n`);
				}
				// Without `ref`, so that the doctor need not wait for it at the end.
				await sleep(options.delayMs, undefined, { ref: false });
				response
					.writeHead(answered, { 'content-type': 'application/json' })
					.end(JSON.stringify({ success: answered === 200 }));
			},
			() => {
				noteBroken();
				response.writeHead(413, { connection: 'close' }).end();
			},
		);
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

/** @throws Error for a body that is too large or breaks off */
async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > MAX_BODY_BYTES) throw new Error('The body is too large');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

/** A request that never became whole, or became too large, is no delivery. */
function noteBroken(): void {
	process.stderr.write('A request broke off, or was too large.\n');
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
