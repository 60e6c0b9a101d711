/** Fields shared by both triggers. */
import { numberField, triggerOnField } from '@saoke/n8n-kit';
import type { INodeProperties } from 'n8n-workflow';

export const EVENT = 'transaction';

export const triggerOn = triggerOnField(EVENT);

export const descriptionFilter: INodeProperties = {
	displayName: 'Description Contains',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. DH*',
	description: 'Text in the transfer description, in any case. Use * for any text and ? for one character.',
};

export const minAmountFilter: INodeProperties = {
	...numberField('minAmount'),
	default: 0,
	description: 'In VND, in either direction',
};

export const output: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	default: 'simplified',
	options: [
		{ name: 'Simplified', value: 'simplified', description: 'The ten main fields, the same from every source' },
		{ name: 'Raw', value: 'raw', description: 'The record as Casso sent it' },
	],
};
