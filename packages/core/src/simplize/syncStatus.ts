/** The outcome of bulk syncs (simplize-api 6.5). */
import { RecordError } from '../errors/RecordError';
import { asNumber, asObject, asText, kindOf } from '../json/reading';

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
	/** Counts as Simplize states them; null where it states none. */
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

/** @throws RecordError when it is no object */
export function normaliseSyncStatus(value: unknown): NormalisedSyncStatus {
	const raw = asObject(value);
	if (!raw) throw new RecordError('sync status', 'record', kindOf(value));
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
