/** Says what is wrong with a body in words that name the field. */
import type { FastifySchemaValidationError } from 'fastify';
import { ControlFailure } from './controlFailure';

/** The first of ajv's findings as a failure with status 400. */
export function describeSchemaErrors(errors: readonly FastifySchemaValidationError[]): ControlFailure {
	const [first] = errors;
	if (first === undefined) return new ControlFailure(400, 'The request body is not as it should be.');
	const place = first.instancePath === '' ? 'The body' : first.instancePath.slice(1).replaceAll('/', '.');
	return new ControlFailure(400, `${place} ${reason(first)}.`);
}

function reason({ keyword, params, message = 'is not as it should be' }: FastifySchemaValidationError): string {
	switch (keyword) {
		case 'additionalProperties':
			return `has no field "${String(params.additionalProperty)}"`;
		case 'enum':
			return `must be one of ${(params.allowedValues as unknown[]).join(', ')}`;
		case 'discriminator':
			return `needs a known "kind", not ${JSON.stringify(params.tagValue)}`;
		default:
			return message;
	}
}
