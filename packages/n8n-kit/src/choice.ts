/** A parameter that is one of several words. An expression may give anything. */
import { ParameterError } from '@saoke/core/common';

/** @throws ParameterError where it is none of them */
export function choice<const Word extends string>(value: unknown, allowed: readonly Word[], parameter: string): Word {
	const found = allowed.find((candidate) => candidate === value);
	if (found === undefined)
		throw new ParameterError(parameter, 'This is none of the choices', `Choose one of: ${allowed.join(', ')}.`);
	return found;
}
