/** The Output choice: Simplified (at most ten fields), Raw (as the service sent it), or Selected Fields. */
import { ParameterError, pickFields, readTextList } from '@saoke/core/common';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { choice } from './choice';
import { readParameter, type ParameterContext } from './parameters';
import { toTitle } from './title';

/** One record in all available formats. */
export interface Presentable {
	simplified: IDataObject;
	/** Additional fields available under Selected Fields. */
	details?: IDataObject;
	raw: IDataObject;
}

/**
 * Parameters `output` and `fields` of an operation.
 *
 * @param service name of the service, for the description of Raw
 * @param fields names offered under Selected Fields
 */
export function outputProperties(
	show: NonNullable<INodeProperties['displayOptions']>['show'],
	service: string,
	fields: readonly string[],
	simplifiedDescription = 'The ten main fields, the same from every source',
): INodeProperties[] {
	return [
		{
			displayName: 'Output',
			name: 'output',
			type: 'options',
			default: 'simplified',
			displayOptions: { show },
			options: [
				{ name: 'Simplified', value: 'simplified', description: simplifiedDescription },
				{ name: 'Raw', value: 'raw', description: `The record as ${service} sent it` },
				{ name: 'Selected Fields', value: 'selected', description: 'Only the fields you choose' },
			],
		},
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'multiOptions',
			default: [],
			displayOptions: { show: { ...show, output: ['selected'] } },
			options: [...fields].sort((a, b) => (a < b ? -1 : 1)).map((field) => ({ name: toTitle(field), value: field })),
			description:
				'Which fields to return. In an expression, use a list of names or separate them by commas, e.g. id, amount.',
		},
	];
}

/** Converts one record to the chosen output format. */
export type Presenter = (record: Presentable) => IDataObject;

/**
 * Reads an item's Output parameters once for all its records.
 *
 * @param known field names available under Selected Fields
 * @throws ParameterError for an unknown format, an unknown field, or no fields
 */
export function readPresenter(context: ParameterContext, itemIndex: number, known: readonly string[]): Presenter {
	const output = readParameter(context, 'output', itemIndex);
	return makePresenter(output, output === 'selected' ? readParameter(context, 'fields', itemIndex) : undefined, known);
}

/**
 * The same, from values read by the caller.
 *
 * @param fields a list of names, JSON text of one, or names separated by commas
 */
export function makePresenter(output: unknown, fields: unknown, known: readonly string[]): Presenter {
	const chosen = choice(output, ['simplified', 'raw', 'selected'], 'output', 'simplified');
	if (chosen === 'raw') return ({ raw }) => raw;
	if (chosen === 'simplified') return ({ simplified }) => simplified;
	const names = readFields(fields, known);
	return ({ simplified, details }) => pickFields<IDataObject[string]>({ ...simplified, ...details }, names);
}

/**
 * The names of the fields that the presenter of this item returns.
 *
 * @param simplified names of the fields of Simplified
 * @returns undefined for Raw, whose fields are the service's own
 */
export function readColumns(
	context: ParameterContext,
	itemIndex: number,
	known: readonly string[],
	simplified: readonly string[],
): readonly string[] | undefined {
	const output = readParameter(context, 'output', itemIndex);
	if (output === 'raw') return undefined;
	return output === 'selected' ? readFields(readParameter(context, 'fields', itemIndex), known) : simplified;
}

function readFields(fields: unknown, known: readonly string[]): string[] {
	const names = readTextList(fields) ?? [];
	const unknownName = names.find((name) => !known.includes(name));
	if (names.length > 0 && unknownName === undefined) return names;
	throw new ParameterError(
		'fields',
		unknownName === undefined ? 'No field is selected' : `There is no field "${unknownName.slice(0, 40)}"`,
		`Choose from: ${known.join(', ')}.`,
	);
}
