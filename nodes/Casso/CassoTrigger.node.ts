/** Node "Casso Trigger": starts a workflow when Casso reports new bank transactions. */
import { triggerOnSubtitle } from '@saoke/n8n-kit';
import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { EVENT } from './shared/triggerFields';
import { cassoWebhookSecrets } from './shared/webhookSecrets';
import { checkExists, create, remove } from './trigger/lifecycle';
import { properties } from './trigger/properties';
import { receive } from './trigger/receive';

export class CassoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Casso Trigger',
		name: 'cassoTrigger',
		icon: { light: 'file:../../icons/casso.svg', dark: 'file:../../icons/casso.dark.svg' },
		group: ['trigger'],
		// The two versions behave the same. Above version 1, n8n does not evaluate an expression for each delivery first.
		version: [1, 1.1],
		subtitle: triggerOnSubtitle(EVENT),
		description: 'Starts the workflow as soon as Casso reports a bank transaction',
		defaults: { name: 'Casso Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			// With `hide`, the credential is the first field; with `show`, n8n puts it below the field that it depends on.
			{ name: 'cassoApi', required: true, displayOptions: { hide: { registration: ['manual'] } } },
			{
				name: 'cassoWebhookApi',
				required: true,
				testedBy: 'cassoWebhookSecrets',
				displayOptions: { hide: { registration: ['automatic'] } },
			},
		],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'casso',
				responseMode: 'onReceived',
				// Empty, so that n8n sends what `receive` returns. Evaluating an expression costs more than the rest of a delivery.
				responseData: '',
			},
		],
		eventTriggerDescription: 'Waiting for Casso to report a transaction',
		activationMessage:
			'Casso Trigger is ready. If Webhook Setup is Automatic, Casso now calls the Production URL shown in the node. If it is Manual, enter that URL in the dashboard of Casso and press Gọi thử (test call). Casso reaches only public https:// addresses.',
		triggerPanel: {
			header: 'Receive a transaction from Casso',
			executionsHelp: {
				inactive:
					'<b>To try it</b>, click the button above. With automatic setup, the test URL is registered at Casso for two minutes, or until one transaction arrives. With manual setup, enter the <b>Test URL</b> in the dashboard of Casso.<br /><br /><b>To use it</b>, <a data-key="activate">publish</a> the workflow. With automatic setup there is nothing else to do. With manual setup, enter the <b>Production URL</b> in the dashboard of Casso and press Gọi thử (test call).<br /><br />Both URLs are under <b>Webhook URLs</b> in the parameters. Casso reaches only public https:// addresses.',
				active:
					'<b>This workflow is published</b>: every transaction starts it, as the <a data-key="executions">executions list</a> shows. With manual setup, the dashboard of Casso must have the <b>Production URL</b> under <b>Webhook URLs</b> in the parameters.<br /><br /><b>Nothing arrives?</b> If the webhook was deleted at Casso, or the public address of n8n changed, unpublish the workflow and publish it again. Add a Casso Polling Trigger to catch what was missed meanwhile.<br /><br /><b>To try it</b>, click the button above: the published workflow keeps running.',
			},
			activationHint: {
				inactive:
					'Once you have finished building your workflow, publish it to receive transactions without clicking this button.',
				active: 'This workflow also receives transactions without clicking this button.',
			},
		},
		properties,
	};

	methods = { credentialTest: { cassoWebhookSecrets } };

	webhookMethods = {
		default: {
			checkExists: async function (this: IHookFunctions): Promise<boolean> {
				return await checkExists(this);
			},
			create: async function (this: IHookFunctions): Promise<boolean> {
				return await create(this);
			},
			delete: async function (this: IHookFunctions): Promise<boolean> {
				return await remove(this);
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
