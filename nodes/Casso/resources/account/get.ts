/** Account: Get. */
import { getAccount } from '@saoke/core/casso';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { accountLocator } from '../../shared/accountLocator';
import type { OperationContext } from '../../shared/operation';
import { accountOutput, presentAccount } from '../../shared/output';
import { zMeansOf, zMeansOption } from '../../shared/zMeans';

const showOnlyForGet = { resource: ['account'], operation: ['get'] };

export const description: INodeProperties[] = [
	accountLocator(showOnlyForGet),
	...accountOutput(showOnlyForGet),
	zMeansOption(showOnlyForGet),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const accountId = this.getNodeParameter('account', itemIndex, undefined, { extractValue: true });
	const found = await getAccount(connection, accountId, zMeansOf.call(this, itemIndex));
	return [presentAccount.call(this, found, itemIndex)];
}
