/** Portfolio: Get. Value, cash, return and risk of one portfolio. */
import {
	checkExternalUserId,
	checkPortfolioId,
	getPortfolio,
	PORTFOLIO_DETAIL_FIELDS,
	PORTFOLIO_FIELDS,
} from '@saoke/core/simplize';
import { outputProperties, present } from '@saoke/n8n-kit';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { externalUserIdField, portfolioIdField } from '../../shared/fields';
import type { OperationContext } from '../../shared/operation';
import { warnOfEscaping } from '../../shared/warnOfEscaping';

const showOnlyForGet = { resource: ['portfolio'], operation: ['get'] };

export const description: INodeProperties[] = [
	externalUserIdField(showOnlyForGet),
	portfolioIdField(showOnlyForGet),
	{
		displayName: 'Summary Only',
		name: 'summary',
		type: 'boolean',
		default: false,
		displayOptions: { show: showOnlyForGet },
		description: 'Whether to ask Simplize for the summary alone, without holdings',
	},
	...outputProperties(
		showOnlyForGet,
		'Simplize',
		[...PORTFOLIO_FIELDS, ...PORTFOLIO_DETAIL_FIELDS],
		'The ten figures that matter',
	),
];

export async function execute(
	this: IExecuteFunctions,
	{ connection, itemIndex }: OperationContext,
): Promise<IDataObject[]> {
	const externalUserId = checkExternalUserId(this.getNodeParameter('externalUserId', itemIndex));
	warnOfEscaping.call(this, externalUserId);
	const { portfolio, details, raw } = await getPortfolio(connection, {
		externalUserId,
		portfolioId: checkPortfolioId(this.getNodeParameter('portfolioId', itemIndex)),
		summary: this.getNodeParameter('summary', itemIndex, false) === true,
	});
	const record = { simplified: portfolio as IDataObject, details: details as IDataObject, raw: raw as IDataObject };
	return [present.call(this, record, itemIndex)];
}
