/** Portfolios and the state of their synchronisation. */
import { ApiError, RecordError } from '../errors';
import { asNumber, asObject, asText, describeType } from '../json';
import { callSimplize, type SimplizeConnection } from './client';

export interface NormalisedPortfolio {
	/** At most ten fields; missing ones are null. */
	portfolio: Record<string, unknown>;
	/** Everything else that came. */
	details: Record<string, unknown>;
	raw: Record<string, unknown>;
}

/** Money in VND, shares of the whole in percent. */
export const PORTFOLIO_FIELDS = [
	'id',
	'name',
	'totalPortfolioValue',
	'totalPortfolioStock',
	'cashRemainingAmount',
	'outstandingLoan',
	'totalReturnValue',
	'totalReturnValuePct',
	'totalReturnYtd',
	'totalTransaction',
] as const;

export const PORTFOLIO_DETAIL_FIELDS = [
	'description',
	'portfolioStockWeight',
	'portfolioCashWeight',
	'totalTransactionFee',
	'winPctAvg',
	'losePctAvg',
	'winTransactionRatio',
	'averageHoldTime',
	'totalReturnValueChange',
	'totalReturnValueChangePct',
	'totalCostValue',
	'totalValueEnd',
	'totalDividendCash',
	'totalDividendCashPct',
	'totalReturn',
	'totalReturn1w',
	'totalReturn3m',
	'stocksSummary',
] as const;

/**
 * Figures of a portfolio (simplize-api 6.2). The vendor's page could be read in part only, so all else is passed on.
 *
 * @throws RecordError when it is no object
 */
export function normalisePortfolio(value: unknown): NormalisedPortfolio {
	const raw = asObject(value);
	if (!raw) throw new RecordError('portfolio', 'record', describeType(value));
	return {
		portfolio: Object.fromEntries(PORTFOLIO_FIELDS.map((name) => [name, raw[name] ?? null])),
		details: raw,
		raw,
	};
}

/** One portfolio in one batch. */
export interface SyncedPortfolio {
	batchId: string;
	/** As Simplize names the user here: whether it is the partner's id or Simplize's own is not published. */
	userId: string;
	portfolioId: number | null;
	isSynced: boolean;
	/** Simplize's own words. */
	message: string;
}

export interface SyncStatus {
	/** Counts as Simplize states them; null if it states none. */
	totalCount: number | null;
	successCount: number | null;
	failedCount: number | null;
	portfolios: SyncedPortfolio[];
}

export interface NormalisedSyncStatus {
	syncStatus: SyncStatus;
	raw: Record<string, unknown>;
}

export const SYNC_STATUS_FIELDS = [
	'totalCount',
	'successCount',
	'failedCount',
	'portfolios',
] as const satisfies readonly (keyof SyncStatus)[];

/**
 * The outcome of bulk syncs (simplize-api 6.5).
 *
 * @throws RecordError when it is no object
 */
export function normaliseSyncStatus(value: unknown): NormalisedSyncStatus {
	const raw = asObject(value);
	if (!raw) throw new RecordError('sync status', 'record', describeType(value));
	return {
		syncStatus: {
			totalCount: asNumber(raw.totalCount),
			successCount: asNumber(raw.successCount),
			failedCount: asNumber(raw.failedCount),
			portfolios: rowsOfEveryList(raw).map(toSyncedPortfolio),
		},
		raw,
	};
}

/** The name of the list of failures is not published (unknown 17): every list in the record counts. */
function rowsOfEveryList(record: Record<string, unknown>): Record<string, unknown>[] {
	return Object.values(record)
		.flatMap((value): unknown[] => (Array.isArray(value) ? value : []))
		.map(asObject)
		.filter((row) => row !== undefined);
}

function toSyncedPortfolio(row: Record<string, unknown>): SyncedPortfolio {
	return {
		batchId: asText(row.batchId),
		userId: asText(row.userId),
		portfolioId: asNumber(row.portfolioId),
		isSynced: row.status === true,
		message: asText(row.message),
	};
}

const PATH = '/api/personalize/v1/partner/portfolio/detail';

export interface PortfolioQuery {
	externalUserId: string;
	portfolioId: number;
	/** True asks for the summary alone. */
	summary: boolean;
}

/**
 * `GET …/portfolio/detail/{portfolioId}` (simplize-api 6.2).
 *
 * @throws ApiError, NetworkError, RecordError
 */
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

const SYNC_STATUS_PATH = '/api/personalize/v1/partner/sync/portfolio/batch/status';

/**
 * `GET …/sync/portfolio/batch/status` (simplize-api 6.5): how the bulk syncs of portfolios ended.
 *
 * @param batchId one batch; undefined means all of them
 * @throws ApiError, NetworkError, RecordError
 */
export async function getSyncStatus(connection: SimplizeConnection, batchId?: string): Promise<NormalisedSyncStatus> {
	const { data } = await callSimplize(connection, { method: 'GET', path: SYNC_STATUS_PATH, query: { batchId } });
	return normaliseSyncStatus(data);
}

export interface ListedPortfolio {
	id: number;
	/** Empty if it could not be read. */
	name: string;
}

/** A person is waiting for the names, and each is a request. */
const MOST_NAMES = 10;

/**
 * Portfolios that a user may choose from. No call that lists them is published (simplize-api 6.10), so they are those of
 * the bulk syncs (6.5). Whether these name the user by the partner's id is not known either: if none does, the portfolios
 * are those that Simplize shows for this user.
 *
 * @param externalUserId the partner's own id of the user
 * @throws ApiError, NetworkError, RecordError
 */
export async function listPortfolios(
	connection: SimplizeConnection,
	externalUserId: string,
): Promise<ListedPortfolio[]> {
	const { portfolios } = (await getSyncStatus(connection)).syncStatus;
	const own = portfolios.filter(({ userId }) => userId === externalUserId);
	const listed = (own.length > 0 ? own : portfolios).map(({ portfolioId }) => portfolioId);
	const ids = [...new Set(listed)].filter((id) => id !== null);
	const named = await Promise.all(
		ids.slice(0, MOST_NAMES).map(async (id) => ({ id, name: await getName(connection, externalUserId, id) })),
	);
	if (own.length === 0) return named.filter(({ name }) => name !== '');
	return [...named, ...ids.slice(MOST_NAMES).map((id) => ({ id, name: '' }))];
}

/** Empty if Simplize does not show this portfolio to this user. */
async function getName(connection: SimplizeConnection, externalUserId: string, portfolioId: number): Promise<string> {
	try {
		const { portfolio } = await getPortfolio(connection, { externalUserId, portfolioId, summary: true });
		return asText(portfolio.name);
	} catch (error) {
		if (error instanceof ApiError) return '';
		throw error;
	}
}
