/** How a bank is started; everything has a default. */
import type { BankBookOptions } from './bankBook';
import type { CassoQuirks } from './quirks';
import type { DeliverySettings } from './webhooks/settings';

export interface CassoBankOptions extends Partial<BankBookOptions> {
	/** Default random on every start, in the shape of spec 2.1. */
	apiKey?: string;
	/** Accepted as `Bearer` beside the API key; default the API key alone. */
	accessToken?: string;
	/** Wall time in ms since 1970; default `Date.now`. */
	now?: () => number;
	/** How many schedule ms pass in a real one; default 1. */
	clockSpeed?: number;
	quirks?: Partial<CassoQuirks>;
	/** Told now and then how many transactions are made, of how many. */
	onProgress?: (made: number, wanted: number) => void;
	/** Schedule, deadline and parallelism of webhook deliveries. */
	deliveries?: Partial<DeliverySettings>;
	/** Short for `deliveries.retryGapsMs`. */
	retryGapsMs?: readonly number[];
}

export const DEFAULT_BOOK: BankBookOptions = {
	seed: 1,
	accounts: 4,
	transactions: 200,
	historyDays: 60,
	firstAccountId: 16608,
	firstTransactionId: 4_512_301,
};
