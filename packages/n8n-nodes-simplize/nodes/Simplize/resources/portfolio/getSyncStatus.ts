/** Portfolio: Get Sync Status. How the bulk syncs of portfolios ended, all of them or one batch. */
import { checkBatchId, getSyncStatus, SYNC_STATUS_FIELDS } from '@saoke/core/simplize';
import { outputProperties, readParameter, readPresenter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';

const showOnlyForGetSyncStatus = { resource: ['portfolio'], operation: ['getSyncStatus'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Batch ID',
		name: 'batchId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 118892eb-c8ec-495d-9bf9-d7c45576744e',
		displayOptions: { show: showOnlyForGetSyncStatus },
		description: 'Only this batch. Empty means all batches.',
	},
	...outputProperties(
		showOnlyForGetSyncStatus,
		'Simplize',
		SYNC_STATUS_FIELDS,
		'The counts, and one entry for each portfolio',
	),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const present = readPresenter(context, itemIndex, SYNC_STATUS_FIELDS);
	const batchId = checkBatchId(readParameter(context, 'batchId', itemIndex));
	const { syncStatus, raw } = await getSyncStatus(connection, batchId);
	return [present({ simplified: { ...syncStatus } as unknown as IDataObject, raw: raw as IDataObject })];
}
