/** Removes what a host registered, and nothing else (casso-api 4.8). */
import { isNotFound } from '../../errors/ApiError';
import type { CassoConnection } from '../call';
import type { RegisteredWebhook } from '../webhookInput';
import { deleteWebhook } from './deleteWebhook';
import { deleteWebhooksByUrl } from './deleteWebhooksByUrl';
import { getWebhook } from './getWebhook';

/**
 * Removes by id if the webhook points to the host's own address, else by that address. The id alone proves nothing: a
 * copy of an installation, such as a backup that was restored elsewhere, holds the id of the original's webhook.
 *
 * That there is nothing to remove is fine.
 *
 * @param webhookId as it was kept; undefined if it never became known, e.g. because the answer was lost
 * @param url address of the host's own webhook
 * @returns the webhook with this id, if it was left alone because it points to another address
 * @throws ParameterError, ApiError, NetworkError. Deleting is never retried.
 */
export async function deleteOwnWebhook(
	connection: CassoConnection,
	webhookId: number | undefined,
	url: string,
): Promise<RegisteredWebhook | undefined> {
	const known = await findWebhook(connection, webhookId);
	if (known?.url !== url) {
		await deleteWebhooksByUrl(connection, url);
		return known;
	}
	try {
		await deleteWebhook(connection, known.id);
	} catch (error) {
		if (!isNotFound(error)) throw error;
		await deleteWebhooksByUrl(connection, url);
	}
	return undefined;
}

async function findWebhook(
	connection: CassoConnection,
	webhookId: number | undefined,
): Promise<RegisteredWebhook | undefined> {
	if (webhookId === undefined) return undefined;
	try {
		return await getWebhook(connection, webhookId);
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw error;
	}
}
