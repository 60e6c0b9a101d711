/** Ids of records: numbers or texts, 0 included; a number that JSON could not hold exactly is refused. */
import { RecordError } from '../errors/RecordError';
import { kindOf } from '../json/reading';

/**
 * @param record what the record is, for the error
 * @param field key of the id
 * @throws RecordError when it is missing, or a number above 2^53 − 1, which may be another record's
 */
export function exactId(value: unknown, record: string, field: string): number | string {
	if (typeof value === 'string' && value !== '') return value;
	if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
	throw new RecordError(record, field, typeof value === 'number' ? 'a number that is not exact' : kindOf(value));
}
