/** `GET …/sync/portfolio/batch/status` (simplize-api 6.5): how the bulk syncs of portfolios ended. */
import { callSimplize, type SimplizeConnection } from '../call';
import { normaliseSyncStatus, type NormalisedSyncStatus } from '../syncStatus';

const PATH = '/api/personalize/v1/partner/sync/portfolio/batch/status';

/**
 * @param batchId one batch; undefined means all of them
 * @throws ApiError, NetworkError, RecordError
 */
export async function getSyncStatus(connection: SimplizeConnection, batchId?: string): Promise<NormalisedSyncStatus> {
	const { data } = await callSimplize(connection, { method: 'GET', path: PATH, query: { batchId } });
	return normaliseSyncStatus(data);
}
