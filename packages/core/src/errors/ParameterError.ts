/** A parameter that cannot be meant: refused before any request is made. */
import { SaokeError } from './SaokeError';

export class ParameterError extends SaokeError {
	/** Name of the parameter as core knows it, e.g. `fromDate`; hosts translate it to their display name. */
	readonly parameter: string;

	constructor(parameter: string, message: string, hint: string) {
		super('INVALID_PARAMETER', message, hint);
		this.parameter = parameter;
	}
}
