/** Cash History: Get Many. Deposits, withdrawals and fees of one portfolio, all pages or one. */
import {
	CASH_MOVEMENT_DETAIL_FIELDS,
	CASH_MOVEMENT_FIELDS,
	getCashHistoryPage,
	readCashHistory,
} from '@saoke/core/simplize';
import { outputProperties, present } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { historyFields, historyOptions, historyQueryOf, type HistoryTexts } from '../../shared/historyFields';
import type { OperationContext } from '../../shared/operation';
import { readList } from '../../shared/paging';

const showOnlyForGetMany = { resource: ['cashHistory'], operation: ['getAll'] };

const TEXTS: HistoryTexts = {
	typesPlaceholder: 'e.g. DEPOSIT',
	typesDescription:
		'Codes separated by commas, or a list; empty means all. Simplize does not publish the list of codes: take them from the field transactionType of earlier results.',
	tickerDescription: 'Only movements that belong to this stock; empty means all',
	typesForm: 'list',
};

export const description: INodeProperties[] = [
	...historyFields(showOnlyForGetMany, TEXTS),
	...outputProperties(
		showOnlyForGetMany,
		'Simplize',
		[...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS],
		'The ten fields that matter, with times in Vietnam (+07:00)',
	),
	historyOptions(showOnlyForGetMany, TEXTS),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const query = historyQueryOf.call(this, itemIndex, TEXTS);
	const found = await readList(this, itemIndex, {
		one: async (page, size) => await getCashHistoryPage(connection, query, page, size),
		many: async (options) => await readCashHistory(connection, query, options),
	});
	return found.map(({ movement, details, raw }) =>
		present.call(this, { simplified: { ...movement }, details: { ...details }, raw: raw as IDataObject }, itemIndex),
	);
}
