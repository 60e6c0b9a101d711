/** Settings whose value may come from the message, a context or an expression; and days counted back from today. */
import { ParameterError } from '@saoke/core';
import type { FlowMessage, HostNode, NodeRed } from './nodeRed';
import { readRelativeDay } from './relativeDay';

/** A typed input of the editor: its value and its type. */
export interface TypedValue {
	value: string | undefined;
	type: string | undefined;
}

/** Types whose value stands for itself; `list` is an entry picked from a list that the editor loaded. */
const LITERAL_TYPES = ['str', 'num', 'list'];

export interface ReadContext {
	RED: NodeRed;
	node: HostNode;
	message: FlowMessage;
	/** Unix time in ms. */
	nowMs: number;
}

/**
 * @param parameter name for the error
 * @returns the value; undefined where it is empty
 * @throws ParameterError when it cannot be worked out
 */
export async function readTyped(context: ReadContext, typed: TypedValue, parameter: string): Promise<unknown> {
	const { value = '', type = 'str' } = typed;
	const day = readRelativeDay(type, value, parameter, context.nowMs);
	if (day !== undefined || value === '') return day;
	if (LITERAL_TYPES.includes(type)) return value;
	return await evaluate(context, value, type, parameter);
}

async function evaluate(context: ReadContext, value: string, type: string, parameter: string): Promise<unknown> {
	const { RED, node, message } = context;
	return await new Promise((resolve, reject) => {
		const fail = (): void => {
			reject(
				new ParameterError(
					parameter,
					`The value (${type}) cannot be worked out`,
					'Open the node and check this setting.',
				),
			);
		};
		try {
			RED.util.evaluateNodeProperty(value, type, node, message, (error, result) => {
				if (error) fail();
				else resolve(result === null ? undefined : result);
			});
		} catch {
			fail();
		}
	});
}
