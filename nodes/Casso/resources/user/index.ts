/** Resource User: its operation. */
import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';

export const operations = {
	get: { execute: get.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		default: 'get',
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get user',
				description: 'Get the user, the business and the linked accounts of the key',
			},
		],
	},
	...get.description,
];
