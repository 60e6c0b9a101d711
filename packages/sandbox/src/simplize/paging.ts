/** Cuts one page out of a list, with the faults and switches that act on lists. Pages count from 0. */
import { parameters } from './contract';
import { faultOfKind } from './faults';
import { queryValue, success, type SimplizeEnvelope, type VerifiedCall } from './readRequest';

export interface PageQuery {
	page: number;
	size: number;
}

const DEFAULT_SIZE = 10;

/** `page` and `size` of a GET. @throws Refusal (400) */
export function queryPage(call: VerifiedCall): PageQuery {
	return {
		page: Number(queryValue(call, parameters.page) ?? 0),
		size: Number(queryValue(call, parameters.size) ?? DEFAULT_SIZE),
	};
}

export function pageOf<T>(call: VerifiedCall, rows: readonly T[], asked: PageQuery): SimplizeEnvelope<T[]> {
	const { maxPageSize, omitTotal } = call.partner.quirks.values;
	const size = maxPageSize > 0 ? Math.min(asked.size, maxPageSize) : asked.size;
	const page = shownPage(call, asked.page);
	const data = faultOfKind(call.faults, 'emptyData') ? [] : rows.slice(page * size, (page + 1) * size);
	const total = rows.length + (faultOfKind(call.faults, 'wrongTotal')?.by ?? 0);
	return success(data, omitTotal ? undefined : Math.max(0, total));
}

/** The page that is shown in the place of the asked one, where a fault repeats pages. */
function shownPage(call: VerifiedCall, page: number): number {
	const rule = faultOfKind(call.faults, 'repeatPage');
	if (!rule) return page;
	const repeated = rule.page ?? 0;
	if (page === repeated + 1) return repeated;
	return rule.forever === true && page > repeated ? repeated : page;
}
