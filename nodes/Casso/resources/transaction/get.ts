/** Transaction: Get. */
import { getTransaction } from '@saoke/core/casso';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/operation';
import { presentTransaction, transactionOutput } from '../../shared/output';
import { zMeansOf, zMeansOption } from '../../shared/zMeans';

const showOnlyForGet = { resource: ['transaction'], operation: ['get'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Transaction ID',
		name: 'transactionId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 5789',
		displayOptions: { show: showOnlyForGet },
		description: "Casso's ID of the transaction, as the trigger and Get Many return it",
	},
	...transactionOutput(showOnlyForGet),
	zMeansOption(showOnlyForGet),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const transactionId = this.getNodeParameter('transactionId', itemIndex);
	const found = await getTransaction(connection, transactionId, { zMeans: zMeansOf.call(this, itemIndex) });
	return [presentTransaction.call(this, found, itemIndex)];
}
