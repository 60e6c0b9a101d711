/** Resource Portfolio: its operations and their parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';
import * as getSyncStatus from './getSyncStatus';

export const operations = {
	get: { execute: get.execute },
	getSyncStatus: { execute: getSyncStatus.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['portfolio'] } },
		default: 'get',
		options: [
			{
				name: 'Get',
				value: 'get',
				action: 'Get portfolio',
				description: 'Get value, cash and return of a portfolio',
			},
			{
				name: 'Get Sync Status',
				value: 'getSyncStatus',
				action: 'Get portfolio sync status',
				description: 'See how the bulk syncs of portfolios ended',
			},
		],
	},
	...get.description,
	...getSyncStatus.description,
];
