/** Removes what a host registered: by id, and where that id is unknown here or at Casso, by address (casso-api 4.8). */
import { isNotFound } from '../../errors/ApiError';
import type { CassoConnection } from '../call';
import { deleteWebhook } from './deleteWebhook';
import { deleteWebhooksByUrl } from './deleteWebhooksByUrl';

/**
 * That there is nothing to remove is fine. Webhooks with other addresses are never touched.
 *
 * @param webhookId as it was kept; undefined where it never became known, e.g. because the answer was lost
 * @param url address of the host's own webhook
 * @throws ParameterError, ApiError, NetworkError. Never retried.
 */
export async function deleteOwnWebhook(
	connection: CassoConnection,
	webhookId: number | undefined,
	url: string,
): Promise<void> {
	if (webhookId !== undefined) {
		try {
			await deleteWebhook(connection, webhookId);
			return;
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	}
	await deleteWebhooksByUrl(connection, url);
}
