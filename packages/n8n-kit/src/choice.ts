/** A parameter with a fixed set of values. An expression or a model may supply anything. */
import { ParameterError } from '@saoke/core/common';

/**
 * @param fallback for an empty value
 * @throws ParameterError if it is none of them
 */
export function choice<const Word extends string>(
	value: unknown,
	allowed: readonly Word[],
	parameter: string,
	fallback?: NoInfer<Word>,
): Word {
	const given = value ?? fallback;
	const found = allowed.find((candidate) => candidate === given);
	if (found === undefined)
		throw new ParameterError(parameter, 'Invalid value', `Choose one of: ${allowed.join(', ')}.`);
	return found;
}
