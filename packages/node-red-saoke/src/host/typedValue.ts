/** Settings whose value may come from the message, a context or an expression; and days counted back from today. */
import { addDays, ParameterError, vietnamDay } from '@saoke/core';
import type { FlowMessage, HostNode, NodeRed } from './nodeRed';

/** A typed input of the editor: its value and its type. */
export interface TypedValue {
	value: string | undefined;
	type: string | undefined;
}

/** Type of the editor for a day that is so many days before today, in Vietnam. */
const DAYS_AGO = 'daysAgo';

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
	if (value === '') return undefined;
	if (type === DAYS_AGO) return dayBefore(value, parameter, context.nowMs);
	if (LITERAL_TYPES.includes(type)) return value;
	return await evaluate(context, value, type, parameter);
}

function dayBefore(value: string, parameter: string, nowMs: number): string {
	if (!/^\d{1,5}$/.test(value.trim())) {
		throw new ParameterError(
			parameter,
			'This is not a number of days',
			'Enter 0 for today, 1 for yesterday, and so on.',
		);
	}
	return addDays(vietnamDay(nowMs), -Number(value));
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
