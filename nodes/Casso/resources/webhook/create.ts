/** Webhook: Create. */
import { createWebhook } from '@saoke/core/casso';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/operation';
import { presentWebhook, registrationFields, registrationOf } from './shared';

export const description: INodeProperties[] = registrationFields({ resource: ['webhook'], operation: ['create'] });

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	return [presentWebhook(await createWebhook(connection, await registrationOf.call(this, itemIndex)))];
}
