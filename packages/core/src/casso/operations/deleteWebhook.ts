/** `DELETE /v2/webhooks/:id` (casso-api 4.8): removes one webhook. */
import { callCasso, type CassoConnection } from '../call';
import { checkId } from '../checkId';

/** @throws ParameterError, ApiError (also when there is none with this id), NetworkError. Never retried. */
export async function deleteWebhook(connection: CassoConnection, webhookId: unknown): Promise<void> {
	await callCasso(connection, { method: 'DELETE', path: `/webhooks/${checkId(webhookId, 'webhookId')}` });
}
