/**
 * Signs a Webhook V2 body as Casso does (spec 6.3). Written from the spec, apart from the verifier in core: a mistake
 * in one must show as a failing test, not as agreement.
 */
import { createHmac } from 'node:crypto';
import type { DeliveryAttempt, RegisteredWebhook } from './model';

/** A JSON value as text: keys in code-unit order at every level, no white space, otherwise as `JSON.stringify`. */
export function sortedCompactJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(sortedCompactJson).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sortedCompactJson(member)}`).join(',')}}`;
}

/**
 * The value of `X-Casso-Signature`.
 * @param bodyText the JSON text that is sent; its white space and key order do not matter
 * @param t Unix time in ms
 */
export function signatureHeader(bodyText: string, key: string, t: number): string {
	const message = `${String(t)}.${sortedCompactJson(JSON.parse(bodyText))}`;
	const v1 = createHmac('sha512', Buffer.from(key, 'utf8')).update(message, 'utf8').digest('hex');
	return `t=${String(t)},v1=${v1}`;
}

/** `unknown`: the webhook was deleted, or given another secret since. */
type SignatureVerdict = 'valid' | 'wrong' | 'missing' | 'unknown';

export type SignatureExplanation =
	| { dialect: 'legacy'; header: 'secure-token'; verdict: SignatureVerdict }
	| {
			dialect: 'v2';
			header: 'X-Casso-Signature';
			verdict: SignatureVerdict;
			/** Unix ms in the header. */
			t: number | null;
			/** How long before sending that was, in ms. */
			ageMs: number | null;
			sortedJson: string;
			/** `t`, a full stop and the sorted JSON: what is signed. */
			message: string | null;
			given: string | null;
			/** HMAC-SHA512 of the message with the webhook's key; null without the key. */
			expected: string | null;
	  };

/** @param webhook undefined if it is gone */
export function explainSignature(
	{ request, startedAt }: DeliveryAttempt,
	webhook: RegisteredWebhook | undefined,
): SignatureExplanation {
	const token = request.headers['secure-token'];
	const signature = request.headers['X-Casso-Signature'];
	const dialect = webhook?.dialect ?? (token === undefined ? 'v2' : 'legacy');
	if (dialect === 'legacy') return { dialect, header: 'secure-token', verdict: toVerdict(token, webhook?.secret) };
	const [, tText, given] = /^t=(\d+),v1=([0-9a-f]+)$/.exec(signature ?? '') ?? [];
	const t = tText === undefined ? null : Number(tText);
	const sortedJson = sortedCompactJson(JSON.parse(request.body));
	const message = t === null ? null : `${String(t)}.${sortedJson}`;
	const expected =
		message === null || webhook === undefined
			? null
			: createHmac('sha512', Buffer.from(webhook.secret, 'utf8')).update(message, 'utf8').digest('hex');
	return {
		dialect,
		header: 'X-Casso-Signature',
		verdict: toVerdict(given, expected ?? undefined),
		t,
		ageMs: t === null ? null : Date.parse(startedAt) - t,
		sortedJson,
		message,
		given: given ?? null,
		expected,
	};
}

function toVerdict(given: string | undefined, expected: string | undefined): SignatureVerdict {
	if (given === undefined) return 'missing';
	if (expected === undefined) return 'unknown';
	return given === expected ? 'valid' : 'wrong';
}
