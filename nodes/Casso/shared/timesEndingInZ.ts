/** Option "Times Ending in Z": Casso does not document what Z means in times of the account API, so the user may choose. */
import type { TimesEndingInZ } from '@saoke/core/common';
import { choice, readCollection, type ParameterContext } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

export const timesEndingInZField: INodeProperties = {
	displayName: 'Times Ending in Z',
	name: 'timesEndingInZ',
	type: 'options',
	default: 'vietnam',
	options: [
		{ name: 'UTC', value: 'utc', description: 'The time is real UTC and is moved to Vietnam time' },
		{
			name: 'Vietnam Time',
			value: 'vietnam',
			description: 'The time is already Vietnam time, as the vendor’s own sample suggests',
		},
	],
	description:
		'Casso sends some times with a Z and does not document the time zone. Change this if times are seven hours off.',
};

/** An Options collection with only this option. */
export function timesEndingInZOption(show: NonNullable<INodeProperties['displayOptions']>['show']): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [timesEndingInZField],
	};
}

/** @throws ParameterError for an unknown choice */
export function readTimesEndingInZ(options: IDataObject): TimesEndingInZ {
	return choice(options.timesEndingInZ, ['vietnam', 'utc'], 'timesEndingInZ', 'vietnam');
}

/** For an operation without other options. */
export function readTimesEndingInZOption(context: ParameterContext, itemIndex: number): TimesEndingInZ {
	return readTimesEndingInZ(readCollection(context, 'options', itemIndex));
}
