/** A whole number of a path or query. */
import { ControlFailure } from './controlFailure';

/** Undefined if the parameter is missing. @throws ControlFailure (400) that names it */
export function readNumber(value: string | undefined, name: string): number | undefined {
	if (value === undefined || value === '') return undefined;
	if (/^\d{1,15}$/.test(value)) return Number(value);
	throw new ControlFailure(400, `${name} must be a whole number.`);
}
