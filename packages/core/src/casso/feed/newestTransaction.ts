/** The newest transaction, as a sample for somebody who builds a workflow. Touches no state. */
import { addDays, vietnamDay } from '../../time/vietnamTime';
import type { NormalisedTransaction } from '../bankTransaction';
import type { CassoConnection } from '../call';
import type { NormaliseOptions } from '../normaliseTransaction';
import { readTransactions } from '../readTransactions';
import type { TransactionFilter } from '../transactionFilter';

/** How many days back a sample is looked for. */
export const SAMPLE_DAYS = 30;

/**
 * @returns the newest transaction of the last 30 days that passes the filter; undefined where there is none
 * @throws as readTransactions does
 */
export async function newestTransaction(
	connection: CassoConnection,
	options: NormaliseOptions & { filter?: TransactionFilter },
): Promise<NormalisedTransaction | undefined> {
	const today = vietnamDay(connection.runtime.now());
	const query = { fromDate: addDays(today, -SAMPLE_DAYS), toDate: today, sort: 'DESC' as const };
	const [newest] = await readTransactions(connection, query, { ...options, limit: 1 });
	return newest;
}
