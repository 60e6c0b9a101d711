/** Retraces how a delivery proves where it comes from, for a person to follow (spec 6.2 and 6.3). The secret stays here. */
import { createHmac } from 'node:crypto';
import type { DeliveryAttempt, RegisteredWebhook } from '../casso/webhooks/model';
import { sortedCompactJson } from '../casso/webhooks/signature';

/** `unknown`: the webhook was deleted, or given another secret since. */
type ProofVerdict = 'valid' | 'wrong' | 'missing' | 'unknown';

export type AttemptProof =
	| { dialect: 'legacy'; header: 'secure-token'; verdict: ProofVerdict }
	| {
			dialect: 'v2';
			header: 'X-Casso-Signature';
			verdict: ProofVerdict;
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
export function proofOfAttempt(
	{ request, startedAt }: DeliveryAttempt,
	webhook: RegisteredWebhook | undefined,
): AttemptProof {
	const token = request.headers['secure-token'];
	const signature = request.headers['X-Casso-Signature'];
	const dialect = webhook?.dialect ?? (token === undefined ? 'v2' : 'legacy');
	if (dialect === 'legacy') return { dialect, header: 'secure-token', verdict: verdictOf(token, webhook?.secret) };
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
		verdict: verdictOf(given, expected ?? undefined),
		t,
		ageMs: t === null ? null : Date.parse(startedAt) - t,
		sortedJson,
		message,
		given: given ?? null,
		expected,
	};
}

function verdictOf(given: string | undefined, expected: string | undefined): ProofVerdict {
	if (given === undefined) return 'missing';
	if (expected === undefined) return 'unknown';
	return given === expected ? 'valid' : 'wrong';
}
