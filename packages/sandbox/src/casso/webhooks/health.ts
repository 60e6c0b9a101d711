/** A webhook's state by its failures: ACTIVE → PAUSED → DISABLE (spec 7). Times are schedule ms. */
import type { RegisteredWebhook } from './model';
import type { DeliverySettings } from './settings';

export function noteSuccess(webhook: RegisteredWebhook, now: number): void {
	webhook.failingSince = null;
	webhook.lastSuccessAt = now;
}

/** A failed attempt: failures only, for long enough, pause the webhook. */
export function noteFailure(webhook: RegisteredWebhook, now: number, settings: DeliverySettings): void {
	webhook.failingSince ??= now;
	if (now - webhook.failingSince >= settings.pauseAfterMs) pause(webhook);
}

/** An event used up its retries: that pauses the webhook if nothing succeeded since the event's first attempt. */
export function noteExhausted(webhook: RegisteredWebhook, firstAttemptAt: number, settings: DeliverySettings): void {
	const succeededSince = webhook.lastSuccessAt !== null && webhook.lastSuccessAt >= firstAttemptAt;
	if (settings.pauseWhenExhausted && !succeededSince) pause(webhook);
}

/** To be called before a state is read: time alone disables a paused webhook. */
export function refreshState(webhook: RegisteredWebhook, now: number, settings: DeliverySettings): void {
	if (webhook.state !== 'PAUSED' || webhook.failingSince === null) return;
	if (now - webhook.failingSince >= settings.disableAfterMs) webhook.state = 'DISABLE';
}

export function reactivate(webhook: RegisteredWebhook): void {
	webhook.state = 'ACTIVE';
	webhook.failingSince = null;
}

function pause(webhook: RegisteredWebhook): void {
	if (webhook.state === 'ACTIVE') webhook.state = 'PAUSED';
}
