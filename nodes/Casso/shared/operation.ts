/** What every operation file of the Casso node exports. */
import type { CassoConnection } from '@saoke/core/casso';
import type { ItemContext } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

export type OperationContext = ItemContext<CassoConnection>;

/** An operation over all input items at once, with outputs and links of its own. It calls no service itself. */
export interface BatchOperation {
	description: INodeProperties[];
	executeBatch: (this: IExecuteFunctions, items: INodeExecutionData[]) => Promise<INodeExecutionData[][]>;
}
