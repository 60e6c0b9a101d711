/** Types of operations: what one returns for one input item, or for all of them. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Arguments of an operation for one input item. */
export interface ItemContext<Connection> {
	context: IExecuteFunctions;
	/** Of the item's own credential. */
	connection: Connection;
	itemIndex: number;
}

export interface NodeOperation<Connection> {
	execute: (item: ItemContext<Connection>) => Promise<IDataObject[]>;
}

/** An operation whose items contain more than JSON, such as an image. They are linked to their input item too. */
export interface ItemsOperation<Connection> {
	executeItems: (item: ItemContext<Connection>) => Promise<INodeExecutionData[]>;
}

/** An operation on all input items together. */
export interface BatchOperation {
	executeBatch: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
	/** The other outputs, empty, returned after the first if the operation fails. */
	otherOutputs: INodeExecutionData[][];
}
