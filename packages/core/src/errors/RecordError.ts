/** A record of the service lacks what every transaction must have, so it cannot be passed on truthfully. */
import { SaokeError } from './SaokeError';

export class RecordError extends SaokeError {
	/** Key of the record that is missing or unusable. */
	readonly field: string;

	/**
	 * @param record what the record is, e.g. `transaction 5789`
	 * @param field the key that is missing or unusable
	 * @param found type or form that was found instead, never the value
	 */
	constructor(record: string, field: string, found: string) {
		super(
			'UNEXPECTED_RECORD',
			`The ${record} has no usable "${field}" (found ${found})`,
			'The service answered in a form that is not known: report the field named here to the maintainers.',
		);
		this.field = field;
	}
}
