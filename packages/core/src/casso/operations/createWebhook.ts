/** `POST /v2/webhooks` (casso-api 4.8): registers a webhook; Casso calls it in the legacy dialect. */
import { callCasso, type CassoConnection } from '../call';
import { readWebhook, toWebhookBody, type RegisteredWebhook, type WebhookInput } from '../webhookInput';

/** @throws ParameterError before any request; ApiError, NetworkError, RecordError. Never retried. */
export async function createWebhook(connection: CassoConnection, input: WebhookInput): Promise<RegisteredWebhook> {
	return readWebhook(
		await callCasso(connection, { method: 'POST', path: '/webhooks', body: toWebhookBody(input) }),
		input.secureToken,
	);
}
