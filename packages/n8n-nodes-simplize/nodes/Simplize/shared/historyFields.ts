/** Parameters of both histories, every one of the vendor's pages, and how they are read. */
import { checkHistoryQuery, type HistoryQuery, type TransactionTypesForm } from '@saoke/core/simplize';
import { choice, periodFields, readCollection, readDays, readParameter, returnAllAndLimit } from '@saoke/n8n-kit';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { pageOptions, portfolioFields, type Show } from './fields';
import { warnOfEscaping } from './warnOfEscaping';

export interface HistoryTexts {
	/** Example and explanation of the field Transaction Types. */
	typesPlaceholder: string;
	typesDescription: string;
	tickerDescription: string;
	/** Form of the types on the wire unless a user chooses another. */
	typesForm: TransactionTypesForm;
}

export function historyFields(show: Show, texts: HistoryTexts): INodeProperties[] {
	return [...portfolioFields(show), ...periodFields(show), ...returnAllAndLimit(show), filters(show, texts)];
}

function filters(show: Show, texts: HistoryTexts): INodeProperties {
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add filter',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Ticker',
				name: 'ticker',
				type: 'string',
				default: '',
				placeholder: 'e.g. HPG',
				description: texts.tickerDescription,
			},
			{
				displayName: 'Transaction Types',
				name: 'transactionTypes',
				type: 'string',
				default: '',
				placeholder: texts.typesPlaceholder,
				description: texts.typesDescription,
			},
		],
	};
}

export function historyOptions(show: Show, texts: HistoryTexts): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			...pageOptions,
			{
				displayName: 'Send Transaction Types As',
				name: 'typesForm',
				type: 'options',
				default: 'auto',
				options: [
					{
						name: 'Automatic',
						value: 'auto',
						description: `A ${texts.typesForm} here, as the newer of Simplize's pages shows it`,
					},
					{ name: 'List', value: 'list', description: 'Such as ["1","2"]' },
					{ name: 'Text', value: 'text', description: 'Such as "1,2"' },
				],
				description: "Simplize's pages show both forms. Change it if the filter is refused.",
			},
		],
	};
}

/** @throws ParameterError naming the parameter */
export function readHistoryQuery(context: IExecuteFunctions, itemIndex: number, texts: HistoryTexts): HistoryQuery {
	const filters = readCollection(context, 'filters', itemIndex);
	const options = readCollection(context, 'options', itemIndex);
	const typesForm = choice(options.typesForm, ['auto', 'list', 'text'], 'typesForm', 'auto');
	const query = checkHistoryQuery(
		{
			externalUserId: readParameter(context, 'externalUserId', itemIndex),
			portfolioId: readParameter(context, 'portfolioId', itemIndex),
			...readDays(context, itemIndex),
			...filters,
		},
		typesForm === 'auto' ? texts.typesForm : typesForm,
		Date.now(),
	);
	warnOfEscaping(context, query.externalUserId);
	return query;
}
