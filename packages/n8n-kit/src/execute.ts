/** A node's execute(): runs the chosen operation for each input item, with its own links, errors and credential. */
import { ParameterError } from '@saoke/core/common';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withHintInMessage, type ToNodeError } from './nodeError';
import type { BatchOperation, ItemsOperation, NodeOperation } from './operation';
import { isTool, readParameter } from './parameters';

type Operation<Connection> = NodeOperation<Connection> | ItemsOperation<Connection> | BatchOperation;

export interface NodeParts<Connection> {
	/** Operations by resource and name. */
	resources: Readonly<Record<string, Readonly<Record<string, Operation<Connection>>>>>;
	/** Resources not offered to AI agents. */
	hiddenFromTools: readonly string[];
	/** Name of the credential type. */
	credential: string;
	connect: (context: IExecuteFunctions, data: ICredentialDataDecryptedObject) => Connection;
	toNodeError: ToNodeError;
}

/**
 * Items whose credential resolves to the same values share one connection, with its rate limit and caches.
 *
 * @returns the node's execute(), which throws an n8n error that names the item, unless the node is set to continue
 */
export function makeExecute<Connection>(
	parts: NodeParts<Connection>,
): (this: IExecuteFunctions) => Promise<INodeExecutionData[][]> {
	return async function execute(this: IExecuteFunctions) {
		const items = this.getInputData();
		const output: INodeExecutionData[] = [];
		const connections = new Map<string, Connection>();
		// Without items, n8n runs a node that has another input with items: a batch may make something of it.
		for (let itemIndex = 0; itemIndex < Math.max(items.length, 1); itemIndex++) {
			let batch: BatchOperation | undefined;
			try {
				const operation = findOperation(this, parts, itemIndex);
				if ('executeBatch' in operation) {
					batch = operation;
					return await operation.executeBatch(this);
				}
				if (items.length === 0) break;
				const connection = await connectItem(this, parts, connections, itemIndex);
				const item = { context: this, connection, itemIndex };
				const results =
					'executeItems' in operation
						? await operation.executeItems(item)
						: (await operation.execute(item)).map((json) => ({ json }));
				for (const result of results) output.push({ ...result, pairedItem: { item: itemIndex } });
			} catch (caught) {
				const converted = parts.toNodeError(this.getNode(), caught, batch ? undefined : itemIndex);
				// n8n's agent continues after a failed tool and passes on the message alone: the model gets the hint with it.
				const error = isTool(this) ? withHintInMessage(converted) : converted;
				if (!this.continueOnFail()) throw error;
				// A failed batch fails for all items: the error is the only item of the first output.
				if (batch) {
					const pairedItem = items.length > 0 ? { item: 0 } : undefined;
					return [[{ json: { error: error.message }, error, pairedItem }], ...batch.otherOutputs];
				}
				// No `error` next to `json`: with it, n8n's error output would lose the input item's data.
				output.push({ json: { error: error.message }, pairedItem: { item: itemIndex } });
			}
		}
		return [output];
	};
}

function findOperation<Connection>(
	context: IExecuteFunctions,
	{ resources, hiddenFromTools }: NodeParts<Connection>,
	itemIndex: number,
): Operation<Connection> {
	const resource = String(readParameter(context, 'resource', itemIndex));
	const operation = String(readParameter(context, 'operation', itemIndex));
	const isHidden = isTool(context) && hiddenFromTools.includes(resource);
	const chosen = isHidden ? undefined : resources[resource]?.[operation];
	if (chosen) return chosen;
	throw new ParameterError(
		'operation',
		`There is no operation "${operation}" of the resource "${resource}"${isTool(context) ? ' for a tool' : ''}`,
		'Choose resource and operation from their lists.',
	);
}

/** A credential may contain expressions that use the item, so it is read for each item. */
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
