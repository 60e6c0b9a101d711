/** Which days a node reads: a period, or two dates that may come from the message. */
import { ParameterError, readPeriod, type Days } from '@saoke/core';
import { isNothing } from './configured';
import { readTyped, type ReadContext } from './typedValue';

export interface PeriodProperties {
	period?: string;
	fromDate?: string;
	fromDateType?: string;
	toDate?: string;
	toDateType?: string;
}

/** @throws ParameterError for an unknown period, and for a custom one without two dates in order */
export async function readDays(context: ReadContext, properties: PeriodProperties): Promise<Days> {
	const { period } = properties;
	if (period !== 'custom') return readPeriod({ period }, context.nowMs);
	const fromDate = await readDate(context, properties, 'fromDate');
	const toDate = await readDate(context, properties, 'toDate');
	return readPeriod({ period, fromDate, toDate }, context.nowMs);
}

async function readDate(
	context: ReadContext,
	properties: PeriodProperties,
	name: 'fromDate' | 'toDate',
): Promise<unknown> {
	const date = await readTyped(context, { value: properties[name], type: properties[`${name}Type`] }, name);
	if (!isNothing(date)) return date;
	throw new ParameterError(name, `The setting "${name}" is empty`, 'Enter a date, or choose another period.');
}
