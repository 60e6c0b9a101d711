/** Checks a parameter by the schema that the document shows for it. */
import type { FastifyRequest } from 'fastify';
import type { Parameter, Schema } from './operation';

/** Tells whether a value fits a schema, by Fastify's own validator. */
export type SchemaCheck = (value: unknown, schema: Schema) => boolean;

export function schemaCheckOf(request: FastifyRequest): SchemaCheck {
	return (value, schema) => request.validateInput(value, schema) as boolean;
}

/**
 * The value of a parameter from its text: a number where the schema wants one.
 * @returns undefined where it does not fit the schema
 */
export function parameterValue(
	textOfIt: string,
	{ schema }: Parameter,
	fits: SchemaCheck,
): string | number | undefined {
	const isNumber = schema.type === 'integer';
	// "1e3" and " 7" are numbers to JavaScript, but not to an API.
	const value = isNumber && /^-?\d{1,15}$/.test(textOfIt) ? Number(textOfIt) : textOfIt;
	return fits(value, schema) ? value : undefined;
}
