/** Node "Casso Polling Trigger": polls Casso for new bank transactions; needs no public address. */
import { triggerOnSubtitle } from '@saoke/n8n-kit';
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { getAccountNumbers } from './shared/accounts';
import { EVENT } from './shared/triggerFields';
import { poll } from './polling/poll';
import { properties } from './polling/properties';

export class CassoPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Casso Polling Trigger',
		name: 'cassoPollingTrigger',
		icon: { light: 'file:../../icons/casso.svg', dark: 'file:../../icons/casso.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerOnSubtitle(EVENT),
		description: 'Checks for new bank transactions on a schedule. No public URL needed.',
		defaults: { name: 'Casso Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'cassoApi', required: true }],
		eventTriggerDescription: 'Showing the newest transaction of the last 30 days',
		activationMessage:
			'Casso is now polled for new transactions. Existing transactions do not start the workflow, unless you set Days to Start With.',
		properties,
	};

	methods = { loadOptions: { getAccountNumbers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
