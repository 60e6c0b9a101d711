/** Puts one webhook request together: body, headers and signature, bent by the faults of the attempt (spec 6). */
import { findDeliveryFault, type AttemptFault } from './faults';
import type { DeliveryAttempt, RegisteredWebhook } from './model';
import { randomAlphanumerics } from './registry';
import type { DeliverySettings } from './settings';
import { signatureHeader } from './signature';
import { WebhookSender, isLoopbackHost } from '../../engine/targets';

type WebhookRecord = Record<string, unknown>;

/** Legacy: an array. V2: one object. An empty ping has no `data`, or an empty array. */
export interface WebhookPayload {
	error: number;
	data?: WebhookRecord[] | WebhookRecord;
}

export interface ComposedRequest {
	headers: Record<string, string>;
	body: string;
}

const NEVER_OPTIONAL = new Set([
	'id',
	'amount',
	'reference',
	'tid',
	'transactionDateTime',
	'when',
	'accountNumber',
	'bank_sub_acc_id',
	'subAccId',
]);

const MEMOS = {
	long: `${'NGUYEN VAN A chuyen tien mua hang '.repeat(150)}DH1024`,
	vietnamese: 'Nguyễn Thị Đào thanh toán đơn hàng DH1024 / "quà" 50% \\ 🎁 \u2028 Quận 3',
	html: '<script>alert("DH1024")</script><img src=x onerror=alert(1)> DH1024',
} as const;

/**
 * @param payload what happened, before any fault
 * @param t time of signing, Unix ms
 */
export function composeRequest(
	webhook: RegisteredWebhook,
	payload: WebhookPayload,
	t: number,
	faults: readonly AttemptFault[],
): ComposedRequest {
	const body = JSON.stringify(alterPayload(payload, faults));
	const headers: Record<string, string> = { 'Content-Type': 'application/json', 'User-Agent': 'saoke-sandbox' };
	if (findDeliveryFault(faults, 'noSignature') === undefined)
		Object.assign(headers, proofHeader(webhook, body, t, faults));
	const sent = findDeliveryFault(faults, 'tamper') === undefined ? body : tamperAmount(body);
	return { headers, body: sent };
}

function proofHeader(
	webhook: RegisteredWebhook,
	body: string,
	t: number,
	faults: readonly AttemptFault[],
): Record<string, string> {
	const wrongKey = findDeliveryFault(faults, 'wrongKey') !== undefined;
	const badSignature = findDeliveryFault(faults, 'badSignature') !== undefined;
	if (webhook.dialect === 'legacy') {
		return { 'secure-token': wrongKey || badSignature ? randomAlphanumerics(32) : webhook.secret };
	}
	const key = wrongKey ? randomAlphanumerics(64) : webhook.secret;
	const signedAt = t - (findDeliveryFault(faults, 'staleTime')?.ageMs ?? 0);
	const header = signatureHeader(body, key, signedAt);
	return { 'X-Casso-Signature': badSignature ? withOtherLastDigit(header) : header };
}

function withOtherLastDigit(header: string): string {
	return `${header.slice(0, -1)}${header.endsWith('0') ? '1' : '0'}`;
}

function alterPayload(payload: WebhookPayload, faults: readonly AttemptFault[]): WebhookPayload {
	const error = findDeliveryFault(faults, 'errorBody');
	const missing = findDeliveryFault(faults, 'missingKeys');
	const memo = findDeliveryFault(faults, 'memo');
	const bend = (record: WebhookRecord): WebhookRecord => {
		const described = memo === undefined ? record : { ...record, description: MEMOS[memo.form] };
		return missing === undefined ? described : withoutKeys(described, missing.keys);
	};
	const bent: WebhookPayload = { error: error === undefined ? payload.error : (error.error ?? 1) };
	if (payload.data !== undefined) bent.data = Array.isArray(payload.data) ? payload.data.map(bend) : bend(payload.data);
	return bent;
}

function withoutKeys(record: WebhookRecord, keys: readonly string[] | undefined): WebhookRecord {
	const stays = (key: string): boolean => (keys === undefined ? NEVER_OPTIONAL.has(key) : !keys.includes(key));
	return Object.fromEntries(Object.entries(record).filter(([key]) => stays(key)));
}

/** The same JSON with ten times the amount in its first record. */
function tamperAmount(body: string): string {
	return body.replace(
		/"amount":(-?\d+)/,
		(_match, amount: string) => `"amount":${amount === '0' ? '1' : `${amount}0`}`,
	);
}

export type CallResult = Pick<DeliveryAttempt, 'request' | 'response' | 'failure' | 'durationMs'>;

export class TargetCaller {
	private readonly sender = new WebhookSender();

	/** Sends the bytes as composed. `failure` is null if the answer counts as success. */
	async call(webhook: RegisteredWebhook, composed: ComposedRequest, settings: DeliverySettings): Promise<CallResult> {
		const { url } = webhook;
		const whole = { ...composed, headers: { ...composed.headers, ...transportHeaders(url, composed.body) } };
		const request = { method: 'POST' as const, url, ...whole };
		const begin = performance.now();
		const outcome = await this.outcome(webhook, whole, settings);
		return { request, ...outcome, durationMs: Math.round((performance.now() - begin) * 10) / 10 };
	}

	close(): void {
		this.sender.close();
	}

	private async outcome(
		{ url, strict }: RegisteredWebhook,
		{ headers, body }: ComposedRequest,
		settings: DeliverySettings,
	): Promise<Pick<CallResult, 'response' | 'failure'>> {
		if (!settings.allowRemoteTargets && !isLoopbackHost(new URL(url).hostname)) {
			return {
				response: null,
				failure: 'not sent: the target is outside this machine (start with --allow-remote-targets to allow it)',
			};
		}
		try {
			const response = await this.sender.post(url, headers, body, settings.deadlineMs);
			return { response, failure: assessResponse(response.status, response.body, strict || settings.strict) };
		} catch (error) {
			return { response: null, failure: describeError(error) };
		}
	}
}

/** Those that a client would add by itself: set here, so that the ledger holds what is on the wire. */
function transportHeaders(url: string, body: string): Record<string, string> {
	return { Host: new URL(url).host, 'Content-Length': String(Buffer.byteLength(body)), Connection: 'keep-alive' };
}

function describeError(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	return error.message === '' ? code || error.name : error.message;
}

/** @returns null for success, otherwise why it is none */
export function assessResponse(status: number, body: string, strict: boolean): string | null {
	if (status !== 200) return `HTTP status ${String(status)} instead of 200`;
	if (!strict) return null;
	const answer = parseJson(body);
	if (answer === undefined) return 'strict mode: the body is not JSON';
	const success = typeof answer === 'object' && answer !== null && 'success' in answer ? answer.success : undefined;
	if (success === true || success === 1) return null;
	return 'strict mode: the body does not carry "success": true';
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
