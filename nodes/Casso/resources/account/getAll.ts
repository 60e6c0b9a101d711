/** Account: Get Many. Casso returns all accounts in one response. */
import { getAccounts } from '@saoke/core/casso';
import { readLimit, returnAllAndLimit } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { accountOutput, readAccountPresenter } from '../../shared/output';
import { readTimesEndingInZOption, timesEndingInZOption } from '../../shared/timesEndingInZ';

const showOnlyForGetMany = { resource: ['account'], operation: ['getAll'] };

export const description: INodeProperties[] = [
	...returnAllAndLimit(showOnlyForGetMany),
	...accountOutput(showOnlyForGetMany),
	timesEndingInZOption(showOnlyForGetMany),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const limit = readLimit(context, itemIndex);
	const present = readAccountPresenter(context, itemIndex);
	const found = await getAccounts(connection, readTimesEndingInZOption(context, itemIndex));
	return found.slice(0, limit).map(present);
}
