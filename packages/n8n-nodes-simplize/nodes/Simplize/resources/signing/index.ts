/** Resource Signing: its operation and parameters. */
import type { INodeProperties } from 'n8n-workflow';
import * as detect from './detect';

export const operations = {
	detect: { execute: detect.execute },
};

export const description: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['signing'] } },
		default: 'detect',
		options: [
			{
				name: 'Detect',
				value: 'detect',
				action: 'Detect signing options',
				description: 'Find out which signing options the server accepts',
			},
		],
	},
	...detect.description,
];
