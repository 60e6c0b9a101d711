/** Resource Connection: its operation. */
import { connectionOperations } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/connection';

export const description: INodeProperties[] = [connectionOperations('Simplize')];

export const operations = {
	check: {
		execute: async (item: OperationContext): Promise<IDataObject[]> => await (await import('./check')).execute(item),
	},
};
