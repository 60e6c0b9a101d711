/** `GET …/partner/users` (simplize-api 6.1): the users linked to this partner. */
import { callSimplize, type SimplizeConnection } from '../call';
import { normaliseUser, type NormalisedUser } from '../linkedUser';
import { readPages, type PageOfRows } from '../readPages';
import { rowsOf } from '../rowsOf';
import { pageSizeOf, type ReadListOptions } from './cashHistory';

const PATH = '/api/general/v1/partner/users';

/** @param page zero-based @throws ApiError, NetworkError, RecordError */
export async function getUserPage(
	connection: SimplizeConnection,
	page: number,
	size: number,
): Promise<PageOfRows<NormalisedUser>> {
	const { data, total } = await callSimplize(connection, { method: 'GET', path: PATH, query: { page, size } });
	return { rows: rowsOf(data, 'users').map(normaliseUser), total };
}

/** @returns each user once @throws ApiError, NetworkError, RecordError, PagingError */
export async function readUsers(
	connection: SimplizeConnection,
	options: ReadListOptions = {},
): Promise<NormalisedUser[]> {
	return await readPages({
		readPage: async (page, size) => await getUserPage(connection, page, size),
		keyOf: ({ user }) => String(user.id),
		size: pageSizeOf(options),
		limit: options.limit,
	});
}
