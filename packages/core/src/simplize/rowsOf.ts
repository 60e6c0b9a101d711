/** The records of a list answer: a list, or nothing. */
import { RecordError } from '../errors/RecordError';
import { kindOf } from '../json/reading';

/** Empty fields are left out by the service, so no `data` is an empty list. @throws RecordError for anything else */
export function rowsOf(data: unknown, what: string): unknown[] {
	if (Array.isArray(data)) return data;
	if (data === undefined || data === null) return [];
	throw new RecordError(`page of ${what}`, 'data', kindOf(data));
}
