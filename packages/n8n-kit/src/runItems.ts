/** Runs the chosen operation for each input item, and keeps items, links, failures and credentials apart. */
import { ParameterError } from '@saoke/core/common';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ToNodeError } from './nodeError';
import type { ItemContext, ItemsOperation, NodeOperation } from './operation';
import { isTool, readParameter } from './parameters';

export interface NodeParts<Connection> {
	/** Operations by resource and name. */
	resources: Readonly<Record<string, Readonly<Record<string, NodeOperation<Connection> | ItemsOperation<Connection>>>>>;
	/** Name of the credential type. */
	credential: string;
	connect: (context: IExecuteFunctions, data: ICredentialDataDecryptedObject) => Connection;
	toNodeError: ToNodeError;
}

/**
 * Items whose credential resolves to the same values share one connection, with its pace and what it remembers.
 *
 * @throws an error of n8n that names the item, unless the node is set to continue
 */
export async function runItems<Connection>(
	context: IExecuteFunctions,
	parts: NodeParts<Connection>,
): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const output: INodeExecutionData[] = [];
	const connections = new Map<string, Connection>();
	for (let itemIndex = 0; itemIndex < items.length; itemIndex++) {
		try {
			const connection = await connectItem(context, parts, connections, itemIndex);
			const results = await runItem(parts.resources, { context, connection, itemIndex });
			for (const result of results) output.push({ ...result, pairedItem: { item: itemIndex } });
		} catch (caught) {
			const error = parts.toNodeError(context.getNode(), caught, itemIndex);
			if (!context.continueOnFail()) throw error;
			// Without an `error` beside `json`: with one, n8n's error output would lose what the item came in with.
			// n8n's agent goes on past a failing tool; what to do next helps a model as it helps a person.
			const hint = isTool(context) && error.description ? `. ${error.description}` : '';
			output.push({ json: { error: `${error.message}${hint}` }, pairedItem: { item: itemIndex } });
		}
	}
	return [output];
}

/** A credential may hold expressions of the item, so it is read for each of them. */
async function connectItem<Connection>(
	context: IExecuteFunctions,
	{ credential, connect }: NodeParts<Connection>,
	connections: Map<string, Connection>,
	itemIndex: number,
): Promise<Connection> {
	const data = await context.getCredentials(credential, itemIndex);
	const key = JSON.stringify(data);
	const known = connections.get(key);
	if (known !== undefined) return known;
	const made = connect(context, data);
	connections.set(key, made);
	return made;
}

async function runItem<Connection>(
	resources: NodeParts<Connection>['resources'],
	item: ItemContext<Connection>,
): Promise<INodeExecutionData[]> {
	const { context, itemIndex } = item;
	const resource = String(readParameter(context, 'resource', itemIndex));
	const operation = String(readParameter(context, 'operation', itemIndex));
	const chosen = resources[resource]?.[operation];
	if (!chosen) {
		throw new ParameterError(
			'operation',
			`There is no operation "${operation}" of the resource "${resource}"${isTool(context) ? ' for a tool' : ''}`,
			'Choose resource and operation from their lists.',
		);
	}
	if ('executeItems' in chosen) return await chosen.executeItems(item);
	return (await chosen.execute(item)).map((json) => ({ json }));
}
