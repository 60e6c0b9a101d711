/** Resource Portfolio: its operation and the parameters of it. */
import type { INodeProperties } from 'n8n-workflow';
import * as get from './get';

export const operations = { get };

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['portfolio'] } },
		default: 'get',
		options: [{ name: 'Get', value: 'get', action: 'Get a portfolio', description: 'Get value, cash and return of a portfolio' }],
	},
	...get.description,
];
