/** Parameters of the Casso Polling Trigger. Names and meanings are those of the Casso Trigger and of Get Many. */
import { numberField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { paymentCodeField } from '../shared/paymentCode';
import { descriptionFilter, minAmountFilter, output, triggerOn } from '../shared/triggerFields';

const accounts: INodeProperties[] = [
	{
		displayName: 'Accounts',
		name: 'accountScope',
		type: 'options',
		noDataExpression: true,
		default: 'all',
		options: [
			{ name: 'All Accounts', value: 'all' },
			{ name: 'Picked Accounts', value: 'picked' },
		],
		description: 'Whether transactions of all linked accounts start the workflow or only of those you pick',
	},
	{
		displayName: 'Account Names or IDs',
		name: 'pickedAccounts',
		type: 'multiOptions',
		required: true,
		default: [],
		displayOptions: { show: { accountScope: ['picked'] } },
		typeOptions: { loadOptionsMethod: 'getAccountNumbers' },
		description:
			'The bank accounts. In an expression, give bank account numbers. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
];

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		descriptionFilter,
		{
			...numberField('maxAmount'),
			default: 0,
			description: 'In VND, in either direction. 0 means no limit.',
		},
		minAmountFilter,
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			...numberField('overlapDays'),
			default: 3,
			description:
				'How many days back to look for late and back-dated transactions. More days need more requests whenever something has changed.',
		},
		{
			...numberField('backlogDays'),
			default: 0,
			description:
				'When the workflow is first published, also start it for transactions of this many past days, today included. 0 means only later transactions.',
		},
		{
			...numberField('pageSize'),
			default: 50,
			description: 'Transactions per page',
		},
		{
			...numberField('parallel'),
			default: 4,
			description:
				'How many pages to request at once, 1 to 10. After Casso reports too many requests, it is one for a while.',
		},
		paymentCodeField,
		{
			displayName: 'Sync Before Reading',
			name: 'syncFirst',
			type: 'boolean',
			default: false,
			description:
				'Whether to ask Casso to fetch from the banks first, at most once a minute for each account. What Casso finds comes with this poll or the next one.',
		},
	],
};

export const properties: INodeProperties[] = [...accounts, triggerOn, filters, output, options];
