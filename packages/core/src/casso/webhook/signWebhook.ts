/** The twin of verifyWebhook: makes the headers with which a delivery of the given body passes. For tests of workflows. */
import { createHmac } from 'node:crypto';
import { ParameterError } from '../../errors/ParameterError';
import { canonicalJson, NoCanonicalTextError } from './canonicalJson';
import { MAX_NESTING, readBody } from './readBody';

export type WebhookSigner =
	/** Webhook V2; `signedAtMs` is Unix time in ms. */
	| { securityKey: string; signedAtMs: number }
	/** Legacy webhook. */
	| { secureToken: string };

/**
 * Headers of a delivery, by casso-api 6.1 (token) or 6.3 (signature).
 *
 * @param body JSON text of the request; its white space and key order do not matter
 * @throws ParameterError when the body is not JSON, a secret is empty, or the time is no whole number of ms
 */
export function signWebhook(body: string, signer: WebhookSigner): Record<string, string> {
	if ('secureToken' in signer) {
		requireSecret(signer.secureToken, 'secureToken');
		return { 'secure-token': signer.secureToken };
	}
	requireSecret(signer.securityKey, 'securityKey');
	if (!Number.isSafeInteger(signer.signedAtMs) || signer.signedAtMs < 0) {
		throw new ParameterError(
			'signedAtMs',
			'The time of signing is not a whole number of milliseconds',
			'Use Unix time in ms.',
		);
	}
	const message = `${signer.signedAtMs}.${canonicalText(body)}`;
	const v1 = createHmac('sha512', signer.securityKey).update(message, 'utf8').digest('hex');
	return { 'X-Casso-Signature': `t=${signer.signedAtMs},v1=${v1}` };
}

function canonicalText(body: string): string {
	const read = readBody(body);
	if (!read.isReadable)
		throw new ParameterError('body', 'The body is not JSON, or too large', 'Pass the JSON text that is sent.');
	try {
		return canonicalJson(read.value, MAX_NESTING);
	} catch (error) {
		if (!(error instanceof NoCanonicalTextError)) throw error;
		throw new ParameterError(
			'body',
			'The body is nested too deeply, or holds a number that is too large',
			'Pass a body as Casso sends it.',
		);
	}
}

function requireSecret(secret: string, parameter: string): void {
	if (secret === '') throw new ParameterError(parameter, 'The secret is empty', 'Enter the secret of the webhook.');
}
