/** `GET …/portfolio/detail/{portfolioId}` (simplize-api 6.2). */
import { callSimplize, type SimplizeConnection } from '../call';
import { normalisePortfolio, type NormalisedPortfolio } from '../portfolio';

const PATH = '/api/personalize/v1/partner/portfolio/detail';

export interface PortfolioQuery {
	externalUserId: string;
	portfolioId: number;
	/** True asks for the summary alone. */
	summary: boolean;
}

/** @throws ApiError, NetworkError, RecordError */
export async function getPortfolio(
	connection: SimplizeConnection,
	query: PortfolioQuery,
): Promise<NormalisedPortfolio> {
	const { data } = await callSimplize(connection, {
		method: 'GET',
		path: `${PATH}/${query.portfolioId}`,
		query: { externalUserId: query.externalUserId, summary: query.summary ? 'true' : 'false' },
	});
	return normalisePortfolio(data);
}
