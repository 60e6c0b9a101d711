/** `PUT /v2/webhooks/:id` (casso-api 4.8): replaces URL, token and direction of a webhook. */
import { callCasso, type CassoConnection } from '../call';
import { checkId } from '../checkId';
import { readWebhook, toWebhookBody, type RegisteredWebhook, type WebhookInput } from '../webhookInput';

/** @throws ParameterError before any request; ApiError, NetworkError, RecordError. Never retried. */
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
