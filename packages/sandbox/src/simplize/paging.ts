/** Cuts one page out of a list, with the faults and switches that act on lists. Pages count from 0. */
import { parameters } from './contract';
import { findFault } from './faults';
import { readQueryValue, success, type SimplizeEnvelope, type VerifiedCall } from './readRequest';

export interface PageQuery {
	page: number;
	size: number;
}

const DEFAULT_SIZE = 10;

/** `page` and `size` of a GET. @throws Refusal (400) */
export function readPageQuery(call: VerifiedCall): PageQuery {
	return {
		page: Number(readQueryValue(call, parameters.page) ?? 0),
		size: Number(readQueryValue(call, parameters.size) ?? DEFAULT_SIZE),
	};
}

export function cutPage<T>(call: VerifiedCall, rows: readonly T[], asked: PageQuery): SimplizeEnvelope<T[]> {
	const { maxPageSize, omitTotal } = call.partner.quirks.values;
	const size = maxPageSize > 0 ? Math.min(asked.size, maxPageSize) : asked.size;
	const page = getShownPage(call, asked.page);
	const data = findFault(call.faults, 'emptyData') ? [] : rows.slice(page * size, (page + 1) * size);
	const total = rows.length + (findFault(call.faults, 'wrongTotal')?.by ?? 0);
	return success(data, omitTotal ? undefined : Math.max(0, total));
}

/** The page that is shown in the place of the asked one, where a fault repeats pages. */
function getShownPage(call: VerifiedCall, page: number): number {
	const rule = findFault(call.faults, 'repeatPage');
	if (!rule) return page;
	const repeated = rule.page ?? 0;
	if (page === repeated + 1) return repeated;
	return rule.forever === true && page > repeated ? repeated : page;
}
