/** Turns the settings of a `casso-transactions` node, and the message, into a checked query and filter. */
import {
	readNumberOption,
	checkTransactionQuery,
	makeTransactionFilter,
	readAccountNumbers,
	readDescriptionFilter,
	type TransactionFilter,
	type TransactionQuery,
} from '@saoke/core';
import type { NodeProperties } from '../../host/nodeRed';
import type { OutputChoice } from '../../host/present';
import { readDays, type PeriodProperties } from '../../host/period';
import { readTyped, type ReadContext } from '../../host/typedValue';

export interface CassoTransactionsProperties extends NodeProperties, OutputChoice, PeriodProperties {
	casso?: string;
	operation?: string;
	transactionId?: string;
	transactionIdType?: string;
	accountScope?: string;
	account?: string;
	accountType?: string;
	direction?: string;
	minAmount?: string;
	minAmountType?: string;
	maxAmount?: string;
	maxAmountType?: string;
	description?: string;
	descriptionType?: string;
	accountNumbers?: string;
	accountNumbersType?: string;
	sort?: string;
	limit?: string;
	page?: string;
	pageSize?: string;
	parallel?: string;
	delivery?: string;
	timesEndingInZ?: string;
	/** Pattern of payment codes; empty for none. */
	paymentCode?: string;
}

export interface TransactionRequest {
	query: TransactionQuery;
	filter: TransactionFilter;
	/** Undefined reads all. */
	limit?: number;
	/** Pages in flight; undefined takes core's default. */
	parallel?: number;
}

/** @throws ParameterError that names the setting which cannot be meant */
export async function readRequest(
	context: ReadContext,
	properties: CassoTransactionsProperties,
): Promise<TransactionRequest> {
	const typed = async (name: TypedName): Promise<unknown> =>
		await readTyped(context, { value: properties[name], type: properties[`${name}Type`] }, name);
	const query = checkTransactionQuery({
		accountId: properties.accountScope === 'one' ? await requiredAccount(context, properties) : undefined,
		...(await readDays(context, properties)),
		sort: properties.sort,
		page: properties.page,
		pageSize: properties.pageSize,
	});
	const filter = makeTransactionFilter({
		direction: properties.direction === 'in' || properties.direction === 'out' ? properties.direction : 'any',
		minAmount: await typed('minAmount'),
		maxAmount: await typed('maxAmount'),
		description: readDescriptionFilter(await typed('description')),
		accountNumbers: readAccountNumbers(await typed('accountNumbers')),
	});
	return {
		query,
		filter,
		limit: readNumberOption('limit', properties.limit),
		parallel: readNumberOption('parallel', properties.parallel),
	};
}

type TypedName = 'minAmount' | 'maxAmount' | 'description' | 'accountNumbers';

/** An empty choice must be refused, not read as "all accounts". */
async function requiredAccount(context: ReadContext, properties: CassoTransactionsProperties): Promise<unknown> {
	const value = await readTyped(context, { value: properties.account, type: properties.accountType }, 'accountId');
	return value ?? 'none';
}
