/** Transaction: Get Many. All pages or one, of all accounts or one, with local filters. */
import {
	checkCount,
	checkTransactionQuery,
	getTransactionPage,
	makeTransactionFilter,
	normaliseTransaction,
	readAccountNumbers,
	readDescriptionFilter,
	readTransactionsAs,
	type NormalisedTransaction,
	type NormaliseOptions,
	type TransactionFilter,
	type TransactionQuery,
} from '@saoke/core/casso';
import { choice, limitOf } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { filterValue, type Filters } from '../../shared/filterValue';
import { knownAccount } from '../../shared/knownAccount';
import type { OperationContext } from '../../shared/operation';
import { transactionPresenter } from '../../shared/output';
import { paymentCodePattern, withPaymentCode } from '../../shared/paymentCode';
import { optionalVnd } from '../../shared/wholeNumber';
import { zMeansOf } from '../../shared/zMeans';

export { description } from './getAllParameters';

export async function execute(this: IExecuteFunctions, context: OperationContext): Promise<IDataObject[]> {
	const { connection, itemIndex } = context;
	const query = queryOf.call(this, itemIndex);
	const filter = filterOf.call(this, itemIndex);
	const limit = limitOf.call(this, itemIndex);
	const parallel = parallelOf.call(this, itemIndex);
	const normalising: NormaliseOptions = { zMeans: zMeansOf.call(this, itemIndex) };
	// The account's own list does not name the account.
	if (query.accountId !== undefined) normalising.account = await knownAccount(connection, query.accountId);
	const present = itemMaker.call(this, itemIndex);
	if (query.page !== undefined) {
		const { records } = await getTransactionPage(connection, query);
		const found = records.map((record) => normaliseTransaction(record, normalising));
		return (filter ? found.filter(filter) : found).map(present);
	}
	return await readTransactionsAs(connection, query, { ...normalising, filter, limit, parallel }, present);
}

/** One item of a transaction: what Output asks for, and the payment code where that option is on. */
function itemMaker(this: IExecuteFunctions, itemIndex: number): (found: NormalisedTransaction) => IDataObject {
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const codePattern = paymentCodePattern(options.paymentCode);
	const present = transactionPresenter.call(this, itemIndex);
	return (found) => withPaymentCode(present(found), found.transaction, codePattern);
}

function queryOf(this: IExecuteFunctions, itemIndex: number): TransactionQuery {
	const filters = this.getNodeParameter('filters', itemIndex, {}) as IDataObject;
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	const isOneAccount = this.getNodeParameter('accountScope', itemIndex, 'all') === 'one';
	return checkTransactionQuery({
		accountId: isOneAccount
			? requiredAccount(this.getNodeParameter('account', itemIndex, undefined, { extractValue: true }))
			: undefined,
		fromDate: filters.fromDate,
		toDate: filters.toDate,
		sort: this.getNodeParameter('sort', itemIndex, ''),
		page: checkCount(options.page, 'page'),
		pageSize: options.pageSize,
	});
}

function parallelOf(this: IExecuteFunctions, itemIndex: number): number | undefined {
	const options = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
	return checkCount(options.parallel, 'parallel');
}

/** An empty choice must be refused, not read as "all accounts". */
function requiredAccount(value: unknown): unknown {
	return value === undefined || value === null || value === '' ? 'none' : value;
}

/** @returns undefined where nothing is to be filtered: a limit is then a number of rows to ask for */
function filterOf(this: IExecuteFunctions, itemIndex: number): TransactionFilter | undefined {
	const filters: Filters = {
		values: this.getNodeParameter('filters', itemIndex, {}) as IDataObject,
		written: this.getNodeParameter('filters', itemIndex, {}, { rawExpressions: true }) as IDataObject,
	};
	if (Object.keys(filters.values).every((name) => name === 'fromDate' || name === 'toDate')) return undefined;
	return makeTransactionFilter({
		direction: choice(filterValue(filters, 'direction') ?? 'any', ['any', 'in', 'out'], 'direction'),
		minAmount: optionalVnd(filterValue(filters, 'minAmount'), 'minAmount'),
		// The field begins with 0, which nobody means as a limit.
		maxAmount: optionalVnd(filterValue(filters, 'maxAmount'), 'maxAmount') || undefined,
		description: readDescriptionFilter(filterValue(filters, 'description')),
		accountNumbers: readAccountNumbers(filterValue(filters, 'accountNumbers')),
	});
}
