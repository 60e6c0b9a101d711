/** The operations of the `simplize` node: three lists, a portfolio, the sync status, and the search for the signing rule. */
import {
	checkBatchId,
	readNumberOption,
	checkExternalUserId,
	checkPortfolioId,
	detectProfile,
	getCashHistoryPage,
	getPortfolio,
	getStockTransactionPage,
	getSyncStatus,
	getUserPage,
	readCashHistory,
	readStockTransactions,
	readUsers,
	type ReadListOptions,
	type SimplizeConnection,
} from '@saoke/core';
import { present } from '../../host/present';
import type { ReadContext } from '../../host/typedValue';
import { readHistoryQuery, readPaging, readPortfolioQuery, typedSetting, type SimplizeProperties } from './settings';

/** Default page size if a single page is requested. */
const ONE_PAGE_SIZE = 100;

const ONE_RESULT = ['portfolio', 'syncStatus', 'detect'];

export function isList(operation = ''): boolean {
	return !ONE_RESULT.includes(operation);
}

/** @throws ParameterError, ApiError, NetworkError, RecordError, IncompleteReadError */
export async function readList(
	connection: SimplizeConnection,
	context: ReadContext,
	properties: SimplizeProperties,
): Promise<unknown[]> {
	if (properties.operation === 'users') return await users(connection, properties);
	if (properties.operation === 'stockTransactions') {
		const query = await readHistoryQuery(context, properties, 'text');
		const found = await read(properties, {
			one: async (page, size) => (await getStockTransactionPage(connection, query, page, size)).rows,
			all: async (options) => await readStockTransactions(connection, query, options),
		});
		return found.map(({ transaction, details, raw }) => present(transaction, details, raw, properties));
	}
	const query = await readHistoryQuery(context, properties, 'list');
	const found = await read(properties, {
		one: async (page, size) => (await getCashHistoryPage(connection, query, page, size)).rows,
		all: async (options) => await readCashHistory(connection, query, options),
	});
	return found.map(({ movement, details, raw }) => present(movement, details, raw, properties));
}

async function users(connection: SimplizeConnection, properties: SimplizeProperties): Promise<unknown[]> {
	const found = await read(properties, {
		one: async (page, size) => (await getUserPage(connection, page, size)).rows,
		all: async (options) => await readUsers(connection, options),
	});
	return found.map(({ user, details, raw }) => present(user, details, raw, properties));
}

interface Reading<T> {
	one: (page: number, size: number) => Promise<T[]>;
	all: (options: ReadListOptions) => Promise<T[]>;
}

async function read<T>(properties: SimplizeProperties, { one, all }: Reading<T>): Promise<T[]> {
	const { page, pageSize } = readPaging(properties);
	if (page !== undefined) return await one(page, pageSize ?? ONE_PAGE_SIZE);
	return await all({ limit: readNumberOption('limit', properties.limit), pageSize });
}

/** @throws ParameterError, ApiError, NetworkError, RecordError */
export async function readOne(
	connection: SimplizeConnection,
	context: ReadContext,
	properties: SimplizeProperties,
): Promise<unknown> {
	if (properties.operation === 'detect')
		return await detectProfile(connection, await readPortfolioQuery(context, properties));
	if (properties.operation === 'syncStatus') {
		const { syncStatus, raw } = await getSyncStatus(
			connection,
			checkBatchId(await typedSetting(context, properties, 'batchId')),
		);
		return present(syncStatus, {}, raw, properties);
	}
	const { portfolio, details, raw } = await getPortfolio(connection, {
		externalUserId: checkExternalUserId(await typedSetting(context, properties, 'externalUserId')),
		portfolioId: checkPortfolioId(await typedSetting(context, properties, 'portfolioId')),
		summary: properties.summary === true,
	});
	return present(portfolio, details, raw, properties);
}
