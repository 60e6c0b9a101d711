/** Resource User: its operation and parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as getAll from './getAll';

export const operations = {
	getAll: { execute: getAll.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['user'] } },
		default: 'getAll',
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many users',
				description: 'List the users linked to this partner',
			},
		],
	},
	...getAll.description,
];
