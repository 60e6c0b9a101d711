/** Parameters shared by several operations. */
import { numberField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';

export type Show = NonNullable<INodeProperties['displayOptions']>['show'];

export function externalUserIdField(show: Show): INodeProperties {
	return {
		displayName: 'External User ID',
		name: 'externalUserId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. USER015',
		displayOptions: { show },
		description: 'Your own ID of the user, as it was linked with Simplize. User: Get Many lists them.',
	};
}

export function portfolioIdField(show: Show): INodeProperties {
	return {
		displayName: 'Portfolio ID',
		name: 'portfolioId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 862',
		displayOptions: { show },
		description: "Simplize's number of the portfolio",
	};
}

/** Options `page` and `pageSize` of a list. */
export const pageOptions: INodeProperties[] = [
	{
		...numberField('pageFromZero', 'page'),
		default: 0,
		description: 'Read this one page only, counted from 0. Return All and Limit then do not apply.',
	},
	{
		...numberField('pageSize'),
		default: 100,
		description: 'Records in one page. Simplize does not publish the maximum.',
	},
];
