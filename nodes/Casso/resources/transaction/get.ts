/** Transaction: Get. */
import { getTransaction } from '@saoke/core/casso';
import { readParameter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { readTransactionPresenter, transactionOutput } from '../../shared/output';
import { readTimesEndingInZOption, timesEndingInZOption } from '../../shared/timesEndingInZ';

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
	timesEndingInZOption(showOnlyForGet),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const transactionId = readParameter(context, 'transactionId', itemIndex);
	const present = readTransactionPresenter(context, itemIndex);
	const timesEndingInZ = readTimesEndingInZOption(context, itemIndex);
	return [present(await getTransaction(connection, transactionId, { timesEndingInZ }))];
}
