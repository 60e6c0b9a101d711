/** User: Get Many. The users that are linked to this partner. */
import { getUserPage, LINKED_USER_DETAIL_FIELDS, LINKED_USER_FIELDS, readUsers } from '@saoke/core/simplize';
import { outputProperties, present, returnAllAndLimit } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { pageOptions } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';
import { readList } from '../../shared/paging';

const showOnlyForGetMany = { resource: ['user'], operation: ['getAll'] };

export const description: INodeProperties[] = [
	...returnAllAndLimit(showOnlyForGetMany),
	...outputProperties(
		showOnlyForGetMany,
		'Simplize',
		[...LINKED_USER_FIELDS, ...LINKED_USER_DETAIL_FIELDS],
		'The fields that matter, with times in Vietnam (+07:00)',
	),
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

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const found = await readList(this, itemIndex, {
		one: async (page, size) => await getUserPage(connection, page, size),
		many: async (options) => await readUsers(connection, options),
	});
	return found.map(({ user, details, raw }) =>
		present.call(this, { simplified: { ...user }, details, raw: raw as IDataObject }, itemIndex),
	);
}
