/** Runs the chosen operation for each input item, and keeps items, links and failures apart. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ToNodeError } from './nodeError';
import type { ItemContext, ItemsOperation, NodeOperation } from './operation';

export interface NodeParts<Connection> {
	/** Operations by resource and name. */
	resources: Readonly<Record<string, Readonly<Record<string, NodeOperation<Connection> | ItemsOperation<Connection>>>>>;
	connect: (context: IExecuteFunctions) => Promise<Connection>;
	toNodeError: ToNodeError;
}

/**
 * The connection is made once for all items, so that it can remember what they have in common.
 *
 * @throws an error of n8n that names the item, unless the node is set to continue
 */
export async function runItems<Connection>(
	context: IExecuteFunctions,
	parts: NodeParts<Connection>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const output: INodeExecutionData[] = [];
	let connection: Promise<Connection> | undefined;
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		try {
			connection ??= parts.connect(context);
			const results = await runItem(context, parts.resources, { connection: await connection, itemIndex });
			for (const result of results) output.push({ ...result, pairedItem: { item: itemIndex } });
		} catch (caught) {
			const error = parts.toNodeError(context.getNode(), caught, itemIndex);
			if (!context.continueOnFail()) throw error;
			// Without an `error` beside `json`: with one, n8n's error output would lose what the item came in with.
			output.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
		}
	}
	return [output];
}

async function runItem<Connection>(
	context: IExecuteFunctions,
	resources: NodeParts<Connection>['resources'],
	item: ItemContext<Connection>,
): Promise<INodeExecutionData[]> {
	const resource = context.getNodeParameter('resource', item.itemIndex) as string;
	const operation = context.getNodeParameter('operation', item.itemIndex) as string;
	const chosen = resources[resource]?.[operation];
	if (!chosen) throw new Error(`There is no operation "${operation}" for the resource "${resource}"`);
	if ('executeItems' in chosen) return await chosen.executeItems.call(context, item);
	return (await chosen.execute.call(context, item)).map((json) => ({ json }));
}
