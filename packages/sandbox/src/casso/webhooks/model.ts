/** Registered webhooks, the events that are delivered to them, and the ledger's record of every attempt. */
import type { FromSchema } from 'json-schema-to-ts';
import { closed, flag, oneOf, text, wholeFrom0 } from '../../engine/schema';

export type WebhookDialect = 'legacy' | 'v2';

/** `DISABLE` and `PAUSED` are Casso's own words (spec 7). */
export type WebhookState = 'ACTIVE' | 'PAUSED' | 'DISABLE';

export interface RegisteredWebhook {
	id: number;
	dialect: WebhookDialect;
	url: string;
	/** Legacy: the `secure-token`; V2: the security key. Never printed after it was made. */
	secret: string;
	incomeOnly: boolean;
	/** Casso account ids, or null for all. */
	accountIds: readonly number[] | null;
	/** HTTP 200 alone is not success: the JSON body must carry `success`. */
	strict: boolean;
	madeBy: 'api' | 'dashboard';
	state: WebhookState;
	/** Schedule time of the first failure since the last success, or null. */
	failingSince: number | null;
	/** Schedule time of the last success, or null. */
	lastSuccessAt: number | null;
}

/** A webhook as the control API shows it: without its secret. */
export type VisibleWebhook = Omit<RegisteredWebhook, 'secret' | 'failingSince' | 'lastSuccessAt'>;

/** What a person fills in on Casso's dashboard. */
export const dashboardWebhookSchema = closed(
	{
		url: text,
		dialect: oneOf('legacy', 'v2'),
		/** Default a random one: 64 alphanumerics for V2, 32 for legacy. */
		secret: { type: 'string', minLength: 1, maxLength: 1000, pattern: '^[\\x20-\\x7e]*$' },
		incomeOnly: flag,
		accountIds: { type: 'array', nullable: true, items: wholeFrom0 },
		strict: flag,
		/** The dashboard saves only after a successful test call; default false here. */
		requireTestCall: flag,
	},
	['url'],
);

export type DashboardWebhookInput = FromSchema<typeof dashboardWebhookSchema>;

export type DeliveryKind = 'transactions' | 'test' | 'ping';

/**
 * `pending` waits for its next attempt · `succeeded` · `failed` used up its retries · `missed` was due while the
 * webhook was paused or disabled · `dropped` was lost on purpose, by a fault.
 */
export type DeliveryState = 'pending' | 'succeeded' | 'failed' | 'missed' | 'dropped';

/** Why a request was sent: on schedule, as one of several at once, once more after an answer, or by hand. */
export type AttemptPurpose = 'scheduled' | 'parallel' | 'duplicate' | 'replay' | 'resend';

export interface DeliveryAttempt {
	/** 1 for the first on schedule; copies carry the number of the attempt that they copy. */
	number: number;
	purpose: AttemptPurpose;
	/** ISO 8601, wall time. */
	startedAt: string;
	durationMs: number;
	request: { method: 'POST'; url: string; headers: Record<string, string>; body: string };
	/** Null if there was none: see `failure`. */
	response: { status: number; headers: Record<string, string>; body: string } | null;
	success: boolean;
	/** Why it does not count as success; null if it does. */
	failure: string | null;
	/** Kinds of the delivery faults that acted on this request. */
	faults: string[];
	/** ISO 8601, wall time; null if no further attempt is planned. */
	nextRetryAt: string | null;
}

export interface Delivery {
	id: number;
	webhookId: number;
	kind: DeliveryKind;
	transactionIds: number[];
	state: DeliveryState;
	/** ISO 8601, wall time. */
	createdAt: string;
	attempts: DeliveryAttempt[];
}
