/** Secrets that verify Casso's webhook deliveries. They never leave n8n, except the token that registers a webhook. */
import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

export class CassoWebhookApi implements ICredentialType {
	name = 'cassoWebhookApi';

	displayName = 'Casso Webhook API';

	icon: Icon = { light: 'file:../icons/casso.svg', dark: 'file:../icons/casso.dark.svg' };

	documentationUrl = 'https://developer.casso.vn/webhook/thiet-lap-webhook-thu-cong';

	properties: INodeProperties[] = [
		{
			displayName:
				'Casso offers no way to check these secrets: the test here only looks for empty or mistyped fields. Send a test call (Gọi thử) from the dashboard to be sure.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		secretField(
			'Security Key',
			'securityKey',
			'Key bảo mật of a Webhook V2 integration. Casso signs every delivery with it.',
		),
		secretField(
			'Previous Security Key',
			'previousSecurityKey',
			'Also accepted while you change the key, so that late deliveries still pass. Clear it afterwards.',
		),
		secretField(
			'Secure Token',
			'secureToken',
			'Token of a legacy webhook, sent with every delivery. A security key is never accepted as a token.',
		),
		secretField(
			'Previous Secure Token',
			'previousSecureToken',
			'Also accepted while you change the token. Clear it afterwards.',
		),
	];
}

function secretField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'string', typeOptions: { password: true }, default: '', description };
}
