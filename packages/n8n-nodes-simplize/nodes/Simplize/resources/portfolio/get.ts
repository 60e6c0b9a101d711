/** Portfolio: Get. Value, cash, return and risk of one portfolio. */
import {
	checkExternalUserId,
	checkPortfolioId,
	getPortfolio,
	PORTFOLIO_DETAIL_FIELDS,
	PORTFOLIO_FIELDS,
} from '@saoke/core/simplize';
import { outputProperties, readBoolean, readParameter, readPresenter } from '@saoke/n8n-kit';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { portfolioFields } from '../../shared/fields';
import type { OperationContext } from '../../shared/connection';
import { warnOfEscaping } from '../../shared/warnOfEscaping';

const FIELDS = [...PORTFOLIO_FIELDS, ...PORTFOLIO_DETAIL_FIELDS];

const showOnlyForGet = { resource: ['portfolio'], operation: ['get'] };

export const description: INodeProperties[] = [
	...portfolioFields(showOnlyForGet),
	{
		displayName: 'Summary Only',
		name: 'summary',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForGet },
		description: 'Whether to return only the summary, without holdings',
	},
	...outputProperties(showOnlyForGet, 'Simplize', FIELDS, 'The ten main figures'),
];

export async function execute({ context, connection, itemIndex }: OperationContext): Promise<IDataObject[]> {
	const externalUserId = checkExternalUserId(readParameter(context, 'externalUserId', itemIndex));
	warnOfEscaping(context, externalUserId);
	const present = readPresenter(context, itemIndex, FIELDS);
	const { portfolio, details, raw } = await getPortfolio(connection, {
		externalUserId,
		portfolioId: checkPortfolioId(readParameter(context, 'portfolioId', itemIndex)),
		summary: readBoolean(readParameter(context, 'summary', itemIndex), false, 'summary'),
	});
	const record = { simplified: portfolio as IDataObject, details: details as IDataObject, raw: raw as IDataObject };
	return [present(record)];
}
