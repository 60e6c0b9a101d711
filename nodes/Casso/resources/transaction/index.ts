/** Resource Transaction: its operations and their parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';
import * as getAll from './getAll';

export const operations = {
	get: { execute: get.execute },
	getAll: { executeItems: getAll.executeItems },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['transaction'] } },
		default: 'getAll',
		options: [
			{ name: 'Get', value: 'get', action: 'Get transaction', description: 'Get one bank transaction' },
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many transactions',
				description: 'List bank transactions with filters',
			},
		],
	},
	...get.description,
	...getAll.description,
];
