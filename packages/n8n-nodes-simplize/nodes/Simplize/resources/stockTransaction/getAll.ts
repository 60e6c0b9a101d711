/** Stock Transaction: Get Many. Trades and dividends of one portfolio, all pages or one. */
import {
	getStockTransactionPage,
	readStockTransactions,
	STOCK_TRANSACTION_DETAIL_FIELDS,
	STOCK_TRANSACTION_FIELDS,
} from '@saoke/core/simplize';
import { outputProperties, readPresenter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { historyFields, historyOptions, readHistoryQuery, type HistoryTexts } from '../../shared/historyFields';
import type { OperationContext } from '../../shared/connection';
import { readList } from '../../shared/paging';

const showOnlyForGetMany = { resource: ['stockTransaction'], operation: ['getAll'] };

const FIELDS = [...STOCK_TRANSACTION_FIELDS, ...STOCK_TRANSACTION_DETAIL_FIELDS];

const TEXTS: HistoryTexts = {
	typesPlaceholder: 'e.g. 1,2',
	typesDescription: 'Separated by commas, or a list. 1 is buy, 2 sell, 3 cash dividend, 4 stock dividend.',
	tickerDescription: 'One stock code, or several separated by commas',
	typesForm: 'text',
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
		one: async (page, size) => await getStockTransactionPage(connection, query, page, size),
		many: async (options) => await readStockTransactions(connection, query, options),
	});
	return found.map(({ transaction, details, raw }) =>
		present({ simplified: { ...transaction }, details: { ...details }, raw: raw as IDataObject }),
	);
}
