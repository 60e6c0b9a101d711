/** Parameters of the Casso Trigger. Names and meanings are those of Transaction: Get Many where both have them. */
import type { INodeProperties } from 'n8n-workflow';
import { paymentCodeField } from '../shared/paymentCode';

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
			description: 'Publishing registers a webhook at Casso with your API key, and unpublishing removes it. Deliveries carry a secret token; they are not signed.',
		},
		{
			name: 'Manual',
			value: 'manual',
			description: 'You enter the address of this node in the dashboard of Casso. The only way to get signed deliveries (Webhook V2).',
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

const direction: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	default: 'any',
	options: [
		{ name: 'Any', value: 'any' },
		{ name: 'Money In', value: 'in' },
		{ name: 'Money Out', value: 'out' },
	],
	description: 'Which transactions start the workflow',
};

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
		{
			displayName: 'Description Contains',
			name: 'description',
			type: 'string',
			default: '',
			placeholder: 'e.g. DH*',
			description: 'Text in the transfer description, in any case. Use * for any text and ? for one character.',
		},
		{
			displayName: 'Minimum Amount',
			name: 'minAmount',
			type: 'number',
			default: 0,
			description: 'In VND, whatever the direction',
		},
	],
};

const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'simplified',
	options: [
		{ name: 'Simplified', value: 'simplified', description: 'The ten fields that matter, the same from every source' },
		{ name: 'Raw', value: 'raw', description: 'The record as Casso sent it' },
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
			name: 'isLegacyAllowed',
			type: 'boolean',
			default: false,
			displayOptions: { show: { '/registration': ['manual'] } },
			description:
				'Whether to take deliveries of a legacy webhook too, which are not signed and carry the Secure Token of the credential instead',
		},
		{
			displayName: 'Answer',
			name: 'answer',
			type: 'options',
			noDataExpression: true,
			default: 'stored',
			options: [
				{
					name: 'When Finished',
					value: 'finished',
					description: 'After the whole workflow went well. If it fails, or its worker dies, Casso delivers again. Only for workflows that end within seconds and write by key.',
				},
				{ name: 'When Stored', value: 'stored', description: 'As soon as n8n has stored the execution: fast, however long the workflow takes' },
			],
			description: 'When Casso is told that the delivery arrived. Until then it delivers again, for up to 24 hours.',
		},
		{
			displayName: 'Ignore Repeats',
			name: 'areRepeatsIgnored',
			type: 'boolean',
			default: true,
			description:
				'Whether a transaction that comes again within 5 seconds starts the workflow only once. Later repeats do start it: write by key (account number and ID) so that they do no harm.',
		},
		paymentCodeField,
		{
			displayName: 'Replay Window (Minutes)',
			name: 'replayWindowMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
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
				{ name: 'Pass On', value: 'pass', description: 'Start the workflow, whatever the filters say. Every item then has the field isTest.' },
			],
			description: 'What to do when somebody presses Gọi thử (test call) in the dashboard of Casso',
		},
	],
};

export const properties: INodeProperties[] = [registration, ...notices, direction, filters, output, options];
