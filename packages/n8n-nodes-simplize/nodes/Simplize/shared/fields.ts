/** Parameters shared by several operations. */
import { numberField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { portfolioLocator, userLocator } from './locators';

export type Show = NonNullable<INodeProperties['displayOptions']>['show'];

/** Whose portfolio, and which. */
export function portfolioFields(show: Show): INodeProperties[] {
	return [userLocator, portfolioLocator].map((field) => ({ ...field, displayOptions: { show } }));
}

/** Options `page` and `pageSize` of a list. */
export const pageOptions: INodeProperties[] = [
	{
		...numberField('pageFromZero', 'page'),
		default: 0,
		description: 'Read only this page, counted from 0. Return All and Limit then do not apply.',
	},
	{
		...numberField('pageSize'),
		default: 100,
		description: 'Records per page. Simplize does not publish the maximum.',
	},
];
