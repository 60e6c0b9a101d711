/** Node "Simplize Polling Trigger": starts a workflow for new cash movements of one or several portfolios. */
import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { description } from './polling/description';
import { poll } from './polling/poll';

export class SimplizePollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Simplize Polling Trigger',
		name: 'simplizePollingTrigger',
		icon: { light: 'file:../../icons/simplize.svg', dark: 'file:../../icons/simplize.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ $parameter["direction"] === "in" ? "money in" : $parameter["direction"] === "out" ? "money out" : "every movement" }}',
		description: 'Starts the workflow when a portfolio has a new cash movement',
		defaults: { name: 'Simplize Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'simplizePartnerApi', required: true }],
		properties: description,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
