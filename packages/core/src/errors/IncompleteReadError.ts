/** A list could not be read so that nothing is missing and nothing is there twice. Better no list than a wrong one. */
import { SaokeError } from './SaokeError';

export class IncompleteReadError extends SaokeError {
	/**
	 * @param reason what was seen, e.g. `the total changed from 20 to 21 while it was read`
	 * @param hint what the reader can do
	 */
	constructor(reason: string, hint: string) {
		super('INCOMPLETE_READ', `The list of transactions could not be read completely: ${reason}`, hint);
	}
}
