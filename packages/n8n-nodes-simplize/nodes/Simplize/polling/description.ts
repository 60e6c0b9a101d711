/** Parameters of the trigger. */
import { CASH_MOVEMENT_DETAIL_FIELDS, CASH_MOVEMENT_FIELDS } from '@saoke/core/simplize';
import { outputProperties, numberField, triggerOnField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { portfolioLocator, userLocator } from '../shared/locators';

export const EVENT = 'cash movement';

const portfolios: INodeProperties = {
	displayName: 'Portfolios',
	name: 'portfolios',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add portfolio',
	required: true,
	default: { portfolio: [{ externalUserId: userLocator.default, portfolioId: portfolioLocator.default }] },
	description: 'The portfolios to watch',
	options: [
		{
			displayName: 'Portfolio',
			name: 'portfolio',
			values: [userLocator, portfolioLocator],
		},
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
			...numberField('portfolioOverlapDays', 'overlapDays'),
			default: 7,
			description:
				'How many past days to read again at each poll, to find movements that are entered late. Each movement still starts the workflow once.',
		},
		{
			...numberField('portfolioBacklogDays', 'backlogDays'),
			default: 0,
			description:
				'When the workflow is first published, also start it for movements of this many past days. 0 means only later movements.',
		},
		{
			displayName: 'Transaction Types',
			name: 'transactionTypes',
			type: 'string',
			default: '',
			placeholder: 'e.g. DEPOSIT',
			description: 'Only movements with one of these codes, separated by commas',
		},
	],
};

export const description: INodeProperties[] = [
	portfolios,
	triggerOnField(EVENT),
	...outputProperties(
		{},
		'Simplize',
		[...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS],
		'The ten main fields, with times in Vietnam (+07:00)',
	),
	options,
];
