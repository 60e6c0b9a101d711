/** Webhooks registered at Casso (casso-api 4.8). */
import { isNotFound, ParameterError, RecordError } from '../errors';
import { asNumber, asObject, asText, describeType } from '../json';
import { maskSecrets } from '../text';
import { callCasso, type CassoConnection, checkId, unwrapSingleRecord } from './client';

export interface WebhookInput {
	/** Public URL that Casso will call. */
	url: string;
	/** Shared secret that Casso will send as `secure-token`. */
	secureToken: string;
	/** Only incoming money. */
	incomeOnly: boolean;
}

/** A registration as Casso keeps it, without its token. */
export interface RegisteredWebhook {
	/** May be 0. */
	id: number;
	url: string;
	incomeOnly: boolean;
	/** The record as sent, its token masked. */
	raw: Record<string, unknown>;
}

const MASK = '********';

/** `param2` is the token of a webhook as Casso keeps it. */
const TOKEN_KEYS = new Set(['param2', 'secure_token']);

/**
 * Checks a webhook registration before it is sent (casso-api 4.8).
 *
 * @returns the body to send, all three fields
 * @throws ParameterError for a URL that is not an http address, or a token that is empty or not a valid header value
 */
export function toWebhookBody(input: WebhookInput): Record<string, unknown> {
	if (!input.secureToken || !/^[\x21-\x7e]+$/.test(input.secureToken)) {
		throw new ParameterError(
			'secureToken',
			'The secure token is empty or contains a space or an invalid character',
			'Open the Casso webhook credential and enter a token of letters and digits, 32 or more.',
		);
	}
	return { webhook: checkWebhookUrl(input.url), secure_token: input.secureToken, income_only: input.incomeOnly };
}

/** @throws ParameterError unless it is an http or https address */
export function checkWebhookUrl(url: unknown): string {
	const trimmed = typeof url === 'string' ? url.trim() : '';
	try {
		const parsed = new URL(trimmed);
		if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return trimmed;
	} catch {
		// Falls through to the refusal below, which names the parameter.
	}
	throw new ParameterError(
		'webhookUrl',
		'The webhook URL is not a web address',
		'Enter a public address that begins with https://.',
	);
}

/**
 * @param token the token that was sent, masked if the response repeats it
 * @throws RecordError if the response is not a webhook
 */
export function readWebhook(data: unknown, token = ''): RegisteredWebhook {
	const record = asObject(Array.isArray(data) ? data[0] : data);
	if (!record) throw new RecordError('webhook', 'data', describeType(data));
	const id = asNumber(record.id);
	if (id === null) throw new RecordError('webhook', 'id', describeType(record.id));
	return {
		id,
		url: asText(record.param1) || asText(record.webhook),
		incomeOnly: record.send_only_income === true || asNumber(record.send_only_income) === 1,
		raw: maskWebhook(record, token),
	};
}

/** A copy with the token masked, in its own fields and in every text that repeats it. */
export function maskWebhook(record: Record<string, unknown>, token = ''): Record<string, unknown> {
	const copy = { ...record };
	for (const [key, value] of Object.entries(copy)) {
		if (TOKEN_KEYS.has(key) && value) copy[key] = MASK;
		else if (typeof value === 'string') copy[key] = maskSecrets(value, [token]);
	}
	return copy;
}

/**
 * `POST /v2/webhooks` (casso-api 4.8): registers a webhook; Casso calls it in the legacy dialect.
 *
 * @throws ParameterError before any request; ApiError, NetworkError, RecordError. Never retried.
 */
export async function createWebhook(connection: CassoConnection, input: WebhookInput): Promise<RegisteredWebhook> {
	return readWebhook(
		await callCasso(connection, { method: 'POST', path: '/webhooks', body: toWebhookBody(input) }),
		input.secureToken,
	);
}

/**
 * `GET /v2/webhooks/:id` (casso-api 4.8): one registered webhook.
 *
 * @throws ParameterError, ApiError (also when there is none with this id), NetworkError, RecordError
 */
export async function getWebhook(connection: CassoConnection, webhookId: unknown): Promise<RegisteredWebhook> {
	const path = `/webhooks/${checkId(webhookId, 'webhookId')}`;
	return readWebhook(unwrapSingleRecord(await callCasso(connection, { method: 'GET', path }), path));
}

/**
 * `PUT /v2/webhooks/:id` (casso-api 4.8): replaces URL, token and direction of a webhook.
 *
 * @throws ParameterError before any request; ApiError, NetworkError, RecordError. Never retried.
 */
export async function updateWebhook(
	connection: CassoConnection,
	webhookId: unknown,
	input: WebhookInput,
): Promise<RegisteredWebhook> {
	const path = `/webhooks/${checkId(webhookId, 'webhookId')}`;
	return readWebhook(
		await callCasso(connection, { method: 'PUT', path, body: toWebhookBody(input) }),
		input.secureToken,
	);
}

/**
 * `DELETE /v2/webhooks/:id` (casso-api 4.8): removes one webhook.
 *
 * @throws ParameterError, ApiError (also when there is none with this id), NetworkError. Never retried.
 */
export async function deleteWebhook(connection: CassoConnection, webhookId: unknown): Promise<void> {
	await callCasso(connection, { method: 'DELETE', path: `/webhooks/${checkId(webhookId, 'webhookId')}` });
}

/**
 * `DELETE /v2/webhooks?webhook=URL` (casso-api 4.8): removes every webhook of the business with exactly this URL.
 *
 * @returns false if there was none
 * @throws ParameterError, ApiError, NetworkError. Never retried.
 */
export async function deleteWebhooksByUrl(connection: CassoConnection, url: unknown): Promise<boolean> {
	const webhook = checkWebhookUrl(url);
	try {
		await callCasso(connection, { method: 'DELETE', path: '/webhooks', query: { webhook } });
		return true;
	} catch (error) {
		if (isNotFound(error)) return false;
		throw error;
	}
}

/**
 * Removes only the webhook that a host registered (casso-api 4.8).
 *
 * Removes by id if the webhook points to the host's own address, otherwise by that address. The ID alone is not
 * enough: a copy of an installation, such as a restored backup, has the ID of the original webhook.
 *
 * It is not an error if there is nothing to remove.
 *
 * @param webhookId as it was kept; undefined if it never became known, e.g. because the answer was lost
 * @param url address of the host's own webhook
 * @returns the webhook with this id, if it was left alone because it points to another address
 * @throws ParameterError, ApiError, NetworkError. Deleting is never retried.
 */
export async function deleteOwnWebhook(
	connection: CassoConnection,
	webhookId: number | undefined,
	url: string,
): Promise<RegisteredWebhook | undefined> {
	const known = await findWebhook(connection, webhookId);
	if (known?.url !== url) {
		await deleteWebhooksByUrl(connection, url);
		return known;
	}
	try {
		await deleteWebhook(connection, known.id);
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await deleteWebhooksByUrl(connection, url);
	}
	return undefined;
}

async function findWebhook(
	connection: CassoConnection,
	webhookId: number | undefined,
): Promise<RegisteredWebhook | undefined> {
	if (webhookId === undefined) return undefined;
	try {
		return await getWebhook(connection, webhookId);
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw error;
	}
}
