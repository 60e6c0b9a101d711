/** The Output choice: Simplified (at most ten fields), Raw (as the service sent it), or Selected Fields. */
import { pickFields } from '@saoke/core/common';
import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** One record in all the forms that may be chosen. */
export interface Presentable {
	simplified: IDataObject;
	/** What else may be picked under Selected Fields. */
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
	simplifiedDescription = 'The ten fields that matter, the same from every source',
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
			options: [...fields].sort((a, b) => (a < b ? -1 : 1)).map(toOption),
			description: 'Which fields to return',
		},
	];
}

/** Turns records into what the item's Output choice wants; the choice is read once, however many records follow. */
export function presenterOf(
	this: Pick<IExecuteFunctions, 'getNodeParameter'>,
	itemIndex: number,
): (record: Presentable) => IDataObject {
	const output = this.getNodeParameter('output', itemIndex, 'simplified');
	const fields = output === 'selected' ? this.getNodeParameter('fields', itemIndex, []) : [];
	return (record) => presentAs(record, output, fields);
}

/** One record as the item's Output choice wants it. */
export function present(
	this: Pick<IExecuteFunctions, 'getNodeParameter'>,
	record: Presentable,
	itemIndex: number,
): IDataObject {
	return presenterOf.call(this, itemIndex)(record);
}

/** The same, where the two parameters are read elsewhere. @param fields chosen names, for Selected Fields */
export function presentAs(record: Presentable, output: unknown, fields: unknown): IDataObject {
	if (output === 'raw') return record.raw;
	if (output !== 'selected') return record.simplified;
	const all: IDataObject = { ...record.simplified, ...record.details };
	const names = Array.isArray(fields) ? fields.map(String) : [];
	return pickFields(all, names);
}

function toOption(field: string): INodePropertyOptions {
	const words = field.replace(/([A-Z])/g, ' $1').replace(/^./, (letter) => letter.toUpperCase());
	return { name: words.replace(/\bId\b/, 'ID').replace('B I N', 'BIN'), value: field };
}
