/** Resource Account: its operations and their parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';
import * as getAll from './getAll';
import * as sync from './sync';

export const operations = {
	get: { execute: get.execute },
	getAll: { execute: getAll.execute },
	sync: { execute: sync.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['account'] } },
		default: 'getAll',
		options: [
			{ name: 'Get', value: 'get', action: 'Get account', description: 'Get one linked bank account with its balance' },
			{ name: 'Get Many', value: 'getAll', action: 'Get many accounts', description: 'List the linked bank accounts' },
			{
				name: 'Sync',
				value: 'sync',
				action: 'Sync account',
				description: 'Ask Casso to fetch new transactions from the bank now',
			},
		],
	},
	...get.description,
	...getAll.description,
	...sync.description,
];
