/** Webhook: Create. */
import { createWebhook } from '@saoke/core/casso';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { presentWebhook, readRegistration, registrationFields } from './shared';

export const description: INodeProperties[] = registrationFields({ resource: ['webhook'], operation: ['create'] });

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	return [presentWebhook(await createWebhook(connection, await readRegistration(context, itemIndex)))];
}
