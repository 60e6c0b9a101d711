/** A numeric id of a path; 0 is one. */
import type { FastifyRequest } from 'fastify';
import { parameterValue, schemaCheckOf } from '../../openapi/checkParameter';
import type { Parameter } from '../../openapi/operation';
import { answers } from './assumedAnswers';

/** @throws ApiFailure (400) that names the parameter */
export function readId(request: FastifyRequest, parameter: Parameter): number {
	const textOfIt = (request.params as Record<string, string>)[parameter.name] ?? '';
	const value = parameterValue(textOfIt, parameter, schemaCheckOf(request));
	if (typeof value !== 'number') throw answers.badRequest(`${parameter.name} must be ${parameter.mustBe}`);
	return value;
}
