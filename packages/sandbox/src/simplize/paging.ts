/** Cuts one page out of a list, with the faults and switches that act on lists. Pages count from 0. */
import { parameters } from './contract';
import { alterList, getShownPage } from './faults';
import { readQueryValue, success, type SimplizeEnvelope, type VerifiedCall } from './readRequest';

export interface PageQuery {
	page: number;
	size: number;
}

const DEFAULT_SIZE = 10;

/** `page` and `size` of a GET. @throws ApiFailure (400) */
export function readPageQuery(call: VerifiedCall): PageQuery {
	return {
		page: Number(readQueryValue(call, parameters.page) ?? 0),
		size: Number(readQueryValue(call, parameters.size) ?? DEFAULT_SIZE),
	};
}

export function cutPage<T>(call: VerifiedCall, rows: readonly T[], asked: PageQuery): SimplizeEnvelope<T[]> {
	const { maxPageSize, omitTotal } = call.partner.quirks.values;
	const size = maxPageSize > 0 ? Math.min(asked.size, maxPageSize) : asked.size;
	const page = getShownPage(call.faults, asked.page);
	const altered = alterList(call.faults, rows.slice(page * size, (page + 1) * size), rows.length);
	return success(altered.rows, omitTotal ? undefined : altered.total);
}
