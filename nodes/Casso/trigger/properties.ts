/** Parameters of the Casso Trigger. Names and meanings are those of Transaction: Get Many where both have them. */
import { numberField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { paymentCodeField } from '../shared/paymentCode';
import { descriptionFilter, direction, minAmountFilter, output } from '../shared/triggerFields';

const showOnlyForAutomatic = { registration: ['automatic'] };
const showOnlyForManual = { registration: ['manual'] };

const registration: INodeProperties = {
	displayName: 'Registration',
	name: 'registration',
	type: 'options',
	noDataExpression: true,
	default: 'automatic',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'Publishing registers a webhook at Casso with your API key, and unpublishing removes it. Deliveries carry a random secret token; they are not signed.',
		},
		{
			name: 'Manual',
			value: 'manual',
			description:
				'You enter the address of this node in the dashboard of Casso. The only way to get signed deliveries (Webhook V2).',
		},
	],
	description: 'How Casso learns the address of this node',
};

const notices: INodeProperties[] = [
	{
		displayName:
			'Choose a Casso API credential and publish the workflow. Casso then calls the <b>Production URL</b> shown under <b>Webhook URLs</b> above. Casso reaches only public https:// addresses: if the URL begins with http://, or names localhost or a private network, give n8n its public address first (N8N_WEBHOOK_URL, in older versions WEBHOOK_URL).',
		name: 'automaticNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForAutomatic },
	},
	{
		displayName:
			'1. In the dashboard of Casso, add a Webhook V2 integration and copy its security key (Key bảo mật) into a Casso Webhook API credential here. 2. Publish this workflow. 3. Copy the <b>Production URL</b> shown under <b>Webhook URLs</b> above into the integration, press Gọi thử (test call), and save. Casso reaches only public https:// addresses: if the URL begins with http://, or names localhost or a private network, give n8n its public address first (N8N_WEBHOOK_URL, in older versions WEBHOOK_URL).',
		name: 'manualNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: showOnlyForManual },
	},
];

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Account Numbers',
			name: 'accountNumbers',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0071000888888, 19035678901234',
			description: 'Only transactions of these bank account numbers, separated by commas',
		},
		descriptionFilter,
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
			displayName: 'Accept Legacy Deliveries',
			name: 'allowLegacy',
			type: 'boolean',
			default: false,
			displayOptions: { show: { '/registration': ['manual'] } },
			description:
				'Whether to take deliveries of a legacy webhook too, which are not signed and carry the Secure Token of the credential instead',
		},
		{
			displayName: 'Group Deliveries That Arrive Together',
			name: 'groupDeliveries',
			type: 'boolean',
			default: false,
			description:
				'Whether deliveries that arrive while n8n is starting the workflow for an earlier one start it once, together, with one item per transaction. This makes bursts several times faster. Use it only if every node handles all items, not only the first.',
		},
		{
			displayName: 'Ignore Repeats',
			name: 'ignoreRepeats',
			type: 'boolean',
			default: true,
			description:
				'Whether a transaction that comes again within 5 seconds starts the workflow only once. Later repeats do start it: write by key (account number and ID) so that they do no harm.',
		},
		paymentCodeField,
		{
			...numberField('replayWindowMinutes'),
			default: 0,
			displayOptions: { show: { '/registration': ['manual'] } },
			description:
				'Refuse signed deliveries whose time is further away than this, in the past or in the future. 0 takes any age: Casso tries again for up to 24 hours, and may then send the first time again.',
		},
		{
			displayName: 'Test Calls',
			name: 'testCalls',
			type: 'options',
			default: 'ignore',
			options: [
				{ name: 'Ignore', value: 'ignore', description: 'Answer them with success and start nothing' },
				{
					name: 'Pass On',
					value: 'pass',
					description: 'Start the workflow, whatever the filters say. Every item then has the field isTest.',
				},
			],
			description: 'What to do when somebody presses Gọi thử (test call) in the dashboard of Casso',
		},
	],
};

export const properties: INodeProperties[] = [registration, ...notices, direction, filters, output, options];
