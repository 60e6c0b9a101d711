/** What every operation file exports: its parameters, and how it answers for one input item. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** What the operations of one run share. */
export interface ItemContext<Connection> {
	connection: Connection;
	itemIndex: number;
}

export interface NodeOperation<Connection> {
	/** Parameters, shown only for this operation. */
	description: INodeProperties[];
	execute: (this: IExecuteFunctions, context: ItemContext<Connection>) => Promise<IDataObject[]>;
}

/** An operation whose items carry more than JSON, such as an image. They are linked to their input item all the same. */
export interface ItemsOperation<Connection> {
	description: INodeProperties[];
	executeItems: (this: IExecuteFunctions, context: ItemContext<Connection>) => Promise<INodeExecutionData[]>;
}
