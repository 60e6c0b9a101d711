/** `GET /v2/webhooks/:id` (casso-api 4.8): one registered webhook. */
import { callCasso, type CassoConnection } from '../call';
import { checkId } from '../checkId';
import { onlyRecord } from '../onlyRecord';
import { readWebhook, type RegisteredWebhook } from '../webhookInput';

/** @throws ParameterError, ApiError (also when there is none with this id), NetworkError, RecordError */
export async function getWebhook(connection: CassoConnection, webhookId: unknown): Promise<RegisteredWebhook> {
	const path = `/webhooks/${checkId(webhookId, 'webhookId')}`;
	return readWebhook(onlyRecord(await callCasso(connection, { method: 'GET', path }), path));
}
