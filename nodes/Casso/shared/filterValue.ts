/** One filter of a collection of filters. */
import { ParameterError } from '@saoke/core/common';
import type { IDataObject } from 'n8n-workflow';

/** The parameter `filters`. */
export interface Filters {
	values: IDataObject;
	/** The same, as it was written: expressions not evaluated. */
	written: IDataObject;
}

/**
 * @returns undefined where the filter was not added, or left empty
 * @throws ParameterError where its expression gives nothing: that must not be read as "everything"
 */
export function filterValue({ values, written }: Filters, name: string): unknown {
	const value = values[name] ?? undefined;
	const expression = written[name];
	if (value !== undefined || typeof expression !== 'string' || !expression.startsWith('=')) return value;
	throw new ParameterError(
		name,
		'The expression of this filter gives nothing',
		"Correct it. Where nothing is to mean no filter, let it give an empty text: {{ $json.code ?? '' }}.",
	);
}
