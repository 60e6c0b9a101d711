/** `DELETE /v2/webhooks?webhook=URL` (casso-api 4.8): removes every webhook of the business with exactly this URL. */
import { isNotFound } from '../../errors/ApiError';
import { callCasso, type CassoConnection } from '../call';
import { checkWebhookUrl } from '../webhookInput';

/**
 * @returns false where there was none
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
