/** Webhook: Delete, by ID or by URL. */
import { deleteWebhook, deleteWebhooksByUrl } from '@saoke/core/casso';
import { choice, readParameter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';
import { webhookIdField } from './shared';

const showOnlyForDelete = { resource: ['webhook'], operation: ['delete'] };

export const description: INodeProperties[] = [
	{
		displayName: 'Delete By',
		name: 'deleteBy',
		type: 'options',
		noDataExpression: true,
		default: 'id',
		displayOptions: { show: showOnlyForDelete },
		options: [
			{ name: 'ID', value: 'id', description: 'Delete one webhook' },
			{ name: 'URL', value: 'url', description: 'Delete every webhook of the business with this address' },
		],
	},
	webhookIdField({ ...showOnlyForDelete, deleteBy: ['id'] }),
	{
		displayName: 'Webhook URL',
		name: 'webhookUrl',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/hooks/casso',
		displayOptions: { show: { ...showOnlyForDelete, deleteBy: ['url'] } },
		description: 'Every webhook of the business with exactly this address is deleted',
	},
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const deleteBy = choice(readParameter(context, 'deleteBy', itemIndex), ['id', 'url'], 'deleteBy', 'id');
	if (deleteBy === 'url') {
		return [{ deleted: await deleteWebhooksByUrl(connection, context.getNodeParameter('webhookUrl', itemIndex)) }];
	}
	await deleteWebhook(connection, context.getNodeParameter('webhookId', itemIndex));
	return [{ deleted: true }];
}
