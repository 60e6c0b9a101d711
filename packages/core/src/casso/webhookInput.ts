/** What a webhook registration takes, checked before it is sent (casso-api 4.8). */
import { ParameterError } from '../errors/ParameterError';
import { asNumber, asObject, asText, kindOf } from '../json/reading';
import { RecordError } from '../errors/RecordError';
import { maskSecrets } from '../text/maskSecrets';

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
 * @returns the body to send, all three fields
 * @throws ParameterError for a URL that is no http address, or a token that is empty or cannot stand in a header
 */
export function toWebhookBody(input: WebhookInput): Record<string, unknown> {
	if (!input.secureToken || !/^[\x21-\x7e]+$/.test(input.secureToken)) {
		throw new ParameterError(
			'secureToken',
			'The secure token is empty or holds a space or a character that cannot stand in a header',
			'Open the Casso webhook credential and enter a token of letters and digits, 32 or more.',
		);
	}
	return { webhook: checkWebhookUrl(input.url), secure_token: input.secureToken, income_only: input.incomeOnly };
}

/** @throws ParameterError for anything but an http or https address */
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
 * @param token the token that was sent, masked wherever the answer repeats it
 * @throws RecordError when the answer is no webhook
 */
export function readWebhook(data: unknown, token = ''): RegisteredWebhook {
	const record = asObject(Array.isArray(data) ? data[0] : data);
	if (!record) throw new RecordError('webhook', 'data', kindOf(data));
	const id = asNumber(record.id);
	if (id === null) throw new RecordError('webhook', 'id', kindOf(record.id));
	return {
		id,
		url: asText(record.param1) || asText(record.webhook),
		incomeOnly: record.send_only_income === true || asNumber(record.send_only_income) === 1,
		raw: maskWebhook(record, token),
	};
}

/** A copy without the token: masked where its keys hold anything, and in every text that repeats it. */
export function maskWebhook(record: Record<string, unknown>, token = ''): Record<string, unknown> {
	const copy = { ...record };
	for (const [key, value] of Object.entries(copy)) {
		if (TOKEN_KEYS.has(key) && value) copy[key] = MASK;
		else if (typeof value === 'string') copy[key] = maskSecrets(value, [token]);
	}
	return copy;
}
