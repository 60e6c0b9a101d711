/** Transaction: Get Many. All pages or one, of all accounts or one, for a period, with local filters. */
import {
	checkTransactionQuery,
	getTransactionPage,
	normaliseTransaction,
	readTransactionsAs,
	type NormalisedTransaction,
	type NormaliseOptions,
	type TransactionFilter,
	type TransactionQuery,
} from '@saoke/core/casso';
import { readNumberOption } from '@saoke/core/common';
import { optionalCodePattern } from '@saoke/core/payment';
import {
	choice,
	readCollection,
	readDays,
	readLimit,
	readParameter,
	toFileItem,
	type ParameterContext,
} from '@saoke/n8n-kit';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readAccount } from '../../shared/accounts';
import { readDirection, toTransactionFilter } from '../../shared/filters';
import type { OperationContext } from '../../shared/connection';
import { readTransactionFileFormat, readTransactionPresenter } from '../../shared/output';
import { PAYMENT_CODE_FIELDS, withPaymentCode } from '../../shared/paymentCode';
import { readTimesEndingInZ } from '../../shared/timesEndingInZ';

export { description } from './getAllParameters';

export async function executeItems(item: OperationContext): Promise<INodeExecutionData[]> {
	const { context, itemIndex } = item;
	const options = readCollection(context, 'options', itemIndex);
	const present = readPresenter(context, itemIndex, options);
	const added = options.paymentCode === undefined ? [] : PAYMENT_CODE_FIELDS;
	const format = readTransactionFileFormat(context, itemIndex, added);
	if (!format) return await read(item, options, (found) => ({ json: present(found) }));
	// Only the finished line is kept of each transaction.
	const rows = await read(item, options, (found) => ({
		line: format.toLine(present(found)),
		amount: found.transaction.amount,
		transactedAt: found.transaction.transactedAt,
	}));
	return [await toFileItem(context, 'transactions', format, rows)];
}

/** @param convert called once or more for a transaction that passes the filters */
async function read<T>(
	item: OperationContext,
	options: IDataObject,
	convert: (found: NormalisedTransaction) => T,
): Promise<T[]> {
	const { context, connection, itemIndex } = item;
	const filters = readCollection(context, 'filters', itemIndex);
	const query: TransactionQuery = checkTransactionQuery({
		...readDays(context, itemIndex),
		sort: readParameter(context, 'sort', itemIndex),
		page: options.page,
		pageSize: options.pageSize,
	});
	const filter = toFilter(filters);
	const limit = readLimit(context, itemIndex);
	const parallel = readNumberOption('parallel', options.parallel);
	const normalising: NormaliseOptions = { timesEndingInZ: readTimesEndingInZ(options) };
	const scope = choice(readParameter(context, 'accountScope', itemIndex), ['all', 'one'], 'accountScope', 'all');
	if (scope === 'one') {
		const { account } = await readAccount(item);
		query.accountId = String(account.id);
		// The account's own list does not name the account.
		normalising.account = { id: account.id, accountNumber: account.accountNumber, bankName: account.bankName };
	}
	if (query.page !== undefined) {
		const { records } = await getTransactionPage(connection, query);
		const found = records.map((record) => normaliseTransaction(record, normalising));
		return (filter ? found.filter(filter) : found).map(convert);
	}
	return await readTransactionsAs(connection, query, { ...normalising, filter, limit, parallel }, convert);
}

/** What Output asks for, and the payment code if that option is on. */
function readPresenter(
	context: ParameterContext,
	itemIndex: number,
	options: IDataObject,
): (found: NormalisedTransaction) => IDataObject {
	const codePattern = optionalCodePattern(options.paymentCode);
	const present = readTransactionPresenter(context, itemIndex);
	return (found) => withPaymentCode(present(found), found.transaction, codePattern);
}

/** @returns undefined if there is no filter: a limit is then the number of rows to request */
function toFilter(filters: IDataObject): TransactionFilter | undefined {
	if (Object.keys(filters).length === 0) return undefined;
	return toTransactionFilter(filters, readDirection(filters.direction));
}
