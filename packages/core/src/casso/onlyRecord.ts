/** The record of an answer that should hold exactly one: an object, or a list of one (casso-api 4.6, unknown 6). */
import { ApiError } from '../errors/ApiError';
import { asObject } from '../json/reading';

/**
 * @param path for the error
 * @throws ApiError (see isNotFound) where the answer is null, empty or an empty list
 */
export function onlyRecord(data: unknown, path: string): Record<string, unknown> {
	const record: unknown = Array.isArray(data) ? data[0] : data;
	const object = asObject(record);
	if (object && Object.keys(object).length > 0) return object;
	throw new ApiError({
		service: 'Casso',
		method: 'GET',
		path: `/v2${path}`,
		httpStatus: 200,
		isEmptyAnswer: true,
	});
}
