/** The registered webhooks: made through the API (legacy) or as on the dashboard (either dialect). */
import { randomBytes } from 'node:crypto';
import type { DashboardWebhookInput, RegisteredWebhook, VisibleWebhook } from './model';
import type { DeliverySettings } from './settings';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const FIRST_ID = 114;

/** What the API's create and update calls carry (spec 4.8). */
export interface ApiWebhookInput {
	webhook: string;
	secure_token: string;
	income_only: boolean;
}

export class WebhookRegistry {
	private readonly webhooks = new Map<number, RegisteredWebhook>();
	private nextId = FIRST_ID;

	list(): RegisteredWebhook[] {
		return [...this.webhooks.values()];
	}

	get(id: number): RegisteredWebhook | undefined {
		return this.webhooks.get(id);
	}

	withUrl(url: string): RegisteredWebhook[] {
		return this.list().filter((webhook) => webhook.url === url);
	}

	/** `POST /v2/webhooks`: a legacy webhook. */
	createByApi(input: ApiWebhookInput): RegisteredWebhook {
		return this.store({
			dialect: 'legacy',
			url: input.webhook,
			secret: input.secure_token,
			incomeOnly: input.income_only,
			accountIds: null,
			strict: false,
			madeBy: 'api',
		});
	}

	/** A webhook as the dashboard makes it; its secret is in the result and nowhere else afterwards. */
	createByDashboard(input: DashboardWebhookInput): RegisteredWebhook {
		const dialect = input.dialect ?? 'v2';
		return this.store({
			dialect,
			url: input.url,
			secret: input.secret ?? randomAlphanumerics(dialect === 'v2' ? 64 : 32),
			incomeOnly: input.incomeOnly ?? false,
			accountIds: input.accountIds ?? null,
			strict: input.strict ?? false,
			madeBy: 'dashboard',
		});
	}

	/** `PUT /v2/webhooks/:id`: fields that are not given stay. */
	update(webhook: RegisteredWebhook, input: Partial<ApiWebhookInput>): void {
		webhook.url = input.webhook ?? webhook.url;
		webhook.secret = input.secure_token ?? webhook.secret;
		webhook.incomeOnly = input.income_only ?? webhook.incomeOnly;
	}

	get next(): number {
		return this.nextId;
	}

	/** Goes on with what was kept. */
	restore(webhooks: readonly RegisteredWebhook[], nextId: number): void {
		for (const webhook of webhooks) this.webhooks.set(webhook.id, webhook);
		this.nextId = nextId;
	}

	remove(id: number): boolean {
		return this.webhooks.delete(id);
	}

	clear(): void {
		this.webhooks.clear();
		this.nextId = FIRST_ID;
	}

	private store(input: Omit<RegisteredWebhook, 'id' | 'state' | 'failingSince' | 'lastSuccessAt'>): RegisteredWebhook {
		const webhook: RegisteredWebhook = {
			id: this.nextId,
			...input,
			state: 'ACTIVE',
			failingSince: null,
			lastSuccessAt: null,
		};
		this.nextId += 1;
		this.webhooks.set(webhook.id, webhook);
		return webhook;
	}
}

/** The webhook without its secret. */
export function visibleWebhook({
	id,
	dialect,
	url,
	incomeOnly,
	accountIds,
	strict,
	madeBy,
	state,
}: RegisteredWebhook): VisibleWebhook {
	return { id, dialect, url, incomeOnly, accountIds, strict, madeBy, state };
}

/** From the system's secure source, not the seeded one: it is a secret. */
export function randomAlphanumerics(length: number): string {
	let text = '';
	while (text.length < length) {
		for (const byte of randomBytes(length)) {
			// 248 is the greatest multiple of 62 in a byte: what lies above would favour the first letters.
			if (byte < 248 && text.length < length) text += ALPHANUMERICS.charAt(byte % 62);
		}
	}
	return text;
}

/** A webhook's state follows from its failures: ACTIVE → PAUSED → DISABLE (spec 7). Times are schedule ms. */
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
