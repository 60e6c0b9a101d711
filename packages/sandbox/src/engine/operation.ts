import type { FastifyRequest } from 'fastify';
import type { Schema } from './schema';

/** One call of an API, as its route and its document both use it. */

export interface Parameter {
	in: 'query' | 'path' | 'header';
	name: string;
	schema: Schema;
	/** Completes the sentence "… must be", for refusals and for the document. */
	mustBe: string;
	required?: boolean;
	description?: string;
}

export interface Operation {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete';
	/** With `{name}` for variable parts. */
	path: string;
	id: string;
	summary: string;
	description?: string;
	parameters?: readonly Parameter[];
	body?: Schema;
	/** The whole body of a success, as it is while no switch is moved. */
	answer: Schema;
	status?: number;
}

/** The path as Fastify writes it. */
export function routePath({ path }: Operation): string {
	return path.replace(/\{(\w+)\}/g, ':$1');
}

/** Tells whether a value fits a schema, by Fastify's own validator. */
export type SchemaCheck = (value: unknown, schema: Schema) => boolean;

export function getSchemaCheck(request: FastifyRequest): SchemaCheck {
	return (value, schema) => request.validateInput(value, schema) as boolean;
}

/**
 * The value of a parameter from its text: a number if the schema wants one.
 * @returns undefined if it does not fit the schema
 */
export function parseParameter(
	textOfIt: string,
	{ schema }: Parameter,
	fits: SchemaCheck,
): string | number | undefined {
	const isNumber = schema.type === 'integer';
	// "1e3" and " 7" are numbers to JavaScript, but not to an API.
	const value = isNumber && /^-?\d{1,15}$/.test(textOfIt) ? Number(textOfIt) : textOfIt;
	return fits(value, schema) ? value : undefined;
}
