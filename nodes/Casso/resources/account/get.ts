/** Account: Get. */
import { getAccount } from '@saoke/core/casso';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { accountLocator, readAccount } from '../../shared/accounts';
import type { OperationContext } from '../../shared/connection';
import { accountOutput, readAccountPresenter } from '../../shared/output';
import { readTimesEndingInZOption, timesEndingInZOption } from '../../shared/timesEndingInZ';

const showOnlyForGet = { resource: ['account'], operation: ['get'] };

export const description: INodeProperties[] = [
	accountLocator(showOnlyForGet),
	...accountOutput(showOnlyForGet),
	timesEndingInZOption(showOnlyForGet),
];

export async function execute(item: OperationContext): Promise<IDataObject[]> {
	const { context, connection, itemIndex } = item;
	const present = readAccountPresenter(context, itemIndex);
	const timesEndingInZ = readTimesEndingInZOption(context, itemIndex);
	const { account } = await readAccount(item);
	return [present(await getAccount(connection, account.id, timesEndingInZ))];
}
