/** User: Get Many. Lists the users linked to this partner. */
import { getUserPage, LINKED_USER_DETAIL_FIELDS, LINKED_USER_FIELDS, readUsers } from '@saoke/core/simplize';
import { outputProperties, readPresenter, returnAllAndLimit } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { pageOptions } from '../../shared/fields';
import type { OperationContext } from '../../shared/connection';
import { readList } from '../../shared/paging';

const FIELDS = [...LINKED_USER_FIELDS, ...LINKED_USER_DETAIL_FIELDS];

const showOnlyForGetMany = { resource: ['user'], operation: ['getAll'] };

export const description: INodeProperties[] = [
	...returnAllAndLimit(showOnlyForGetMany),
	...outputProperties(showOnlyForGetMany, 'Simplize', FIELDS, 'The main fields, with times in Vietnam (+07:00)'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show: showOnlyForGetMany },
		options: pageOptions,
	},
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const present = readPresenter(context, itemIndex, FIELDS);
	const found = await readList(context, itemIndex, {
		one: async (page, size) => await getUserPage(connection, page, size),
		many: async (options) => await readUsers(connection, options),
	});
	return found.map(({ user, details, raw }) => present({ simplified: { ...user }, details, raw: raw as IDataObject }));
}
