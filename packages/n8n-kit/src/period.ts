/** Period, From and To, as every list has them that is read by date. */
import { DEFAULT_PERIOD, ParameterError, readPeriod, type Days } from '@saoke/core/common';
import type { INodeProperties } from 'n8n-workflow';
import { readParameter, type ParameterContext } from './parameters';

type Show = NonNullable<INodeProperties['displayOptions']>['show'];

export function periodFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Period',
			name: 'period',
			type: 'options',
			default: DEFAULT_PERIOD,
			displayOptions: { show },
			options: [
				{ name: 'Today', value: 'today', description: 'Up to now' },
				{ name: 'Yesterday', value: 'yesterday' },
				{ name: 'Last 7 Days', value: 'last7Days', description: 'Today, up to now, and the 6 days before' },
				{ name: 'This Month', value: 'thisMonth', description: 'From the first of the month up to now' },
				{ name: 'Last Month', value: 'lastMonth' },
				{ name: 'Custom', value: 'custom', description: 'From one date to another, both included' },
			],
			description:
				'Which days to read, as days in Vietnam: today, yesterday, last7Days, thisMonth, lastMonth, or custom with From and To',
		},
		dateField('From', 'fromDate', 'First', show),
		dateField('To', 'toDate', 'Last', show),
	];
}

/** Not `required`: n8n would then refuse a Period that an expression or a model chooses, whatever it chooses. */
function dateField(displayName: string, name: string, which: string, show: Show): INodeProperties {
	return {
		displayName,
		name,
		type: 'dateTime',
		typeOptions: { dateOnly: true },
		default: '',
		placeholder: 'e.g. 2026-01-31',
		displayOptions: { show: { ...show, period: ['custom'] } },
		description: `${which} day to read, included, as a day in Vietnam. An expression may also return 31/01/2026.`,
	};
}

/** @throws ParameterError for an unknown period, and for a custom one without two dates in order */
export function readDays(context: ParameterContext, itemIndex: number): Days {
	const period = readParameter(context, 'period', itemIndex);
	if (period !== 'custom') return readPeriod({ period }, Date.now());
	const [fromDate, toDate] = ['fromDate', 'toDate'].map((name) => {
		const date = readParameter(context, name, itemIndex);
		if (date !== undefined) return date;
		throw new ParameterError(
			name,
			'The date is empty',
			"Choose it in the calendar, or choose another Period. n8n's date field keeps a typed date only in the form 2026-01-31.",
		);
	});
	return readPeriod({ period, fromDate, toDate }, Date.now());
}
