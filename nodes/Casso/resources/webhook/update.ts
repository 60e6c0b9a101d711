/** Webhook: Update. Replaces address, token and direction. */
import { updateWebhook } from '@saoke/core/casso';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { presentWebhook, readRegistration, registrationFields, webhookIdField } from './shared';

const showOnlyForUpdate = { resource: ['webhook'], operation: ['update'] };

export const description: INodeProperties[] = [
	webhookIdField(showOnlyForUpdate),
	...registrationFields(showOnlyForUpdate),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const webhookId = context.getNodeParameter('webhookId', itemIndex);
	return [presentWebhook(await updateWebhook(connection, webhookId, await readRegistration(context, itemIndex)))];
}
