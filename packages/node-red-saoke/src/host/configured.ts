/**
 * One rule for every setting, key, token and address of these nodes: only an empty field is unset. A configured setting
 * that resolves to no value is an error that names the field and the source, so that an unset variable never becomes "no
 * filter", "the default address", or, as literal text, a key that anyone can guess.
 *
 * Node-RED fills in `${NAME}` (and the older `$(NAME)`) while it makes a node: only if it is the whole field, from the
 * flow, subflow, group, global or process environment. A variable that is not set stays as it is written; one that is
 * empty leaves an empty field, so what was written is looked up as well.
 */
import { ParameterError } from '@saoke/core/common';
import { migrate } from './migrate';
import type { HostNode, NodeProperties, NodeRed } from './nodeRed';

/** A setting whose source has no value. */
export class UnsetError extends ParameterError {
	/** E.g. `${CASSO_API_KEY}` or `msg.ticker`. */
	readonly source: string;

	constructor(parameter: string, source: string, hint = 'Set it: only an empty field counts as not set.') {
		super(parameter, `The setting "${parameter}" comes from ${source}, which has no value`, hint);
		this.name = 'ParameterError';
		this.source = source;
	}
}

const VARIABLE = /\$\{[^{}]+\}/g;
const WHOLE_VARIABLE = /^\$(\{[^{}\s"':]+\}|\([^()\s]+\))$/;

/** Types of typed inputs whose text may contain `${…}` with another meaning. */
const EXPRESSION_TYPES: unknown[] = ['json', 'jsonata'];

/** @returns the environment variables in a text, as written; empty for none */
export function findVariables(text: unknown): string[] {
	if (typeof text !== 'string') return [];
	return WHOLE_VARIABLE.test(text) ? [text] : (text.match(VARIABLE) ?? []);
}

/** @returns true if a source has no value; an empty list or object is a value */
export function isNothing(value: unknown): boolean {
	return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

const known = new WeakMap<HostNode, NodeProperties>();

/**
 * @param properties as Node-RED gives them to the node
 * @returns the settings as this release means them; reading one that comes from an unset variable throws an UnsetError
 * @throws ParameterError when they were saved by a newer release
 */
export function getSettings<P extends NodeProperties>(RED: NodeRed, node: HostNode, properties: P): P {
	let settings = known.get(node) as P | undefined;
	if (!settings) known.set(node, (settings = resolve(migrate(properties), getWritten(RED, node))));
	return settings;
}

/**
 * @returns the credential as it is, white space included; undefined for a field left empty
 * @throws UnsetError when it comes from a variable that is not set or empty
 */
export function getCredential(RED: NodeRed, node: HostNode, name: string): string | undefined {
	const written = RED.nodes.getCredentials(node._alias ?? node.id)?.[name];
	const value: unknown = node.credentials?.[name];
	const error = findUnset(name, value, written);
	if (error) throw error;
	if (isNothing(value)) return undefined;
	if (typeof value === 'string' || typeof value === 'number') return String(value);
	throw new ParameterError(name, `The setting "${name}" is not text`, 'Set its variable to text.');
}

/** What the user wrote, before Node-RED filled in variables. A node of a subflow has the id of its template as alias. */
function getWritten(RED: NodeRed, node: HostNode): Record<string, unknown> {
	let written = {};
	const id = node._alias ?? node.id;
	RED.nodes.eachNode((candidate) => {
		if (candidate.id === id) written = candidate;
	});
	return written;
}

function resolve<P extends NodeProperties>(properties: P, written: Record<string, unknown>): P {
	const settings = { ...properties } as Record<string, unknown>;
	const unset = new Map<string, UnsetError>();
	for (const [name, value] of Object.entries(settings)) {
		const type = settings[`${name}Type`];
		// Node-RED also resolves the variable's name, and would then look up a variable named by its value.
		if (type === 'env') settings[name] = written[name] ?? value;
		else if (typeof value === 'number' && findVariables(written[name]).length > 0) settings[name] = String(value);
		if (type === 'env' || (EXPRESSION_TYPES.includes(type) && !WHOLE_VARIABLE.test(String(value)))) continue;
		const error = findUnset(name, value, written[name]);
		if (error) unset.set(name, error);
	}
	if (unset.size === 0) return settings as P;
	return new Proxy(settings as P, {
		get: (target, name) => {
			const error = unset.get(String(name));
			if (error) throw error;
			return Reflect.get(target, name) as unknown;
		},
	});
}

function findUnset(name: string, value: unknown, written: unknown): UnsetError | undefined {
	const left = findVariables(value);
	const variables = left.length > 0 ? left : isNothing(value) ? findVariables(written) : [];
	if (variables.length === 0) return undefined;
	const isWhole = WHOLE_VARIABLE.test(String(left.length > 0 ? value : written));
	return new UnsetError(
		name,
		variables.join(', '),
		isWhole
			? 'Set the variable and deploy again, or enter the value itself.'
			: 'Node-RED resolves a variable only if it is the whole field: use one variable for the whole value.',
	);
}
