/** Account: Get Many. Casso answers with every account at once. */
import { getAccounts } from '@saoke/core/casso';
import { limitOf, returnAllAndLimit } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/operation';
import { accountOutput, presentAccount } from '../../shared/output';
import { zMeansOf, zMeansOption } from '../../shared/zMeans';

const showOnlyForGetMany = { resource: ['account'], operation: ['getAll'] };

export const description: INodeProperties[] = [
	...returnAllAndLimit(showOnlyForGetMany),
	...accountOutput(showOnlyForGetMany),
	zMeansOption(showOnlyForGetMany),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const limit = limitOf.call(this, itemIndex);
	const found = await getAccounts(connection, zMeansOf.call(this, itemIndex));
	return found.slice(0, limit).map((account) => presentAccount.call(this, account, itemIndex));
}
