/** Turns the settings of a `simplize` node, and the message, into a checked query. */
import { checkHistoryQuery, readNumberOption, type HistoryQuery } from '@saoke/core';
import type { NodeProperties } from '../../host/nodeRed';
import type { OutputChoice } from '../../host/present';
import { readDays, type PeriodProperties } from '../../host/period';
import { readTyped, type ReadContext } from '../../host/typedValue';

export interface SimplizeProperties extends NodeProperties, OutputChoice, PeriodProperties {
	simplize?: string;
	operation?: string;
	externalUserId?: string;
	externalUserIdType?: string;
	portfolioId?: string;
	portfolioIdType?: string;
	batchId?: string;
	batchIdType?: string;
	ticker?: string;
	tickerType?: string;
	transactionTypes?: string;
	transactionTypesType?: string;
	typesForm?: string;
	summary?: boolean;
	limit?: string;
	page?: string;
	pageSize?: string;
	delivery?: string;
}

type TypedName = 'externalUserId' | 'portfolioId' | 'batchId' | 'ticker' | 'transactionTypes';

export async function typedSetting(
	context: ReadContext,
	properties: SimplizeProperties,
	name: TypedName,
): Promise<unknown> {
	return await readTyped(context, { value: properties[name], type: properties[`${name}Type`] }, name);
}

/**
 * @param typesForm how the transaction types are sent unless the user chose otherwise: the vendor's pages show both
 * @throws ParameterError that names the setting which cannot be meant
 */
export async function readHistoryQuery(
	context: ReadContext,
	properties: SimplizeProperties,
	typesForm: 'list' | 'text',
): Promise<HistoryQuery> {
	const typed = async (name: TypedName): Promise<unknown> => await typedSetting(context, properties, name);
	const chosen = properties.typesForm;
	return checkHistoryQuery(
		{
			externalUserId: await typed('externalUserId'),
			portfolioId: await typed('portfolioId'),
			ticker: await typed('ticker'),
			transactionTypes: await typed('transactionTypes'),
			...(await readDays(context, properties)),
		},
		chosen === 'list' || chosen === 'text' ? chosen : typesForm,
		context.nowMs,
	);
}

/** What a portfolio is known by, as the search for the signing rule asks for it. */
export async function readPortfolioQuery(context: ReadContext, properties: SimplizeProperties): Promise<HistoryQuery> {
	const externalUserId = await typedSetting(context, properties, 'externalUserId');
	const portfolioId = await typedSetting(context, properties, 'portfolioId');
	return checkHistoryQuery({ externalUserId, portfolioId }, 'list', context.nowMs);
}

/** Page and page size as the service counts them, from 0. */
export function readPaging(properties: SimplizeProperties): { page?: number; pageSize?: number } {
	return {
		page: readNumberOption('pageFromZero', properties.page, 'page'),
		pageSize: readNumberOption('pageSize', properties.pageSize),
	};
}
