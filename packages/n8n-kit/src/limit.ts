/** Return All and Limit, as every list of n8n has them. */
import { readNumberOption } from '@saoke/core/common';
import type { INodeProperties } from 'n8n-workflow';
import { numberField } from './numberField';
import { readBoolean, readParameter, type ParameterContext } from './parameters';

const DEFAULT_LIMIT = 50;

export function returnAllAndLimit(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties[] {
	return [
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			displayOptions: { show },
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			...numberField('limit'),
			default: DEFAULT_LIMIT,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/**
 * @returns undefined if all are wanted
 * @throws ParameterError for a Return All that is neither on nor off, and for a limit that is no whole number from 1
 */
export function readLimit(context: ParameterContext, itemIndex: number): number | undefined {
	if (readBoolean(readParameter(context, 'returnAll', itemIndex), false, 'returnAll')) return undefined;
	return readNumberOption('limit', readParameter(context, 'limit', itemIndex)) ?? DEFAULT_LIMIT;
}
