/** Parameters of the Casso Trigger. Names and meanings are those of Transaction: Get Many where both have them. */
import { numberField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';
import { paymentCodeField } from '../shared/paymentCode';
import { descriptionFilter, minAmountFilter, output, triggerOn } from '../shared/triggerFields';

const showOnlyForAutomatic = { registration: ['automatic'] };
const showOnlyForManual = { registration: ['manual'] };

const registration: INodeProperties = {
	displayName: 'Webhook Setup',
	name: 'registration',
	type: 'options',
	noDataExpression: true,
	default: 'automatic',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description:
				'Publishing registers the URL at Casso, with your API key; unpublishing removes it. Deliveries carry a random secret token; they are not signed.',
		},
		{
			name: 'Manual',
			value: 'manual',
			description: 'You enter the URL in the dashboard of Casso. Only these deliveries are signed (Webhook V2).',
		},
	],
	description: 'Who registers the URL of this node at Casso',
};

const PUBLIC_URL =
	'Casso needs <a href="https://docs.n8n.io/hosting/configuration/configuration-examples/webhook-url/" target="_blank">a public https URL</a>; the sandbox takes any.';

/** n8n shows links and lists in a notice, and no other tags. */
function notice(name: string, lines: string[], show: typeof showOnlyForAutomatic): INodeProperties {
	return {
		displayName: `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`,
		name,
		type: 'notice',
		default: '',
		displayOptions: { show },
	};
}

const notices: INodeProperties[] = [
	notice(
		'automaticNotice',
		[
			'Publish the workflow. It then runs for each transaction.',
			'The Production URL shown above is registered at Casso.',
			PUBLIC_URL,
		],
		showOnlyForAutomatic,
	),
	notice(
		'manualNotice',
		[
			'Credential: the Key bảo mật of your Webhook V2 at Casso.',
			'Publish, enter the Production URL there, press Gọi thử.',
			PUBLIC_URL,
		],
		showOnlyForManual,
	),
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
				'Whether to accept deliveries of a legacy webhook too, which are not signed but carry the Secure Token of the credential',
		},
		{
			displayName: 'Group Deliveries That Arrive Together',
			name: 'groupDeliveries',
			type: 'boolean',
			default: false,
			description:
				'Whether deliveries that arrive while n8n is starting the workflow for an earlier one start it once, together, with one item per transaction. This makes bursts up to several times faster. Use it only if every node handles all items, not only the first.',
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
				'Refuse signed deliveries whose time is further in the past or future than this. 0 accepts any age: Casso retries for up to 24 hours, perhaps with the original time.',
		},
		{
			displayName: 'Test Calls',
			name: 'testCalls',
			type: 'options',
			default: 'ignore',
			options: [
				{ name: 'Ignore', value: 'ignore', description: 'Answer with success, but do not start the workflow' },
				{
					name: 'Pass On',
					value: 'pass',
					description: 'Start the workflow, regardless of the filters. Every item then has the field isTest.',
				},
			],
			description: 'What to do when somebody presses Gọi thử (test call) in the dashboard of Casso',
		},
	],
};

export const properties: INodeProperties[] = [registration, ...notices, triggerOn, filters, output, options];
