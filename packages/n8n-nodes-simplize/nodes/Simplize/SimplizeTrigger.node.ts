/** Node "Simplize Trigger": starts a workflow for new cash movements of one or several portfolios. */
import { triggerOnSubtitle } from '@saoke/n8n-kit';
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { description, EVENT } from './polling/description';
import { searchPortfolios, searchUsers } from './shared/locators';
import { poll } from './polling/poll';

export class SimplizeTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Simplize Trigger',
		name: 'simplizeTrigger',
		icon: { light: 'file:../../icons/simplize.svg', dark: 'file:../../icons/simplize.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerOnSubtitle(EVENT),
		description: 'Checks for new cash movements on a schedule. No public URL needed.',
		defaults: { name: 'Simplize Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'simplizePartnerApi', required: true }],
		eventTriggerDescription: 'Showing a recent cash movement',
		activationMessage:
			'Simplize is now polled for new cash movements. Existing movements do not start the workflow, unless you set Days to Start With.',
		properties: description,
	};

	methods = { listSearch: { searchPortfolios, searchUsers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
