/** Resource Webhook: its operations and their parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as create from './create';
import * as remove from './delete';
import * as get from './get';
import * as update from './update';

export const operations = {
	create: { execute: create.execute },
	delete: { execute: remove.execute },
	get: { execute: get.execute },
	update: { execute: update.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['webhook'] } },
		default: 'create',
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create webhook',
				description: 'Create a webhook: an address that Casso calls',
			},
			{ name: 'Delete', value: 'delete', action: 'Delete webhook', description: 'Delete a webhook permanently' },
			{ name: 'Get', value: 'get', action: 'Get webhook', description: 'Get one webhook' },
			{
				name: 'Update',
				value: 'update',
				action: 'Update webhook',
				description: 'Change address, token and direction of a webhook',
			},
		],
	},
	...create.description,
	...remove.description,
	...get.description,
	...update.description,
];
