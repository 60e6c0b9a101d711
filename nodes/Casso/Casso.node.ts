/** Node "Casso": bank accounts, transactions, payments, webhooks and the user behind a key. */
import { makeExecute } from '@saoke/n8n-kit';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import { cassoWebhookSecrets } from './shared/webhookSecrets';
import { searchAccounts } from './shared/accounts';
import * as account from './resources/account';
import * as connection from './resources/connection';
import * as payment from './resources/payment';
import * as transaction from './resources/transaction';
import * as user from './resources/user';
import * as webhook from './resources/webhook';
import { connectWith, CREDENTIAL } from './shared/connection';
import { toNodeError } from './shared/nodeError';

export class Casso implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Casso',
		name: 'casso',
		icon: { light: 'file:../../icons/casso.svg', dark: 'file:../../icons/casso.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Read Vietnamese bank accounts and transactions, match payments to orders, and manage webhooks',
		defaults: { name: 'Casso' },
		usableAsTool: true,
		inputs: payment.inputs,
		outputs: payment.outputs,
		credentials: [
			{ name: 'cassoApi', required: true, displayOptions: { hide: { transactionsFrom: ['input'] } } },
			{
				name: 'cassoWebhookApi',
				required: true,
				testedBy: 'cassoWebhookSecrets',
				// With `hide`, the credential stays the first field; with `show`, n8n puts it below Operation.
				displayOptions: {
					hide: {
						resource: ['account', 'connection', 'payment', 'transaction', 'user'],
						operation: ['delete', 'get'],
					},
				},
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				default: 'transaction',
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'Connection', value: 'connection', displayOptions: { hide: { '@tool': [true] } } },
					{ name: 'Payment', value: 'payment' },
					{ name: 'Transaction', value: 'transaction' },
					{ name: 'User', value: 'user' },
					{ name: 'Webhook', value: 'webhook', displayOptions: { hide: { '@tool': [true] } } },
				],
			},
			...account.description,
			...connection.description,
			...payment.description,
			...transaction.description,
			...user.description,
			...webhook.description,
		],
	};

	methods = { credentialTest: { cassoWebhookSecrets }, listSearch: { searchAccounts } };

	execute = makeExecute({
		resources: {
			account: account.operations,
			connection: connection.operations,
			payment: payment.operations,
			transaction: transaction.operations,
			user: user.operations,
			webhook: webhook.operations,
		},
		// A check is many requests; a webhook needs its own secret, and a wrong call would disconnect a workflow.
		hiddenFromTools: ['connection', 'webhook'],
		credential: CREDENTIAL,
		connect: connectWith,
		toNodeError,
	});
}
