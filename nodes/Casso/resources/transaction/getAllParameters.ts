/** Parameters of Transaction: Get Many, every one of the vendor's page and the filters that Casso lacks. */
import { numberField, periodFields, returnAllAndLimit, returnAsProperty } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { accountLocator } from '../../shared/accounts';
import { transactionOutput } from '../../shared/output';
import { paymentCodeField } from '../../shared/paymentCode';
import { timesEndingInZField } from '../../shared/timesEndingInZ';

const showOnlyForGetMany = { resource: ['transaction'], operation: ['getAll'] };

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	displayOptions: { show: showOnlyForGetMany },
	options: [
		{
			displayName: 'Account Numbers',
			name: 'accountNumbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0071000888888, 19035678901234',
			description: 'Only these bank account numbers, separated by commas, e.g. 0071000888888. Filtered after reading.',
		},
		{
			displayName: 'Description Contains',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. DH*',
			description:
				'Text in the transfer description, in any case. Use * for any text and ? for one character. Filtered after reading.',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			default: 'any',
			options: [
				{ name: 'Any', value: 'any' },
				{ name: 'Money In', value: 'in' },
				{ name: 'Money Out', value: 'out' },
			],
			description: 'Whether money came in or went out: any, in or out. Filtered after reading.',
		},
		{
			...numberField('maxAmount'),
			default: 0,
			description:
				'In VND, a whole number such as 500000, in either direction. 0 means no limit. Filtered after reading.',
		},
		{
			...numberField('minAmount'),
			default: 0,
			description: 'In VND, a whole number such as 500000, in either direction. Filtered after reading.',
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	displayOptions: { show: showOnlyForGetMany },
	options: [
		{
			...numberField('page'),
			default: 1,
			description: 'Read only this page, counted from 1. Return All and Limit then do not apply.',
		},
		{
			...numberField('pageSize'),
			default: 50,
			description:
				"Transactions per page. Without this option, 10 for a single page, which is Casso's default, and 50 when reading several.",
		},
		{
			...numberField('parallel'),
			default: 4,
			description:
				'How many pages to request at once, 1 to 10. After Casso reports too many requests, it is one for a while.',
		},
		paymentCodeField,
		timesEndingInZField,
	],
};

export const description: INodeProperties[] = [
	{
		displayName: 'Accounts',
		name: 'accountScope',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		displayOptions: { show: showOnlyForGetMany },
		options: [
			{ name: 'All Accounts', value: 'all' },
			{ name: 'One Account', value: 'one' },
		],
		description: 'Whether to read the transactions of all linked accounts or of one: all or one',
	},
	accountLocator({ ...showOnlyForGetMany, accountScope: ['one'] }),
	...periodFields(showOnlyForGetMany),
	...returnAllAndLimit(showOnlyForGetMany),
	filters,
	{
		displayName: 'Sort',
		name: 'sort',
		type: 'options',
		default: 'ASC',
		displayOptions: { show: showOnlyForGetMany },
		options: [
			{ name: 'Newest First', value: 'DESC' },
			{ name: 'Oldest First', value: 'ASC' },
		],
		description: 'Order by the time of the transaction: ASC is oldest first, DESC newest first',
	},
	...transactionOutput(showOnlyForGetMany),
	returnAsProperty(showOnlyForGetMany),
	options,
];
