/**
 * Watches webhook deliveries: checks each, answers as it is told, and prints one JSON object a line. For seeing what
 * Casso really sends; it listens on this machine only, so put a tunnel of your own before it.
 *
 *   CASSO_SECURITY_KEY=… npx tsx examples/host/deliveries.ts --port 4020 --answer 500 --delay 6000
 */
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
	describeRefusal,
	parseDelivery,
	refusalStatus,
	verifyWebhook,
	vietnamIso,
	type Delivery,
	type Verification,
} from '@saoke/core';
import { fail } from './parts';

const { CASSO_SECURITY_KEY: securityKey, CASSO_SECURE_TOKEN: secureToken } = process.env;

function listen(): void {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '4020' },
			answer: { type: 'string', default: '200' },
			delay: { type: 'string', default: '0' },
		},
	});
	const server = createServer((request, response) => {
		void buffer(request).then(async (body) => {
			const verdict = verifyWebhook(
				request.headers,
				body,
				{ securityKey, secureToken },
				{ nowMs: Date.now(), allowLegacy: true },
			);
			const status = verdict.isAuthentic ? Number(values.answer) : refusalStatus(verdict.reason);
			process.stdout.write(`${JSON.stringify({ ...describe(request, verdict), answered: status })}\n`);
			await sleep(Number(values.delay));
			response
				.writeHead(status, { 'content-type': 'application/json' })
				.end(JSON.stringify({ success: status === 200 }));
		}, fail);
	});
	server.on('error', fail);
	server.listen(Number(values.port), '127.0.0.1', () =>
		process.stderr.write(`Waiting on http://127.0.0.1:${values.port}; Ctrl-C ends it.\n`),
	);
}

/** When it came, from where, when it was signed, and which transactions it holds; neither secrets nor memos. */
function describe({ headers }: IncomingMessage, verdict: Verification): Record<string, unknown> {
	const signedAt = /t=(\d+)/.exec(String(headers['x-casso-signature'] ?? ''))?.[1];
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

listen();
