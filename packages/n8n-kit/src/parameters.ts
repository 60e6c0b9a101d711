/**
 * Reads parameters so that an empty value never silently widens a result. In a workflow, an expression that returned no
 * value and a filter or option that was added but is empty are rejected by name. An AI model sends an empty text for a
 * parameter that it does not set, so for a tool both count as not set.
 */
import { ParameterError } from '@saoke/core/common';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

export type ParameterContext = Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>;

/** @returns whether the node runs as a tool of an AI agent, for which n8n uses a separate type name */
export function isTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * @param parameter name for the error, if it differs from the parameter's name
 * @returns undefined if it is empty
 * @throws ParameterError if its expression returned no value
 */
export function readParameter(
	context: ParameterContext,
	name: string,
	itemIndex: number,
	parameter: string = name,
): unknown {
	const value = readLocated(context.getNodeParameter(name, itemIndex, ''));
	if (!isEmpty(value)) return value;
	const written: unknown = context.getNodeParameter(name, itemIndex, '', { rawExpressions: true });
	if (isExpression(written) && !isTool(context)) throw noValue(parameter);
	return undefined;
}

/**
 * A collection such as Filters or Options.
 *
 * @returns only what is set
 * @throws ParameterError naming the field that is empty
 */
export function readCollection(context: ParameterContext, name: string, itemIndex: number): IDataObject {
	const values: unknown = context.getNodeParameter(name, itemIndex, {});
	const written: unknown = context.getNodeParameter(name, itemIndex, {}, { rawExpressions: true });
	if (isTool(context)) return keepSet(values);
	return checkCollection(name, values, written);
}

/**
 * The same for a trigger, which has no items and is not a tool.
 *
 * @throws ParameterError naming the field that is empty
 */
export function readTriggerCollection(
	context: { getNodeParameter: (name: string, fallback: object, options?: object) => unknown },
	name: string,
): IDataObject {
	return checkCollection(
		name,
		context.getNodeParameter(name, {}),
		context.getNodeParameter(name, {}, { rawExpressions: true }),
	);
}

/** @param written the raw values, with unevaluated expressions */
function checkCollection(name: string, values: unknown, written: unknown): IDataObject {
	const set = keepSet(values);
	const expressions = isRecord(written) ? written : {};
	for (const field of Object.keys({ ...expressions, ...(values as IDataObject) })) {
		if (field in set) continue;
		if (isExpression(expressions[field])) throw noValue(field);
		const message = name === 'filters' ? 'This filter is empty' : 'This option is empty';
		throw new ParameterError(field, message, 'Enter a value, or remove it.');
	}
	return set;
}

/**
 * @param fallback for an empty value
 * @throws ParameterError if it is neither true nor false; the texts of an expression or a model are accepted too
 */
export function readBoolean(value: unknown, fallback: boolean, parameter: string): boolean {
	if (value === undefined) return fallback;
	if (typeof value === 'boolean') return value;
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (text === 'true' || text === 'false') return text === 'true';
	throw new ParameterError(parameter, 'Must be true or false', 'Switch it on or off, or correct the expression.');
}

/** @returns what a resource locator holds; any other value as it is */
export function readLocated(value: unknown): unknown {
	return isRecord(value) && value.__rl === true ? value.value : value;
}

function keepSet(values: unknown): IDataObject {
	return Object.fromEntries(Object.entries(isRecord(values) ? values : {}).filter(([, value]) => !isEmpty(value)));
}

function noValue(parameter: string): ParameterError {
	return new ParameterError(
		parameter,
		'The expression returned no value',
		'Correct the expression, or remove it if you want no value here.',
	);
}

function isExpression(written: unknown): boolean {
	const text = readLocated(written);
	return typeof text === 'string' && text.startsWith('=');
}

function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
