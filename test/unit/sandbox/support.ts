/** What the sandbox's tests share: a caller of its APIs, and a receiver of its webhooks that answers as it is told. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery, Sandbox, SandboxOptions, WebhookDialect } from '@saoke/sandbox';
import { startSandbox } from '@saoke/sandbox';
import { signatureHeader } from '../../../packages/sandbox/src/casso/webhooks/signature';

export interface Answer {
	status: number;
	headers: Headers;
	text: string;
	/** The body as JSON. */
	body: Envelope;
}

export interface Envelope {
	error: number;
	message: string;
	data: unknown;
}

export interface ListData {
	page: number;
	pageSize: number;
	nextPage?: number | null;
	prevPage?: number | null;
	totalPages: number;
	totalRecords: number;
	records: Array<
		Record<string, unknown> & { id: number; privateId: number; amount: number; description: string; when: string }
	>;
}

/** 20 November 2026, 10:00 in Vietnam. */
export const NOW = Date.parse('2026-11-20T10:00:00+07:00');

const open: Array<() => Promise<void>> = [];

/** A sandbox that `closeAll` ends; small and at a fixed time unless told otherwise. */
export async function sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const started = await startSandbox({ now: () => NOW, transactions: 40, ...options });
	open.push(() => started.close());
	return started;
}

/** Ends every sandbox and receiver of a test. */
export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map((close) => close()));
}

/** Calls Casso's API with the right key. */
export async function call(
	target: Sandbox,
	path: string,
	init: RequestInit & { json?: unknown } = {},
): Promise<Answer> {
	const { json, headers, ...rest } = init;
	const response = await fetch(`${target.cassoUrl}${path}`, {
		...rest,
		headers: {
			Authorization: `Apikey ${target.apiKey}`,
			'Content-Type': 'application/json',
			...(headers as Record<string, string>),
		},
		body: json === undefined ? rest.body : JSON.stringify(json),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Calls the control API. */
export async function control(
	target: Sandbox,
	method: string,
	path: string,
	json?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
	const response = await fetch(`${target.url}/control/casso${path}`, {
		method,
		headers: method === 'GET' ? {} : { 'Content-Type': 'application/json' },
		body: json === undefined ? undefined : JSON.stringify(json),
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** `data` of a list call. */
export async function list(target: Sandbox, query = '', path = '/v2/transactions'): Promise<ListData> {
	const answer = await call(target, `${path}${query}`);
	return answer.body.data as ListData;
}

function parse(text: string): Envelope {
	try {
		return JSON.parse(text) as Envelope;
	} catch {
		return { error: NaN, message: 'not JSON', data: undefined };
	}
}

export interface Received {
	headers: http.IncomingHttpHeaders;
	body: string;
	json: { error: number; data?: unknown };
	at: number;
	path: string;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** Greatest number of requests that were open at the same time. */
	mostAtOnce: number;
	/** Decides each answer; default 200 with `{"success":true}`. Null: none at all. */
	answer: (request: Received, count: number) => { status: number; body: string; delayMs?: number } | null;
}

/** A webhook target on this machine. */
export async function receiver(): Promise<Receiver> {
	const state: Receiver = {
		url: '',
		received: [],
		mostAtOnce: 0,
		answer: () => ({ status: 200, body: '{"success":true}' }),
	};
	let atOnce = 0;
	const server = http.createServer((request, response) => {
		atOnce += 1;
		state.mostAtOnce = Math.max(state.mostAtOnce, atOnce);
		response.on('close', () => {
			atOnce -= 1;
		});
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			const entry: Received = {
				headers: request.headers,
				body,
				json: JSON.parse(body) as Received['json'],
				at: performance.now(),
				path: request.url ?? '',
			};
			state.received.push(entry);
			const answer = state.answer(entry, state.received.length);
			if (answer === null) return;
			setTimeout(() => {
				response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body);
			}, answer.delayMs ?? 0);
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	open.push(
		() =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	);
	state.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`;
	return state;
}

/** Ids of the transactions in a received delivery of either dialect. */
export function idsIn({ json }: Received): number[] {
	const records = Array.isArray(json.data) ? json.data : [json.data];
	return records.map((record) => (record as { id: number }).id);
}

/** Secrets of the webhooks that `stage` makes. */
export const TOKEN = 'token-of-the-legacy-webhook-1234';
export const KEY = 'KeyOfTheSignedWebhook0123456789KeyOfTheSignedWebhook0123456789ab';

/** A sandbox, its webhook, and the receiver that it points at. */
export interface Stage {
	casso: Sandbox;
	target: Receiver;
	webhookId: number;
}

/** A sandbox with one webhook that points at a receiver. Gaps are a minute of schedule time each unless told otherwise. */
export async function stage(
	dialect: WebhookDialect = 'v2',
	options: SandboxOptions = {},
	extra: object = {},
): Promise<Stage> {
	const casso = await sandbox({ transactions: 0, retryGapsMs: [60_000, 60_000, 60_000], ...options });
	const target = await receiver();
	const secret = dialect === 'v2' ? KEY : TOKEN;
	const { id } = await casso.casso.webhooks.createByDashboard({ url: target.url, dialect, secret, ...extra });
	return { casso, target, webhookId: id };
}

/** The signature is that of the body and of its own `t`. */
export function expectSigned({ headers, body }: Received): void {
	const header = String(headers['x-casso-signature']);
	const t = Number(/^t=(\d+),v1=[0-9a-f]{128}$/.exec(header)?.[1]);
	expect(header).toBe(signatureHeader(body, KEY, t));
}

/** The one delivery of the ledger. */
export function onlyDelivery({ casso }: Stage): Delivery {
	const deliveries = casso.casso.deliveries.list();
	expect(deliveries).toHaveLength(1);
	return deliveries[0] as Delivery;
}
