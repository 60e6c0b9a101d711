/** Shared by the webhook operations: the ID, the registration fields, and the token from its credential. */
import { checkWebhookUrl, type RegisteredWebhook, type WebhookInput } from '@saoke/core/casso';
import { readBoolean, readParameter } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

type Show = NonNullable<INodeProperties['displayOptions']>['show'];

export function webhookIdField(show: Show): INodeProperties {
	return {
		displayName: 'Webhook ID',
		name: 'webhookId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 114',
		displayOptions: { show },
		description: "Casso's ID of the webhook, as Create returned it",
	};
}

export function registrationFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/hooks/casso',
			displayOptions: { show },
			description: 'Public address that Casso will call',
		},
		{
			displayName: 'Only Money In',
			name: 'incomeOnly',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether Casso reports incoming money only',
		},
		{
			displayName:
				'The secure token is taken from the Casso Webhook API credential, so that it never appears in a workflow or its output',
			name: 'tokenNotice',
			type: 'notice',
			default: '',
			displayOptions: { show },
		},
	];
}

export async function readRegistration(context: IExecuteFunctions, itemIndex: number): Promise<WebhookInput> {
	const { secureToken } = await context.getCredentials<{ secureToken?: string }>('cassoWebhookApi', itemIndex);
	return {
		url: checkWebhookUrl(context.getNodeParameter('webhookUrl', itemIndex)),
		secureToken: (secureToken ?? '').trim(),
		incomeOnly: readBoolean(readParameter(context, 'incomeOnly', itemIndex), false, 'incomeOnly'),
	};
}

/** The registration without its token. */
export function presentWebhook(webhook: RegisteredWebhook): IDataObject {
	return { id: webhook.id, url: webhook.url, incomeOnly: webhook.incomeOnly, raw: webhook.raw as IDataObject };
}
