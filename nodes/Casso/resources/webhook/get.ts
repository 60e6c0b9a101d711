/** Webhook: Get. */
import { getWebhook } from '@saoke/core/casso';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { presentWebhook, webhookIdField } from './shared';

export const description: INodeProperties[] = [webhookIdField({ resource: ['webhook'], operation: ['get'] })];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	return [presentWebhook(await getWebhook(connection, context.getNodeParameter('webhookId', itemIndex)))];
}
