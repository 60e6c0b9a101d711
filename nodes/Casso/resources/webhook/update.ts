/** Webhook: Update. Replaces address, token and direction. */
import { updateWebhook } from '@saoke/core/casso';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/operation';
import { presentWebhook, registrationFields, registrationOf, webhookIdField } from './shared';

const showOnlyForUpdate = { resource: ['webhook'], operation: ['update'] };

export const description: INodeProperties[] = [
	webhookIdField(showOnlyForUpdate),
	...registrationFields(showOnlyForUpdate),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const webhookId = this.getNodeParameter('webhookId', itemIndex);
	return [presentWebhook(await updateWebhook(connection, webhookId, await registrationOf.call(this, itemIndex)))];
}
