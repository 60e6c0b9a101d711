/** One webhook request: composes it under the faults of the attempt, sends it, and assesses the response (spec 6, 7). */
import { applyFaults, type AttemptFault, type Signing, type WebhookPayload } from './faults';
import type { DeliveryAttempt, RegisteredWebhook } from './model';
import type { DeliverySettings } from './settings';
import { signatureHeader } from './signature';
import { WebhookSender, isLoopbackHost } from '../../engine/targets';

export interface ComposedRequest {
	headers: Record<string, string>;
	body: string;
}

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
	const body = JSON.stringify(applyFaults('alterPayload', payload, faults));
	const { dialect } = webhook;
	const { secret, t: signedAt } = applyFaults<Signing>('alterSigning', { dialect, secret: webhook.secret, t }, faults);
	const proof: Record<string, string> =
		dialect === 'legacy'
			? { 'secure-token': secret }
			: { 'X-Casso-Signature': signatureHeader(body, secret, signedAt) };
	return {
		headers: {
			'Content-Type': 'application/json',
			'User-Agent': 'saoke-sandbox',
			...applyFaults('alterProof', proof, faults),
		},
		body: applyFaults('alterBody', body, faults),
	};
}

export type CallResult = Pick<DeliveryAttempt, 'request' | 'response' | 'failure' | 'durationMs'>;

/** Calls a webhook's target with a composed request and assesses the response; never throws. */
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
function assessResponse(status: number, body: string, strict: boolean): string | null {
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
