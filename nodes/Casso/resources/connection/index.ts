/** Resource Connection: its operation. */
import { checkConnection, connectionOperations } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { OperationContext } from '../../shared/operation';

export const description: INodeProperties[] = [connectionOperations('Casso')];

export const operations = {
	check: {
		description: [],
		execute: async (item: OperationContext): Promise<IDataObject[]> => {
			// Rarely used, so that nobody else loads it.
			const { runCassoDoctor } = await import('@saoke/core/doctor');
			return await checkConnection(item, async (options) => await runCassoDoctor(item.connection, options));
		},
	},
};
