/**
 * Reads a list of transactions page by page and hands each page on at once: for lists larger than memory. Only the last
 * pages are remembered, so it cannot prove at the end what `readTransactions` proves; what it can see, it repairs.
 */
import { IncompleteReadError, isRefusedQuery } from '../../errors';
import { vietnamDay } from '../../time';
import type { CassoConnection } from '../client';
import type { TransactionFilter } from '../filter';
import { type NormalisedTransaction, type NormaliseOptions, normaliseTransaction } from '../normalise';
import { DEFAULT_PAGE_SIZE, gated, getTransactionPage, transactionKey, type TransactionQuery } from '../transactions';
import type { Page } from './list';

/**
 * The first choice if the caller sets no size: each request costs memory of its own, so that fewer and larger pages need
 * less of it. Casso's maximum is not documented; a service that refuses it is asked for the usual size.
 */
const STREAM_PAGE_SIZE = 200;

/** A list longer than this is taken for a server that never ends. */
const MAX_PAGES = 20_000;

const TRY_AGAIN =
	'Try again in a moment, or read a shorter range of days. What was passed on before this stays passed on.';

/** Rows that arrive or vanish while the list is read shift the pages by a few rows: three pages tell all of them. */
const REMEMBERED_PAGES = 3;

export interface ReadPagesOptions extends NormaliseOptions {
	/** Stop after this many matches; undefined reads all. */
	limit?: number;
	filter?: TransactionFilter;
}

/**
 * @param query without `page`; `pageSize` defaults to 200, and to 50 if the service rejects that
 * @returns the matches of one page after the other, in the order asked for, each once; pages without a match are left out
 * @throws ApiError, NetworkError, RecordError; IncompleteReadError if pages repeat although there are more
 */
export async function* readTransactionPages(
	connection: CassoConnection,
	query: TransactionQuery,
	options: ReadPagesOptions = {},
): AsyncGenerator<NormalisedTransaction[], void, undefined> {
	const stream = new PageStream(gated(connection, 1), frozen(query, connection.runtime.now()), options);
	let left = options.limit ?? Infinity;
	for (let page = 1; left > 0 && page <= MAX_PAGES; page++) {
		const { fresh, isLast } = await stream.read(page);
		const matches = (options.filter ? fresh.filter(options.filter) : fresh).slice(0, left);
		left -= matches.length;
		if (matches.length > 0) yield matches;
		if (isLast) return;
	}
	if (left > 0)
		throw new IncompleteReadError('transactions', `there were still more pages after ${MAX_PAGES} requests`, TRY_AGAIN);
}

/** Without a last day the list would grow at midnight, while it is read. */
function frozen(query: TransactionQuery, nowMs: number): TransactionQuery {
	const today = vietnamDay(nowMs);
	const mayFreeze = query.toDate === undefined && (query.fromDate === undefined || query.fromDate <= today);
	return { ...query, ...(mayFreeze ? { toDate: today } : {}) };
}

class PageStream {
	private readonly known = new Set<string>();
	private readonly pages: string[][] = [];
	private total: number | undefined;
	private passed = 0;
	private pageSize: number;

	constructor(
		private readonly connection: CassoConnection,
		private readonly query: TransactionQuery,
		private readonly options: ReadPagesOptions,
	) {
		this.pageSize = query.pageSize ?? STREAM_PAGE_SIZE;
	}

	async read(page: number): Promise<{ fresh: NormalisedTransaction[]; isLast: boolean }> {
		const before = this.total;
		let answer = await this.fetch(page);
		let fresh = this.takeNew(answer);
		if (answer.records.length > 0 && fresh.length === 0) {
			// A page that brings nothing new: read once more, and believed only if nothing can be missing.
			answer = await this.fetch(page);
			fresh = this.takeNew(answer);
			if (fresh.length === 0 && answer.hasNext && this.passed < (this.total ?? Infinity)) {
				throw new IncompleteReadError('transactions', `page ${page} repeats earlier transactions`, TRY_AGAIN);
			}
			if (fresh.length === 0) return { fresh, isLast: true };
		}
		const hasShrunk = before !== undefined && this.total !== undefined && this.total < before;
		// Rows vanished, so the others moved up: the previous page may contain unseen rows.
		if (hasShrunk && page > 1) fresh = [...this.takeNew(await this.fetch(page - 1)), ...fresh];
		return { fresh, isLast: !goesOn(answer) };
	}

	private async fetch(page: number): Promise<Page> {
		const answer = await this.request(page);
		if (answer.totalRecords !== undefined) this.total = answer.totalRecords;
		return answer;
	}

	private async request(page: number): Promise<Page> {
		try {
			return await getTransactionPage(this.connection, { ...this.query, page, pageSize: this.pageSize });
		} catch (error) {
			const isOurChoice = this.query.pageSize === undefined && this.pageSize === STREAM_PAGE_SIZE && page === 1;
			if (!isOurChoice || !isRefusedQuery(error)) throw error;
			this.pageSize = DEFAULT_PAGE_SIZE;
			return await this.request(page);
		}
	}

	private takeNew({ records }: Page): NormalisedTransaction[] {
		const keys: string[] = [];
		const fresh = records.flatMap((record) => {
			const found = normaliseTransaction(record, this.options);
			const key = transactionKey(found);
			if (this.known.has(key)) return [];
			this.known.add(key);
			keys.push(key);
			return [found];
		});
		this.remember(keys);
		this.passed += fresh.length;
		return fresh;
	}

	private remember(keys: string[]): void {
		if (keys.length > 0) this.pages.push(keys);
		if (this.pages.length > REMEMBERED_PAGES) this.pages.shift()?.forEach((key) => this.known.delete(key));
	}
}

/** A bare list says nothing about further pages: the next one is asked for until it is empty. */
function goesOn({ hasNext, next, totalPages, records }: Page): boolean {
	return hasNext || (next === 'unsaid' && totalPages === undefined && records.length > 0);
}
