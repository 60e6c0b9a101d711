/** Ids of Simplize, checked and kept exact. */
import { ParameterError, RecordError } from '../errors';
import { describeType } from '../json';

/**
 * Ids that a user of Simplize types in: the portfolio's number and the partner's own user id (simplize-api 9, unknowns 20 and 21).
 *
 * @param value number or digits
 * @throws ParameterError for everything but a whole number from 0 to 2^53 − 1
 */
export function checkPortfolioId(value: unknown): number {
	const id = typeof value === 'string' && /^\d{1,16}$/.test(value.trim()) ? Number(value) : value;
	if (typeof id === 'number' && Number.isSafeInteger(id) && id >= 0) return id;
	throw new ParameterError('portfolioId', 'Invalid Simplize portfolio ID', 'Enter its number, digits only, e.g. 862.');
}

/**
 * @returns the id without surrounding white space; any other text is left as it is
 * @throws ParameterError when it is empty, an expression that was not resolved, or contains control characters
 */
export function checkExternalUserId(value: unknown): string {
	const id = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
	if (id === '') {
		throw new ParameterError(
			'externalUserId',
			'There is no external user ID',
			'Enter your own ID of the user, as it was linked with Simplize, e.g. USER015.',
		);
	}
	refuseUnresolved(id, 'externalUserId');
	if (/\p{Cc}|\p{Cs}/u.test(id)) {
		throw new ParameterError(
			'externalUserId',
			'The external user ID contains a control character',
			'Look for a line break or a broken character in it and remove it.',
		);
	}
	return id;
}

/**
 * @returns the id without surrounding white space; undefined if it is empty, which means every batch
 * @throws ParameterError when it is no text, or an expression that was not resolved
 */
export function checkBatchId(value: unknown): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string')
		throw new ParameterError(
			'batchId',
			'This is not a batch ID',
			'Enter the ID as Simplize gave it, or leave it empty for all batches.',
		);
	const id = value.trim();
	refuseUnresolved(id, 'batchId');
	return id === '' ? undefined : id;
}

function refuseUnresolved(id: string, parameter: string): void {
	if (!/\{\{.*\}\}/s.test(id)) return;
	throw new ParameterError(
		parameter,
		'This is an expression that was not resolved',
		'Switch the field to Expression, or enter the ID itself.',
	);
}

/**
 * Ids of records: numbers or texts, 0 included; a number that JSON could not hold exactly is refused.
 *
 * @param record what the record is, for the error
 * @param field key of the id
 * @throws RecordError when it is missing, or a number above 2^53 − 1, which may be another record's
 */
export function exactId(value: unknown, record: string, field: string): number | string {
	if (typeof value === 'string' && value !== '') return value;
	if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
	throw new RecordError(record, field, typeof value === 'number' ? 'a number that is not exact' : describeType(value));
}
