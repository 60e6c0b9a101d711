/** Return All and Limit, as every list of n8n has them. */
import { checkCount } from '@saoke/core/casso';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

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
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 50,
			displayOptions: { show: { ...show, returnAll: [false] } },
			description: 'Max number of results to return',
		},
	];
}

/**
 * @returns undefined where all are wanted
 * @throws ParameterError for a limit that is no whole number from 1 on
 */
export function limitOf(this: IExecuteFunctions, itemIndex: number): number | undefined {
	if (this.getNodeParameter('returnAll', itemIndex, false)) return undefined;
	return checkCount(this.getNodeParameter('limit', itemIndex, 50), 'limit') ?? 50;
}
