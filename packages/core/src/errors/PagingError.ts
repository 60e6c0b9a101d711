/** A list could not be read to its end: what was collected is known to be incomplete, so it is not passed on. */
import { SaokeError } from './SaokeError';

export class PagingError extends SaokeError {
	/**
	 * @param service name of the service
	 * @param collected records read so far
	 * @param total records that the service says there are; undefined where it does not say
	 * @param reason what went wrong, e.g. `page 3 repeats earlier records`
	 */
	constructor(service: string, collected: number, total: number | undefined, reason: string) {
		const known = total === undefined ? '' : ` of ${total}`;
		super(
			'INCOMPLETE_LIST',
			`${service}'s list ended after ${collected}${known} records: ${reason}`,
			'Try again in a moment, or read a shorter range of days.',
		);
	}
}
