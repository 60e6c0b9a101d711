/** Account: Sync. Asks Casso to fetch new transactions from the bank now. */
import { requestSync } from '@saoke/core/casso';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { accountLocator, readAccount } from '../../shared/accounts';
import type { OperationContext } from '../../shared/connection';

const showOnlyForSync = { resource: ['account'], operation: ['sync'] };

export const description: INodeProperties[] = [
	accountLocator(showOnlyForSync),
	{
		displayName:
			'Casso responds immediately and delivers new transactions later, through the webhook or the next read. It publishes no rate limit; once a minute per account is safe.',
		name: 'syncNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForSync },
	},
];

export async function execute(item: OperationContext): Promise<IDataObject[]> {
	const { account } = await readAccount(item);
	// This endpoint takes the bank account number.
	const answer = await requestSync(item.connection, account.accountNumber);
	return [
		{
			requested: true,
			accountId: account.id,
			accountNumber: account.accountNumber,
			answer: answer as IDataObject | null,
		},
	];
}
