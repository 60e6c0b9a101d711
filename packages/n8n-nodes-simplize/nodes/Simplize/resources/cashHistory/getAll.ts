/** Cash History: Get Many. Deposits, withdrawals and fees of one portfolio, all pages or one. */
import {
	CASH_MOVEMENT_DETAIL_FIELDS,
	CASH_MOVEMENT_FIELDS,
	getCashHistoryPage,
	readCashHistory,
} from '@saoke/core/simplize';
import { outputProperties, readPresenter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { historyFields, historyOptions, readHistoryQuery, type HistoryTexts } from '../../shared/historyFields';
import type { OperationContext } from '../../shared/connection';
import { readList } from '../../shared/paging';

const showOnlyForGetMany = { resource: ['cashHistory'], operation: ['getAll'] };

const FIELDS = [...CASH_MOVEMENT_FIELDS, ...CASH_MOVEMENT_DETAIL_FIELDS];

const TEXTS: HistoryTexts = {
	typesPlaceholder: 'e.g. DEPOSIT',
	typesDescription:
		'Codes separated by commas, or a list. Simplize does not publish the list of codes: take them from the field transactionType of earlier results.',
	tickerDescription: 'Only movements that belong to this stock',
	typesForm: 'list',
};

export const description: INodeProperties[] = [
	...historyFields(showOnlyForGetMany, TEXTS),
	...outputProperties(showOnlyForGetMany, 'Simplize', FIELDS, 'The ten main fields, with times in Vietnam (+07:00)'),
	historyOptions(showOnlyForGetMany, TEXTS),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const query = readHistoryQuery(context, itemIndex, TEXTS);
	const present = readPresenter(context, itemIndex, FIELDS);
	const found = await readList(context, itemIndex, {
		one: async (page, size) => await getCashHistoryPage(connection, query, page, size),
		many: async (options) => await readCashHistory(connection, query, options),
	});
	return found.map(({ movement, details, raw }) =>
		present({ simplified: { ...movement }, details: { ...details }, raw: raw as IDataObject }),
	);
}
