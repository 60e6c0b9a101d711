/** Calls a webhook's target with a composed request and judges what comes back; never throws. */
import type { ComposedRequest } from './compose';
import { failureOfAnswer } from './judge';
import type { DeliveryAttempt, RegisteredWebhook } from './model';
import { WebhookSender } from './sender';
import type { DeliverySettings } from './settings';
import { isLoopbackHost } from './target';

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
			return { response, failure: failureOfAnswer(response.status, response.body, strict || settings.strict) };
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
