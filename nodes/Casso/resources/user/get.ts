/** User: Get. */
import { getUserInfo } from '@saoke/core/casso';
import { readBoolean, readParameter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';

export const description: INodeProperties[] = [
	{
		displayName: 'Simplify',
		name: 'simple',
		type: 'boolean',
		default: true,
		displayOptions: { show: { resource: ['user'], operation: ['get'] } },
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const isSimple = readBoolean(readParameter(context, 'simple', itemIndex), true, 'simple');
	const info = (await getUserInfo(connection)) as IDataObject;
	if (!isSimple) return [info];
	const user = (info.user ?? {}) as IDataObject;
	const business = (info.business ?? {}) as IDataObject;
	const accounts = Array.isArray(info.bankAccs) ? info.bankAccs : [];
	return [
		{
			userId: user.id ?? null,
			email: user.email ?? '',
			businessId: business.id ?? null,
			businessName: business.name ?? '',
			accountCount: accounts.length,
		},
	];
}
