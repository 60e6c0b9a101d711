/** One filter of a collection of filters. */
import { ParameterError } from '@saoke/core/common';
import type { IDataObject } from 'n8n-workflow';

/**
 * @returns undefined where the filter was not added
 * @throws ParameterError where it was, and its expression gives nothing: that must not be read as "everything"
 */
export function filterValue(filters: IDataObject, name: string): unknown {
	if (!Object.hasOwn(filters, name)) return undefined;
	const value = filters[name];
	if (value !== undefined && value !== null) return value;
	throw new ParameterError(name, 'The expression of this filter gives nothing', "Correct it. Where nothing is to mean no filter, let it give an empty text: {{ $json.code ?? '' }}.");
}
