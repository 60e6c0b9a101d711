/** Resource Cash History: its operation and parameters. */
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
		displayOptions: { show: { resource: ['cashHistory'] } },
		default: 'getAll',
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many cash movements',
				description: 'List deposits, withdrawals and fees of a portfolio',
			},
		],
	},
	...getAll.description,
];
