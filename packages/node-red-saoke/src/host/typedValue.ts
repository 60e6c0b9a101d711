/** Settings whose value may come from the message, a context or an expression; and days counted back from today. */
import { addDays, ParameterError, vietnamDay } from '@saoke/core';
import { isNothing, UnsetError } from './configured';
import type { FlowMessage, HostNode, NodeRed } from './nodeRed';

/** A typed input of the editor: its value and its type. */
export interface TypedValue {
	value: string | undefined;
	type: string | undefined;
}

/** Types with a literal value; `list` is an entry selected from a list loaded by the editor. */
const LITERAL_TYPES = ['str', 'num', 'list'];

const CONTEXT_TYPES = ['msg', 'flow', 'global'];

export interface ReadContext {
	RED: NodeRed;
	node: HostNode;
	message: FlowMessage;
	/** Unix time in ms. */
	nowMs: number;
}

/**
 * @param parameter name for the error
 * @returns the value; undefined only for an empty field
 * @throws UnsetError if its source has no value, ParameterError if it cannot be evaluated
 */
export async function readTyped(context: ReadContext, typed: TypedValue, parameter: string): Promise<unknown> {
	const { value = '', type = 'str' } = typed;
	if (isNothing(value)) return undefined;
	if (type === 'daysAgo') return readDaysAgo(value, parameter, context.nowMs);
	if (LITERAL_TYPES.includes(type)) return value;
	if (type === 'env') return await readVariables(context, value, parameter);
	const found = await evaluate(context, value, type, parameter);
	if (isNothing(found)) throw new UnsetError(parameter, describeSource(value, type), SET_BEFORE);
	return found;
}

function readDaysAgo(days: string, parameter: string, nowMs: number): string {
	if (/^\d{1,5}$/.test(days.trim())) return addDays(vietnamDay(nowMs), -Number(days));
	throw new ParameterError(parameter, 'This is not a number of days', 'Enter 0 for today, 1 for yesterday, and so on.');
}

const SET_BEFORE = 'Set it before this node: only an empty field counts as not set.';

/** One variable by its name, or a text with several: each must have a value. */
async function readVariables(context: ReadContext, value: string, parameter: string): Promise<unknown> {
	const names = value.match(/\$\{[^}]+\}/g) ?? [`\${${value}}`];
	for (const name of names) {
		if (isNothing(await evaluate(context, name, 'env', parameter))) throw new UnsetError(parameter, name);
	}
	return await evaluate(context, value, 'env', parameter);
}

function describeSource(value: string, type: string): string {
	return type === 'jsonata' ? 'its JSONata expression' : type === 'json' ? 'its JSON' : `${type}.${value}`;
}

async function evaluate(context: ReadContext, value: string, type: string, parameter: string): Promise<unknown> {
	const { RED, node, message } = context;
	return await new Promise((resolve, reject) => {
		const fail = (): void => {
			// Node-RED throws for a.b if a is missing.
			if (CONTEXT_TYPES.includes(type)) reject(new UnsetError(parameter, describeSource(value, type), SET_BEFORE));
			const message = `The setting "${parameter}" cannot be evaluated from ${describeSource(value, type)}`;
			reject(new ParameterError(parameter, message, 'Open the node and check this setting.'));
		};
		try {
			RED.util.evaluateNodeProperty(value, type, node, message, (error, result) => {
				if (error) fail();
				else resolve(result);
			});
		} catch {
			fail();
		}
	});
}
