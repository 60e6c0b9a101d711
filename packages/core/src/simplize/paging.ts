/** Pages of Simplize. */
import { IncompleteReadError, isRefusedQuery } from '../errors';

/** Largest size that is sent unless a user asks for another; the maximum is not published (simplize-api 9, unknown 12). */
export const DEFAULT_PAGE_SIZE = 100;

export interface PageOfRows<T> {
	rows: T[];
	/** Total number of records according to the service; a hint only. */
	total?: number;
}

export interface ReadPagesOptions<T> {
	/** Reads one page. */
	readPage: (page: number, size: number) => Promise<PageOfRows<T>>;
	/** Tells records apart over all pages. */
	getKey: (row: T) => string;
	/** Records in a page; the service may send fewer. */
	size: number;
	/** Stop after this many; undefined reads all. */
	limit?: number;
}

/** Simplize's own default for GET (simplize-api 4): asked for if a larger page is refused. */
const SAFE_PAGE_SIZE = 10;

/** A list longer than this is taken for a server that never ends. */
const MAX_PAGES = 20_000;

const TRY_AGAIN = 'Try again in a moment, or read a shorter range of days.';

/**
 * Reads a zero-based paged list to its end, even if the service changes `size` or omits `total` (simplize-api 9, unknown 12).
 *
 * A full page always asks for the next one; a short page ends the list only if `total` is absent or reached; an empty
 * page ends it in any case. A page that brings nothing new is read once more.
 *
 * @returns each record once, in the order of the service
 * @throws IncompleteReadError when pages repeat although the service reports more
 */
export async function readPages<T>(options: ReadPagesOptions<T>): Promise<T[]> {
	const found = new Map<string, T>();
	let { size } = options;
	for (let page = 0; page < MAX_PAGES; page++) {
		let answer = await options.readPage(page, size).catch(async (error: unknown) => {
			if (page > 0 || size <= SAFE_PAGE_SIZE || !isRefusedQuery(error)) throw error;
			size = SAFE_PAGE_SIZE;
			return await options.readPage(page, size);
		});
		if (answer.rows.length > 0 && !bringsNews(answer, found, options)) answer = await options.readPage(page, size);
		const { rows, total } = answer;
		if (rows.length === 0) return [...found.values()];
		if (!bringsNews(answer, found, options)) {
			if (total === undefined || found.size >= total) return [...found.values()];
			throw new IncompleteReadError(
				'records',
				`page ${page} repeats earlier records (read ${found.size} of ${total})`,
				TRY_AGAIN,
			);
		}
		for (const row of rows) {
			const key = options.getKey(row);
			if (!found.has(key)) found.set(key, row);
			if (found.size === options.limit) return [...found.values()];
		}
		if (rows.length < size && (total === undefined || found.size >= total)) return [...found.values()];
		// The service caps the size: pages are counted in its size from now on.
		if (page === 0 && rows.length < size) size = rows.length;
	}
	throw new IncompleteReadError('records', `there were still more pages after ${MAX_PAGES} requests`, TRY_AGAIN);
}

function bringsNews<T>(
	{ rows }: PageOfRows<T>,
	found: ReadonlyMap<string, T>,
	{ getKey }: ReadPagesOptions<T>,
): boolean {
	return rows.some((row) => !found.has(getKey(row)));
}
