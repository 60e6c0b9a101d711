/** Types of an operation file's exports: its parameters, and what it returns for one input item. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

/** Arguments of an operation for one input item. */
export interface ItemContext<Connection> {
	context: IExecuteFunctions;
	/** Of the item's own credential. */
	connection: Connection;
	itemIndex: number;
}

export interface NodeOperation<Connection> {
	/** Parameters, shown only for this operation. */
	description: INodeProperties[];
	execute: (item: ItemContext<Connection>) => Promise<IDataObject[]>;
}

/** An operation whose items contain more than JSON, such as an image. They are linked to their input item too. */
export interface ItemsOperation<Connection> {
	description: INodeProperties[];
	executeItems: (item: ItemContext<Connection>) => Promise<INodeExecutionData[]>;
}

/** An operation on all input items together. */
export interface BatchOperation {
	description: INodeProperties[];
	executeBatch: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
	/** The other outputs, empty, returned after the first if the operation fails. */
	otherOutputs: INodeExecutionData[][];
}
